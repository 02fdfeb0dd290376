import type { ChannelKey, RenditionText } from '../channel/index.ts'
import type { Ctx, Id } from '../kernel/index.ts'
import { rulesOf } from './channel-rules.ts'
import { contentHash } from './content-hash.ts'
import { factCodesIn, groundOf, masterTextOf, type Ground } from './master-text.ts'
import { setMessageFacts, updateMessage, versionOf } from './message.store.ts'
import type { MasterWords, Message } from './message.ts'
import type { Recording, Rendition } from './rendition.ts'
import { addRenditionVersion, renditionsOf } from './rendition.store.ts'

export interface Composition {
  readonly fields: RenditionText
  /** SHA-256 of the fields: what a rendition was made from or held against. */
  readonly hash: string
}

/** What a channel composes of the master today, in the language of the master. */
export function compose(message: Message, words: MasterWords, channel: ChannelKey, ground: Ground): Composition {
  const fields = rulesOf(channel).compose(masterTextOf(message, words, ground))
  return { fields, hash: contentHash(fields) }
}

/**
 * Brings a message to what it is now: renditions that nobody has changed by hand are composed anew, the facts it refers
 * to are noted, and the hash of all that would go out is written. Every change of a message ends with it.
 */
export async function settleMessage(ctx: Ctx, message: Message, editedBy: Id<'person'> | null): Promise<void> {
  const words = await versionOf(ctx.db, message.id, message.currentVersion)
  if (!words) throw new Error(`Message ${message.id} has lost its version ${message.currentVersion}`)
  const ground = await groundOf(ctx, message.organisationId)
  for (const rendition of await renditionsOf(ctx.db, message.id)) {
    if (!rendition.current.composed || rendition.language !== message.language) continue
    const { fields, hash } = compose(message, words, rendition.channel, ground)
    if (hash === rendition.current.fromComposition) continue
    await addRenditionVersion(ctx.db, rendition.id, {
      ...rendition.current,
      number: rendition.current.number + 1,
      fields,
      fromMaster: message.currentVersion,
      fromComposition: hash,
      restoredFrom: null,
      editedBy,
      editedAt: ctx.clock.now(),
    })
  }
  await setMessageFacts(ctx.db, message.id, factCodesIn(words, ground.facts))
  const content = contentOf(message, await renditionsOf(ctx.db, message.id))
  await updateMessage(ctx.db, message.id, { contentHash: contentHash(content), changedAt: ctx.clock.now() })
}

/** All that would go out: what an approval is bound to, and what a release sends, to the letter. */
export interface Content {
  readonly kind: string
  readonly language: string
  readonly validUntil: string | null
  readonly embargoUntil: string | null
  readonly renditions: readonly {
    readonly id: string
    readonly channel: string
    readonly language: string
    readonly version: number
    readonly fields: RenditionText
    readonly recording: string | null
  }[]
}

/** The master itself goes nowhere: it is in the renditions, with every fact by value. */
export function contentOf(message: Message, renditions: readonly Rendition[]): Content {
  return {
    kind: message.kind,
    language: message.language,
    validUntil: message.validUntil,
    embargoUntil: message.embargoUntil?.toISOString() ?? null,
    renditions: renditions.map(({ id, channel, language, current }) => ({
      id,
      channel,
      language,
      version: current.number,
      fields: current.fields,
      recording: recordingOf(current.recording),
    })),
  }
}

/** Whose voice it is belongs to what is approved, where somebody has said so. */
function recordingOf(recording: Recording | null): string | null {
  return recording && [recording.sha256, recording.voice].filter((part) => part !== null).join(':')
}
