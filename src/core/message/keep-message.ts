import * as v from 'valibot'
import { MESSAGE_KINDS } from '../channel/index.ts'
import { actingPerson, action, DaySchema, idOf, newId, Refusal, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { settleMessage } from './compose-renditions.ts'
import { endTyping } from './draft.store.ts'
import { insertMessage, insertVersion, updateMessage, versionOf } from './message.store.ts'
import { MASTER_FIELDS, type MasterWords, type Message, type MessageVersion } from './message.ts'
import { LANGUAGE_TAG } from './spoken-languages.ts'
import { authorOf, mayWrite, messageToChange, OneMessage, WRITERS } from './write-message.ts'
import { recallEverywhere, RecallWords } from './recall.ts'

const text = (most: number) => v.optional(v.pipe(v.string(), v.maxLength(most), v.transform(tidy)), '')

const Words = {
  title: text(300),
  lead: text(2_000),
  body: text(60_000),
  callToAction: text(1_000),
}

const About = {
  kind: v.picklist(MESSAGE_KINDS),
  workingTitle: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(200)),
  themes: v.optional(v.pipe(v.array(idOf<'campaign_part'>()), v.maxLength(50)), []),
  audiences: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(120))), v.maxLength(50)), []),
  places: v.optional(v.pipe(v.array(idOf<'place'>()), v.maxLength(500)), []),
  embargoUntil: v.nullish(v.date(), null),
  validUntil: v.nullish(DaySchema, null),
}

/** Begins a message; its first version is what was written so far, be it nothing. */
export const startMessage = action('message.start', {
  input: v.object({
    ...About,
    ...Words,
    organisationId: idOf<'organisation'>(),
    campaignId: v.nullish(idOf<'campaign'>(), null),
    language: v.optional(v.pipe(v.string(), v.regex(LANGUAGE_TAG)), 'vi'),
  }),
  may: { who: 'roles', roles: WRITERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ kind }, id: Id<'message'>) => ({ subject: 'message', subjectId: id, facts: { kind } }),
  async run(ctx, { title, lead, body, callToAction, ...about }) {
    const id = newId<'message'>()
    const now = ctx.clock.now()
    const message: Message = {
      ...about,
      id,
      currentVersion: 1,
      contentHash: '',
      createdBy: actingPerson(ctx),
      createdAt: now,
      changedAt: now,
      withdrawnAt: null,
      withdrawnReason: null,
    }
    await insertMessage(ctx.db, message)
    await insertVersion(ctx.db, id, newVersion(ctx, 1, { title, lead, body, callToAction }))
    await settleMessage(ctx, message, actingPerson(ctx))
    return id
  },
})

/**
 * Saves what was written. `basedOn` is the version that stood on the page: when somebody saved another meanwhile, nothing
 * is overwritten. An approval given before holds no longer, for its hash is another.
 */
export const editMessage = action('message.edit', {
  input: v.object({ ...OneMessage.entries, ...About, ...Words, basedOn: v.number() }),
  may: mayWrite,
  records: ({ messageId }, version: number) => ({ subject: 'message', subjectId: messageId, facts: { version } }),
  async run(ctx, { messageId, basedOn, title, lead, body, callToAction, ...about }) {
    const message = await messageToChange(ctx, { messageId })
    if (basedOn !== message.currentVersion) throw new Refusal('message.changed')
    const before = await versionOf(ctx.db, messageId, message.currentVersion)
    const words = { title, lead, body, callToAction }
    const same = before !== null && MASTER_FIELDS.every((field) => before[field] === words[field])
    const currentVersion = same ? message.currentVersion : message.currentVersion + 1
    if (!same) await insertVersion(ctx.db, messageId, newVersion(ctx, currentVersion, words))
    await updateMessage(ctx.db, messageId, { ...about, currentVersion })
    await settleMessage(ctx, { ...message, ...about, currentVersion }, actingPerson(ctx))
    await endTyping(ctx.db, messageId, actingPerson(ctx), 'master')
    return currentVersion
  },
})

/** Makes an older version the newest again; what came between stays in the record. */
export const restoreMessage = action('message.restore', {
  input: v.object({ ...OneMessage.entries, version: v.number(), basedOn: v.number() }),
  may: mayWrite,
  records: ({ messageId, version }) => ({ subject: 'message', subjectId: messageId, facts: { version } }),
  async run(ctx, { messageId, version, basedOn }) {
    const message = await messageToChange(ctx, { messageId })
    if (basedOn !== message.currentVersion) throw new Refusal('message.changed')
    const old = await versionOf(ctx.db, messageId, version)
    if (!old) throw new Refusal('message.no_version', { version })
    const currentVersion = message.currentVersion + 1
    await insertVersion(ctx.db, messageId, { ...newVersion(ctx, currentVersion, old), restoredFrom: version })
    await updateMessage(ctx.db, messageId, { currentVersion })
    await settleMessage(ctx, { ...message, currentVersion }, actingPerson(ctx))
    return currentVersion
  },
})

/** Takes a message out of use for good, with the reason; it stays in the record. */
export const withdrawMessage = action('message.withdraw', {
  input: v.object({
    ...OneMessage.entries,
    reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
    recall: RecallWords,
  }),
  may: { who: 'roles', roles: ['campaign_officer', 'leader'], within: authorOf },
  records: ({ messageId }, recalled: number) => ({ subject: 'message', subjectId: messageId, facts: { recalled } }),
  async run(ctx, { messageId, reason, recall }) {
    const message = await messageToChange(ctx, { messageId })
    await updateMessage(ctx.db, messageId, { withdrawnAt: ctx.clock.now(), withdrawnReason: reason })
    return recallEverywhere(ctx, message, recall)
  },
})

function newVersion(ctx: Ctx, number: number, words: MasterWords): MessageVersion {
  const { title, lead, body, callToAction } = words
  const by = { editedBy: actingPerson(ctx), editedAt: ctx.clock.now() }
  return { number, title, lead, body, callToAction, restoredFrom: null, ...by }
}
