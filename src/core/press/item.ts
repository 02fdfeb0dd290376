import { createHash } from 'node:crypto'
import type { Id } from '../kernel/index.ts'
import type { Lane } from '../release/index.ts'

export const EDITORIALS = ['news', 'correction', 'replacement', 'kill'] as const
/** What an item is to who has an earlier version: news, a correction, a replacement, or a mandatory kill (rút tin). */
export type Editorial = (typeof EDITORIALS)[number]

/** What stands on a wire in one language (tin), exactly as it was approved. */
export interface PressItem {
  readonly id: Id<'press_item'>
  readonly outletId: Id<'outlet'>
  readonly sequence: number
  readonly deliveryId: Id<'delivery'>
  readonly releaseId: Id<'release'>
  readonly messageId: Id<'message'>
  /** BCP 47. */
  readonly language: string
  /** Of this message in this language on this wire, from 1. */
  readonly version: number
  readonly editorial: Editorial
  readonly lane: Lane
  readonly title: string
  readonly lead: string
  /** Markup, see `readMarkup`; empty in a kill. */
  readonly body: string
  readonly contact: string
  /** The body that answers for it, and where it sits. */
  readonly author: string
  readonly located: string
  readonly themes: readonly string[]
  /** The places it is meant for; none: all. */
  readonly places: readonly Id<'place'>[]
  /** When its first version came to stand, and this one. */
  readonly firstAt: Date
  readonly at: Date
  readonly expiresAt: Date | null
}

/** An item as it is read now: what came after it on the same wire counts. */
export interface StandingItem extends PressItem {
  readonly newestVersion: number
  readonly newestSequence: number
  readonly newestEditorial: Editorial
}

/** IPTC publishing status (cv.iptc.org/newscodes/pubstatusg2): only the newest version is usable, and no version of what was killed. */
export type PublishingStatus = 'usable' | 'withheld' | 'canceled'

export function publishingStatusOf(
  item: Pick<StandingItem, 'version' | 'newestVersion' | 'newestEditorial'>,
): PublishingStatus {
  if (item.newestEditorial === 'kill') return 'canceled'
  return item.version < item.newestVersion ? 'withheld' : 'usable'
}

/** The identifier that all versions of a message in one language share: a UUID by name (RFC 9562 §5.5) in the message's own. */
export function storyIdOf({ messageId, language }: Pick<PressItem, 'messageId' | 'language'>): string {
  const space = Buffer.from(messageId.replaceAll('-', ''), 'hex')
  const bytes = createHash('sha1').update(space).update(language).digest().subarray(0, 16)
  bytes[6] = 0x50 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
