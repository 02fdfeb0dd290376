import * as v from 'valibot'
import { actingPerson, action, Refusal } from '../kernel/index.ts'
import { lockOf, takeLock, upsertDraft } from './draft.store.ts'
import { mayWrite, OneMessage } from './write-message.ts'

/** The lock of who types ends so long after they last typed. */
export const LOCK_MINUTES = 10

export interface DraftKept {
  readonly savedAt: Date
  /** Who writes at the same text now; null when nobody else does. */
  readonly alsoHere: string | null
}

/** Keeps what is being typed, for this person alone, and holds the lock on it; no version and no word in the record. */
export const keepDraft = action('message.keep_draft', {
  input: v.object({
    ...OneMessage.entries,
    /** `master`, or the id of a rendition. */
    subject: v.pipe(v.string(), v.maxLength(36)),
    basedOn: v.number(),
    fields: v.record(v.string(), v.pipe(v.string(), v.maxLength(60_000))),
  }),
  may: mayWrite,
  records: () => null,
  async run(ctx, { messageId, subject, basedOn, fields }): Promise<DraftKept> {
    const personId = actingPerson(ctx)
    if (!personId) throw new Refusal('access.sign_in')
    const now = ctx.clock.now()
    await upsertDraft(ctx.db, { messageId, personId, subject, basedOn, fields, savedAt: now })
    const until = new Date(now.getTime() + LOCK_MINUTES * 60_000)
    const ours = await takeLock(ctx.db, { messageId, subject, personId, until }, now)
    const holder = ours ? null : await lockOf(ctx.db, messageId, subject, now)
    return { savedAt: now, alsoHere: holder?.personName ?? null }
  },
})
