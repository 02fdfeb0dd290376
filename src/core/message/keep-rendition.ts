import * as v from 'valibot'
import { CHANNELS, type RenditionText } from '../channel/index.ts'
import { actingPerson, action, idOf, newId, Refusal, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { rulesOf } from './channel-rules.ts'
import { compose, settleMessage } from './compose-renditions.ts'
import { endTyping } from './draft.store.ts'
import { groundOf } from './master-text.ts'
import { versionOf } from './message.store.ts'
import type { Message } from './message.ts'
import {
  addRenditionVersion,
  insertRendition,
  renditionById,
  renditionIdOf,
  renditionVersionsOf,
  setDropped,
} from './rendition.store.ts'
import type { Rendition, RenditionVersion } from './rendition.ts'
import { LANGUAGE_TAG } from './spoken-languages.ts'
import { authorOf, messageToChange, mayWrite, OneMessage, WRITERS } from './write-message.ts'

export const OneRendition = v.object({ renditionId: idOf<'rendition'>() })

export async function authorOfRendition(
  ctx: Ctx,
  { renditionId }: { readonly renditionId: Id<'rendition'> },
): Promise<Id<'organisation'> | null> {
  const rendition = await renditionById(ctx.db, renditionId)
  return rendition && authorOf(ctx, rendition)
}

export const mayWriteRendition = { who: 'roles' as const, roles: WRITERS, within: authorOfRendition }
const about = ({ renditionId }: { readonly renditionId: Id<'rendition'> }, version: unknown) => ({
  subject: 'rendition',
  subjectId: renditionId,
  facts: { version: Number(version) },
})

/** Takes a channel and a language up: composed where the language is the master's, else to be translated. */
export const addRendition = action('message.add_rendition', {
  input: v.object({
    ...OneMessage.entries,
    channel: v.picklist(CHANNELS),
    language: v.pipe(v.string(), v.regex(LANGUAGE_TAG)),
  }),
  may: mayWrite,
  records: ({ messageId, channel, language }) => ({
    subject: 'message',
    subjectId: messageId,
    facts: { channel, language },
  }),
  async run(ctx, { messageId, channel, language }) {
    const message = await messageToChange(ctx, { messageId })
    const known = await renditionIdOf(ctx.db, messageId, channel, language)
    if (known && !known.dropped) throw new Refusal('message.rendition_stands', {}, 'channel')
    const id = known?.id ?? newId<'rendition'>()
    if (known) await setDropped(ctx.db, id, null)
    else await insertRendition(ctx.db, { id, messageId, channel, language })
    const { fields, hash } = await composedNow(ctx, message, channel)
    const own = language === message.language
    await addRenditionVersion(ctx.db, id, {
      ...versionBy(ctx, message, known ? known.currentVersion + 1 : 1),
      fields: own ? fields : Object.fromEntries(rulesOf(channel).fields.map(({ name }) => [name, ''])),
      composed: own,
      fromComposition: hash,
      recording: null,
    })
    await settleMessage(ctx, message, actingPerson(ctx))
    return id
  },
})

/** Saves the words of a rendition as a person wants them; they stand until the master moves on and longer. */
export const editRendition = action('message.edit_rendition', {
  input: v.object({
    ...OneRendition.entries,
    basedOn: v.number(),
    fields: v.record(v.string(), v.pipe(v.string(), v.maxLength(60_000), v.transform(tidy))),
  }),
  may: mayWriteRendition,
  records: about,
  async run(ctx, { fields, ...which }) {
    const { message, rendition } = await renditionToChange(ctx, which)
    const names = rulesOf(rendition.channel).fields.map(({ name }) => name)
    const kept = Object.fromEntries(names.map((name) => [name, fields[name] ?? rendition.current.fields[name] ?? '']))
    if (sameWords(kept, rendition.current.fields)) return rendition.current.number
    return saveVersion(ctx, message, rendition, { fields: kept, composed: false })
  },
})

/** Throws hand-made changes away and composes the rendition anew; the versions before stay. */
export const recomposeRendition = action('message.recompose', {
  input: v.object({ ...OneRendition.entries, basedOn: v.number() }),
  may: mayWriteRendition,
  records: about,
  async run(ctx, which) {
    const { message, rendition } = await renditionToChange(ctx, which)
    if (rendition.language !== message.language) throw new Refusal('message.not_composed')
    const { fields } = await composedNow(ctx, message, rendition.channel)
    return saveVersion(ctx, message, rendition, { fields, composed: true })
  },
})

/** A person has held the rendition against the master as it is now: it says the same still. */
export const confirmRendition = action('message.confirm_rendition', {
  input: v.object({ ...OneRendition.entries, basedOn: v.number() }),
  may: mayWriteRendition,
  records: about,
  async run(ctx, which) {
    const { message, rendition } = await renditionToChange(ctx, which)
    return saveVersion(ctx, message, rendition, {})
  },
})

/** Makes an older version of a rendition the newest again. */
export const restoreRendition = action('message.restore_rendition', {
  input: v.object({ ...OneRendition.entries, version: v.number(), basedOn: v.number() }),
  may: mayWriteRendition,
  records: about,
  async run(ctx, { version, ...which }) {
    const { message, rendition } = await renditionToChange(ctx, which)
    const old = (await renditionVersionsOf(ctx.db, rendition.id)).find(({ number }) => number === version)
    if (!old) throw new Refusal('message.no_version', { version })
    const { fields, recording } = old
    return saveVersion(ctx, message, rendition, { fields, recording, composed: false, restoredFrom: version })
  },
})

/** Gives a channel and language up; its versions stay in the record. */
export const dropRendition = action('message.drop_rendition', {
  input: OneRendition,
  may: mayWriteRendition,
  records: ({ renditionId }) => ({ subject: 'rendition', subjectId: renditionId, facts: {} }),
  async run(ctx, { renditionId }) {
    const rendition = await renditionById(ctx.db, renditionId)
    if (!rendition) throw new Refusal('message.no_rendition')
    const message = await messageToChange(ctx, rendition)
    await setDropped(ctx.db, renditionId, ctx.clock.now())
    await settleMessage(ctx, message, actingPerson(ctx))
    return message.id
  },
})

interface Which {
  readonly renditionId: Id<'rendition'>
  readonly basedOn: number
}

/** The rendition and its message, locked. @throws Refusal `message.changed` when somebody saved it meanwhile. */
export async function renditionToChange(
  ctx: Ctx,
  { renditionId, basedOn }: Which,
): Promise<{ message: Message; rendition: Rendition }> {
  const seen = await renditionById(ctx.db, renditionId)
  if (!seen) throw new Refusal('message.no_rendition')
  const message = await messageToChange(ctx, seen)
  const rendition = await renditionById(ctx.db, renditionId)
  if (!rendition) throw new Refusal('message.no_rendition')
  if (basedOn !== rendition.current.number) throw new Refusal('message.changed')
  return { message, rendition }
}

/** Adds a version that is held against the master as it is now, and settles the message. Answers its number. */
export async function saveVersion(
  ctx: Ctx,
  message: Message,
  rendition: Rendition,
  change: Partial<RenditionVersion>,
): Promise<number> {
  const { hash } = await composedNow(ctx, message, rendition.channel)
  const number = rendition.current.number + 1
  await addRenditionVersion(ctx.db, rendition.id, {
    ...rendition.current,
    ...versionBy(ctx, message, number),
    ...change,
    fromComposition: hash,
  })
  await settleMessage(ctx, message, actingPerson(ctx))
  await endTyping(ctx.db, message.id, actingPerson(ctx), rendition.id)
  return number
}

async function composedNow(ctx: Ctx, message: Message, channel: Rendition['channel']) {
  const words = await versionOf(ctx.db, message.id, message.currentVersion)
  if (!words) throw new Refusal('message.no_version', { version: message.currentVersion })
  return compose(message, words, channel, await groundOf(ctx, message.organisationId))
}

function versionBy(ctx: Ctx, message: Message, number: number) {
  return {
    number,
    fromMaster: message.currentVersion,
    restoredFrom: null,
    editedBy: actingPerson(ctx),
    editedAt: ctx.clock.now(),
  }
}

function sameWords(one: RenditionText, other: RenditionText): boolean {
  return Object.entries(one).every(([name, words]) => (other[name] ?? '') === words)
}
