import { json } from '@sveltejs/kit'
import { Refusal } from '#core/kernel/index.ts'
import { keepDraft, previewMessage } from '#core/message/index.ts'
import { statusOf } from '#web/forms/refused.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { messageOf } from '../../one-message.ts'
import type { RequestHandler } from './$types.ts'

interface Typed {
  readonly subject?: unknown
  readonly basedOn?: unknown
  readonly fields?: unknown
}

/** Keeps what is being typed and answers how it will read: called by `keep-draft.js` while one types. */
export const POST: RequestHandler = async ({ locals: { ctx, w }, params, request }) => {
  try {
    const message = await messageOf(ctx, params.id)
    const typed = (await request.json()) as Typed // keepDraft's own schema checks every part of it
    const subject = String(typed.subject ?? 'master')
    const fields = (typed.fields ?? {}) as Record<string, string>
    const kept = await keepDraft(ctx, { messageId: message.id, subject, basedOn: Number(typed.basedOn), fields })
    const previews = subject === 'master' ? await previewMessage(ctx, message, fields) : {}
    return json({ ...kept, previews })
  } catch (thrown) {
    if (thrown instanceof Refusal) return json({ refused: sentenceOf(w, thrown) }, { status: statusOf(thrown) })
    throw thrown
  }
}
