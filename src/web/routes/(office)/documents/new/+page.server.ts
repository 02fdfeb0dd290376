import {
  DOCUMENT_TYPE_KEYS,
  DOCUMENT_WRITERS,
  draftDocument,
  latestContent,
  type DocumentType,
} from '#core/document/index.ts'
import { dayAt, Refusal, whyNotSee, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { contentOfForm, typedOf, URGENCY_KEYS } from '../document-form.ts'
import { previewTyped } from '../preview-typed.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const bodies = await writingBodies(ctx)
  const refusal = whyNotSee(ctx, DOCUMENT_WRITERS)
  const before = bodies[0] ? await latestContent(ctx.db, bodies[0].id) : null
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id as string, name })),
    types: DOCUMENT_TYPE_KEYS.map((value) => ({ value, name: w(`document_type_${value}`) })),
    type: DOCUMENT_TYPE_KEYS.find((one) => one === url.searchParams.get('type')) ?? 'letter',
    urgencies: URGENCY_KEYS,
    // Who signs and where it goes is mostly as the last time.
    typed: before ? { ...typedOf(before), subject: '', body: '', addressees: '', urgency: '', dueOn: '' } : {},
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** The living bodies for which this person writes. */
async function writingBodies({ actor, db, clock }: Ctx) {
  const grants = actor.kind === 'person' ? actor.grants : []
  const ids = grants.filter(({ role }) => DOCUMENT_WRITERS.includes(role)).map(({ organisationId }) => organisationId)
  const today = dayAt(clock.now())
  const bodies = await organisationsWhere(db, [...new Set(ids)])
  return bodies.filter(({ aliveTo }) => aliveTo === null || aliveTo >= today)
}

function whichOf(data: FormData): { organisationId: Id<'organisation'>; type: DocumentType } {
  const organisationId = givenId<'organisation'>(fieldOf(data, 'organisationId'))
  if (!organisationId) throw new Refusal('input.required', {}, 'organisationId')
  return { organisationId, type: DOCUMENT_TYPE_KEYS.find((one) => one === fieldOf(data, 'type')) ?? 'letter' }
}

export const actions: Actions = {
  preview: (event) => previewTyped(event, async (data) => whichOf(data)),
  draft: act(draftDocument, {
    input: (data) => ({ ...whichOf(data), content: contentOfForm(data) }),
    then: (id) => `${paths.document(id)}?done=document_drafted`,
  }),
}
