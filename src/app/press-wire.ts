import { ninjsOf, type Notes, type Ninjs, type PressPicture, type Surroundings } from '../channels/press/ninjs.ts'
import { rssOf } from '../channels/press/rss.ts'
import { readMarkup } from '../core/channel/index.ts'
import { dayAt, type Ctx, type Id } from '../core/kernel/index.ts'
import { mediaById, sizeOf, whyNotUse } from '../core/media/index.ts'
import { placeById } from '../core/place/index.ts'
import {
  answerTokenOf,
  itemsAfter,
  itemsBefore,
  notePoll,
  secretOf,
  type ItemFilter,
  type StandingItem,
  type Wire,
} from '../core/press/index.ts'
import type { PressAddresses } from './press-addresses.ts'
import type { Words } from './wording/words.ts'

export interface WireAsked {
  readonly wire: Wire
  readonly filter: ItemFilter
  /** Items at most. */
  readonly limit: number
  readonly addresses: PressAddresses
  /** In Vietnamese: newsrooms read Vietnamese, whatever the language of an item. */
  readonly w: Words
}

/** What a newsroom that has all up to `after` gets: what it must have read next, and from where it goes on. */
export interface WireAnswer {
  /** To be asked for as `after` next; with a filter it passes over what does not fit. */
  readonly last: number
  /** Whether more stands already behind `last`. */
  readonly more: boolean
  readonly items: readonly { readonly sequence: number; readonly answer: string; readonly item: Ninjs }[]
}

/** Items after a number as ninjs, in their order, none left out and none twice. */
export async function readWire(ctx: Ctx, asked: WireAsked, after: number): Promise<WireAnswer> {
  const { wire, filter, limit } = asked
  await notePoll(ctx, { outletId: wire.outletId, after })
  const found = await itemsAfter(
    ctx.db,
    { outletId: wire.outletId, filter, limit: limit + 1 },
    after,
    wire.lastSequence,
  )
  const shown = found.slice(0, limit)
  const more = found.length > limit
  const items = []
  for (const item of shown) {
    const around = await surroundingsOf(ctx, item, asked)
    items.push({ sequence: item.sequence, answer: around.answerAddress, item: ninjsOf(item, around) })
  }
  return { last: more ? (shown.at(-1)?.sequence ?? after) : Math.max(after, wire.lastSequence), more, items }
}

/** The newest items as RSS; those after a number alone where one is given. */
export async function readWireAsRss(
  ctx: Ctx,
  asked: WireAsked & { readonly name: string; readonly self: string },
  after: number | null,
): Promise<string> {
  const { wire, filter, limit, w } = asked
  if (after !== null) await notePoll(ctx, { outletId: wire.outletId, after })
  const from = { outletId: wire.outletId, filter, limit }
  const items =
    after === null
      ? await itemsBefore(ctx.db, from, null)
      : (await itemsAfter(ctx.db, from, after, wire.lastSequence)).toReversed()
  const entries = []
  for (const item of items) entries.push({ item, around: await surroundingsOf(ctx, item, asked) })
  const head = {
    title: w('press_wire_of', { name: asked.name }),
    description: w('press_wire_lead'),
    link: asked.addresses.wire,
    self: asked.self,
    language: 'vi',
    builtAt: items[0]?.at ?? wire.openedAt ?? ctx.clock.now(),
    marks: {
      correction: w('press_mark_correction'),
      replacement: w('press_mark_replacement'),
      kill: w('press_mark_kill'),
    },
  }
  return rssOf(head, entries)
}

/** What stands around an item: its pictures that may be used today, the names of its places, and where to answer. */
export async function surroundingsOf(
  ctx: Ctx,
  item: StandingItem,
  { wire, addresses, w }: Pick<WireAsked, 'wire' | 'addresses' | 'w'>,
): Promise<Surroundings> {
  const secret = await secretOf(ctx, wire)
  if (!secret) throw new Error(`The wire of ${wire.outletId} is shut or its secret cannot be opened`)
  const placeNames: string[] = []
  for (const id of item.places) placeNames.push((await placeById(ctx.db, id))?.name ?? '')
  return {
    pictures: await picturesOf(ctx, item, addresses),
    answerAddress: addresses.answer(answerTokenOf(secret, item.id)),
    placeNames: placeNames.filter(Boolean),
    notes: notesIn(w),
  }
}

async function picturesOf(ctx: Ctx, item: StandingItem, addresses: PressAddresses): Promise<PressPicture[]> {
  const ids = readMarkup(item.body).flatMap((block) => (block.kind === 'image' ? [block.media] : []))
  const pictures: PressPicture[] = []
  for (const id of new Set(ids.filter((one) => UUID.test(one)))) {
    const media = await mediaById(ctx.db, id as Id<'media'>) // as its pattern says
    const size = media && !whyNotUse(media, dayAt(ctx.clock.now())) && (await sizeOf(ctx.db, media.id, 'large'))
    if (!media || !size) continue
    const { title, alternative, rightsOwner, rightsTerms } = media
    const { mime, width, height } = size
    pictures.push({
      id,
      title,
      alternative,
      rightsOwner,
      rightsTerms,
      mime,
      width,
      height,
      address: addresses.picture(id),
    })
  }
  return pictures
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function notesIn(w: Words): Notes {
  return {
    correction: w('press_note_correction'),
    replacement: w('press_note_replacement'),
    kill: w('press_note_kill'),
    withheld: (sequence) => w('press_note_withheld', { sequence }),
    answer: (address) => w('press_note_answer', { address }),
  }
}
