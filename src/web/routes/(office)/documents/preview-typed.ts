import type { RequestEvent } from '@sveltejs/kit'
import * as v from 'valibot'
import { documentPicture, PaperContent, whyNotContent, type OfficialDocument } from '#core/document/index.ts'
import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { fieldsOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { contentOfForm } from './document-form.ts'
import { outlineLines } from './outline-lines.ts'

/** A longer picture would make the page heavy; the PDF of what was saved shows it whole. */
const MOST_BYTES = 4_000_000

type Which = Pick<OfficialDocument, 'organisationId' | 'type'> & Partial<OfficialDocument>

/** Shows what was typed as it would be printed, and keeps nothing. */
export async function previewTyped(event: RequestEvent, which: (data: FormData) => Promise<Which>) {
  const { ctx, w } = event.locals
  const data = await event.request.formData()
  try {
    const typed = contentOfForm(data)
    const parsed = v.safeParse(PaperContent, typed)
    if (!parsed.success) throw firstOf(parsed.issues)
    refuseIf(whyNotContent(parsed.output))
    const svg = await documentPicture(ctx, await which(data), parsed.output)
    const picture = svg.length > MOST_BYTES ? null : `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
    return { typed: fieldsOf(data), problems: [], preview: { picture, outline: outlineLines(w, parsed.output) } }
  } catch (thrown) {
    return refuseForm(event, thrown, data)
  }
}

/** The same sentence that saving would answer. */
function firstOf([issue]: readonly v.BaseIssue<unknown>[]): Refusal {
  const path = issue?.path?.map((step) => String(step.key)).join('.') ?? ''
  return new Refusal(issue?.received === '""' ? 'input.required' : 'input.other', {}, `content.${path}`)
}
