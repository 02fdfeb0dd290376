import { momentOf, type Id } from '../kernel/index.ts'
import { crowded, stopsOn, tallyOf, whyNotLay, type Conflict, type Ground, type Laid, type Wish } from './lay-out.ts'
import { secondsOnAir, type Play } from './programme.ts'
import { fallsOn, type Slot } from './slot.ts'

/** Where something would have played that another now takes the place of, with the seconds of each recording of that moment. */
export type OldPlace = Pick<Play, 'slotId' | 'day' | 'plannedAt' | 'ord'> & { readonly lengths: readonly number[] }

/** Where a play is put; without a slot only what waits for none. */
export type Place = Pick<Laid, 'broadcastId' | 'day' | 'at' | 'ord'> & { readonly slotId: Id<'slot'> | null }

type Following = Pick<Wish, 'pieces' | 'class' | 'validFrom' | 'validUntil'>

/**
 * Lays what takes the place of something else where that stood: pure. What is no longer than what stood there stands there,
 * whatever was limited since. What is longer must find its room as anything new does: there, else in another slot of the
 * same day; where there is none it is not laid, and that is said.
 */
export function layFollowing(
  wish: Following,
  places: readonly OldPlace[],
  ground: Ground,
): { readonly plays: readonly Place[]; readonly conflicts: readonly Conflict[] } {
  const tally = tallyOf(ground)
  const slots = new Map(ground.slots.map((slot) => [slot.id, slot]))
  const plays: Place[] = []
  const conflicts: Conflict[] = []
  const longer = places.filter((place) => isLonger(wish, place, ground.chime))
  for (const { slotId, day, plannedAt, ord } of places.filter((place) => !longer.includes(place))) {
    const slot = slotId && slots.get(slotId)
    for (const [at, piece] of wish.pieces.entries()) {
      if (slot) tally.add(piece, slot, day, plannedAt, wish.class)
      plays.push({ broadcastId: piece.broadcastId, slotId, day, at: plannedAt, ord: ord + at })
    }
  }
  for (const place of longer) {
    const elsewhere = otherSlots(wish, place, places, ground)
    for (const [at, piece] of wish.pieces.entries()) {
      const laid = roomFor(piece, place, elsewhere)
      if ('why' in laid) conflicts.push(laid)
      else plays.push(laid.slotId === place.slotId ? { ...laid, ord: place.ord + at } : laid)
    }
  }
  const inSlots = plays.flatMap(({ slotId, day }) => (slotId ? [{ slotId, day }] : []))
  return { plays, conflicts: [...conflicts, ...crowded(inSlots, wish.class, ground, tally)] }

  function roomFor(piece: Wish['pieces'][number], place: OldPlace, elsewhere: readonly Slot[]): Laid | Conflict {
    const { day } = place
    const say = (why: Conflict['why'], what = '') =>
      ({ why, day, slotId: place.slotId, broadcastId: piece.broadcastId, what }) as const
    const off = ground.offDays.find((one) => stopsOn(one, day, wish.class))
    if (off) return say('off_day', off.name)
    const own = place.slotId ? slots.get(place.slotId) : undefined
    let first: Conflict | null = null
    for (const slot of own ? [own, ...elsewhere] : elsewhere) {
      const why = whyNotLay(wish, ground, tally, slot, day, piece)
      const at = slot === own ? place.plannedAt : momentOf(day, slot.begins)
      if (!why) return tally.add(piece, slot, day, at, wish.class)
      first ??= why
    }
    return first ?? say('no_slot')
  }
}

function isLonger({ pieces }: Following, { lengths }: OldPlace, chime: boolean): boolean {
  const onAir = (seconds: readonly number[]) => seconds.reduce((sum, one) => sum + secondsOnAir(one, chime), 0)
  return onAir(pieces.map(({ seconds }) => seconds)) > onAir(lengths)
}

/** Slots of the same day that are still to come while it holds, and in which it is not to be heard anyway. */
function otherSlots(
  { validFrom, validUntil }: Following,
  { slotId, day }: OldPlace,
  places: readonly OldPlace[],
  { slots, now }: Ground,
): Slot[] {
  const taken = new Set(places.filter((place) => place.day === day).map((place) => place.slotId))
  const isOpen = (at: Date) => at > now && at >= validFrom && at < validUntil
  return slots
    .filter(
      (slot) => slot.id !== slotId && !taken.has(slot.id) && fallsOn(slot, day) && isOpen(momentOf(day, slot.begins)),
    )
    .sort((one, other) => (one.begins < other.begins ? -1 : 1))
}
