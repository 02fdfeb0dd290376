import { linesOf, readMarkup } from '../../core/channel/index.ts'
import type { Ctx } from '../../core/kernel/index.ts'
import { publishingStatusOf, type KitOutcome, type StandingItem } from '../../core/press/index.ts'
import { editorialNote, type PressPicture, type Surroundings } from './ninjs.ts'

/** A letter to one newsroom. */
export interface PressLetter {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments: readonly { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }[]
}

/** What carries letters; the mail of the platform implements it. */
export interface MailOut {
  /** What it carries beside the words; 0 where it carries words alone: then the letter says where pictures can be had. */
  readonly mostAttachedBytes: number
  /** Hands one letter over. Never throws for what a mail server says. */
  send(ctx: Ctx, letter: PressLetter): Promise<KitOutcome>
}

/** Words of a letter, in whole sentences. */
export interface KitWords {
  readonly subject: (item: StandingItem) => string
  readonly pictures: string
  readonly linked: (address: string) => string
  readonly rights: (picture: PressPicture) => string
  readonly contact: (contact: string) => string
}

export interface KitItem {
  readonly item: StandingItem
  readonly around: Surroundings
}

export interface AttachedPicture {
  readonly picture: PressPicture
  /** Null where it is too much to attach: then the letter says where it can be had. */
  readonly bytes: Uint8Array | null
}

/**
 * The press kit of what a release brought to one newsroom: each item with what an editor must know first, its words, who
 * answers for it, its pictures with captions and rights, and where to answer.
 */
export function letterOf(
  kit: {
    readonly to: string
    readonly items: readonly KitItem[]
    readonly attached: readonly AttachedPicture[]
  },
  words: KitWords,
): PressLetter {
  const [first] = kit.items
  if (!first) throw new Error('A press kit without an item is no letter')
  const attachments = kit.attached.flatMap(({ picture, bytes }) =>
    bytes ? [{ name: nameOf(picture), mime: picture.mime, bytes }] : [],
  )
  const text = kit.items.map((one) => itemText(one, kit.attached, words)).join('\n\n\n')
  return { to: kit.to, subject: oneLine(words.subject(first.item)), text, attachments }
}

function itemText({ item, around }: KitItem, attached: readonly AttachedPicture[], words: KitWords): string {
  const usable = publishingStatusOf(item) === 'usable'
  const pictures = attached.filter(({ picture }) => around.pictures.some(({ id }) => id === picture.id))
  const parts = [
    editorialNote(item, around.notes),
    item.title,
    ...(usable ? [item.lead, ...linesOf(readMarkup(item.body)), words.contact(item.contact)] : []),
    ...(usable && pictures.length > 0 ? [words.pictures, ...pictures.map((one) => pictureText(one, words))] : []),
    around.notes.answer(around.answerAddress),
  ]
  return parts.filter((part): part is string => part !== null && part.trim() !== '').join('\n\n')
}

function pictureText({ picture, bytes }: AttachedPicture, words: KitWords): string {
  const where = bytes ? nameOf(picture) : words.linked(picture.address)
  return [picture.alternative, words.rights(picture), where].join('\n')
}

function nameOf({ id, mime }: PressPicture): string {
  return `anh-${id.slice(-12)}.${mime === 'image/png' ? 'png' : 'jpg'}`
}

/** A head of a letter holds no line break: what came behind one would be a head of its own (RFC 5322 §2.2). */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
