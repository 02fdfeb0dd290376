import { addDays, dayAt, momentOf, type Day, type Id } from '../kernel/index.ts'
import { daysFrom, mondayOf, spread, type Period } from './airing.ts'
import { minutesOf } from './civil-time.ts'
import { rankOf, secondsOnAir, type Class } from './programme.ts'
import { fallsOn, fallsOnMarket, type Slot } from './slot.ts'

/** What is to be laid into the slots of a station. */
export interface Wish {
  /** One for each language, in the order in which they are to sound. */
  readonly pieces: readonly { readonly broadcastId: Id<'broadcast'>; readonly seconds: number }[]
  readonly class: Class
  readonly validFrom: Date
  readonly validUntil: Date
  readonly periods: readonly Period[]
}

/** A play that stands in the way, or beside: whatever it is of. */
export type Standing = Pick<Laid, 'broadcastId' | 'slotId' | 'day' | 'class' | 'ord'> & { readonly seconds: number }

export interface OffDay {
  readonly fromDay: Day
  readonly toDay: Day
  readonly name: string
  readonly stops: 'ordinary' | 'all'
}

/** What a station is laid out on. */
export interface Ground {
  readonly slots: readonly Slot[]
  readonly offDays: readonly OffDay[]
  /** `HH:MM`; in them nothing but an emergency sounds; they may go over midnight. */
  readonly quiet: { readonly from: string; readonly to: string } | null
  readonly minutesADay: number | null
  readonly repeatsADay: number | null
  readonly chime: boolean
  readonly standing: readonly Standing[]
  /** What is before it is over. */
  readonly now: Date
}

export interface Laid {
  readonly broadcastId: Id<'broadcast'>
  readonly slotId: Id<'slot'>
  readonly day: Day
  readonly at: Date
  readonly ord: number
  readonly class: Class
}

export const CONFLICTS = [
  'quiet_hours',
  'no_room',
  'minutes_a_day',
  'repeats_a_day',
  'off_day',
  'no_slot',
  'crowded',
] as const

/** Why something that was wished for is not laid, or what is crowded out by what was. */
export interface Conflict {
  readonly why: (typeof CONFLICTS)[number]
  readonly day: Day
  readonly slotId: Id<'slot'> | null
  readonly broadcastId: Id<'broadcast'> | null
  /** Name of the day off, or the minutes that are too many; empty where there is neither. */
  readonly what: string
}

export interface Layout {
  readonly plays: readonly Laid[]
  readonly conflicts: readonly Conflict[]
}

/**
 * Lays out when something plays at a station: pure, and never silent about what it could not do. What ranks higher takes
 * room as if nothing lower stood there; what is then too much for a slot is said as `crowded`, and stays.
 */
export function layOut(wish: Wish, ground: Ground): Layout {
  const tally = tallyOf(ground)
  const plays: Laid[] = []
  const conflicts: Conflict[] = []
  for (const { day, slots, times } of wishedDays(wish, ground, conflicts)) {
    let placed = 0
    const refused: Conflict[] = []
    for (const slot of slots) {
      if (placed >= (times ?? slots.length)) break
      const at = momentOf(day, slot.begins)
      if (at < ground.now || at < wish.validFrom || at >= wish.validUntil) continue
      const before = plays.length
      for (const piece of wish.pieces) {
        const why = whyNotLay(wish, ground, tally, slot, day, piece)
        if (why) refused.push(why)
        else plays.push(tally.add(piece, slot, day, at, wish.class))
      }
      if (plays.length > before) placed += 1
    }
    if (placed < (times ?? slots.length)) conflicts.push(...refused)
  }
  return { plays, conflicts: [...conflicts, ...crowded(plays, wish.class, ground, tally)] }
}

interface WishedDay {
  readonly day: Day
  readonly slots: readonly Slot[]
  /** In how many of them; null: in each. */
  readonly times: number | null
}

/** Days on which something is wished for, with their slots; days off and days without a slot become conflicts. */
function* wishedDays(wish: Wish, ground: Ground, conflicts: Conflict[]): Generator<WishedDay> {
  const first = dayAt(wish.validFrom > ground.now ? wish.validFrom : ground.now)
  const last = dayAt(new Date(wish.validUntil.getTime() - 1))
  const say = (why: Conflict['why'], day: Day, what = '') =>
    conflicts.push({ why, day, slotId: null, broadcastId: null, what })
  for (const period of wish.periods) {
    const [from, to] = [period.from > first ? period.from : first, period.to < last ? period.to : last]
    const week: WishedDay[] = []
    for (const day of daysFrom(from, to)) {
      const slots = slotsOn(day, period, ground.slots)
      const off = ground.offDays.find((one) => stopsOn(one, day, wish.class))
      if (period.on === 'weekly') {
        if (slots.length > 0 && !off) week.push({ day, slots, times: period.timesADay })
        const ends = day === to || mondayOf(addDays(day, 1)) !== mondayOf(day)
        if (ends) yield* ofWeek(week.splice(0), period.timesAWeek, from, day, say)
      } else if (slots.length === 0) {
        if (period.on === 'daily') say('no_slot', day)
      } else if (off) say('off_day', day, off.name)
      else yield { day, slots, times: period.timesADay }
    }
  }
}

/** Of a week that lasts until `last` so many days; where it has too few, as for holidays, that is said. */
function* ofWeek(
  week: readonly WishedDay[],
  times: number,
  from: Day,
  last: Day,
  say: (why: 'no_slot', day: Day) => void,
): Generator<WishedDay> {
  const chosen = new Set(
    spread(
      week.map(({ day }) => day),
      times,
    ),
  )
  yield* week.filter(({ day }) => chosen.has(day))
  const monday = mondayOf(last)
  const whole = daysFrom(monday < from ? from : monday, last).length
  for (let missing = chosen.size; missing < Math.min(times, whole); missing += 1) say('no_slot', last)
}

function slotsOn(day: Day, { on }: Period, slots: readonly Slot[]): Slot[] {
  return slots
    .filter((slot) => (on === 'market' ? fallsOnMarket : fallsOn)(slot, day))
    .sort((one, other) => (one.begins < other.begins ? -1 : 1))
}

/**
 * Why a play may not stand in a slot on a day, by the ground without it: what laying out would say; null where it may.
 * Whether the slot falls on the day and has not begun, others ask.
 */
export function whyNotStand(
  piece: Wish['pieces'][number],
  one: Class,
  ground: Ground,
  slot: Slot,
  day: Day,
): Pick<Conflict, 'why' | 'what'> | null {
  const off = ground.offDays.find((each) => stopsOn(each, day, one))
  if (off) return { why: 'off_day', what: off.name }
  const what: Pick<Wish, 'class'> = { class: one }
  return whyNotLay(what, ground, tallyOf(ground), slot, day, piece)
}

export function stopsOn(off: OffDay, day: Day, one: Class): boolean {
  if (day < off.fromDay || day > off.toDay || one === 'emergency') return false
  return off.stops === 'all' || one === 'ordinary'
}

export function whyNotLay(
  wish: Pick<Wish, 'class'>,
  ground: Ground,
  tally: Tally,
  slot: Slot,
  day: Day,
  { broadcastId, seconds }: Wish['pieces'][number],
): Conflict | null {
  const no = (why: Conflict['why']): Conflict => ({ why, day, slotId: slot.id, broadcastId, what: '' })
  const rank = rankOf(wish.class)
  const open = openMinutes(slot, ground.quiet)
  if (open === 0) return no('quiet_hours')
  const takes = secondsOnAir(seconds, ground.chime)
  if (tally.ofSlot(slot.id, day, rank) + takes > open * 60)
    return no(
      open < slot.minutes && tally.ofSlot(slot.id, day, rank) + takes <= slot.minutes * 60 ? 'quiet_hours' : 'no_room',
    )
  const { minutesADay, repeatsADay } = ground
  if (minutesADay !== null && tally.ofDay(day, rank) + takes > minutesADay * 60) return no('minutes_a_day')
  if (repeatsADay !== null && tally.repeats(broadcastId, day) >= repeatsADay) return no('repeats_a_day')
  return null
}

/** Minutes of a slot before quiet hours begin; nought where it begins in them. */
export function openMinutes(slot: Pick<Slot, 'begins' | 'minutes'>, quiet: Ground['quiet']): number {
  if (quiet === null || quiet.from === quiet.to) return slot.minutes
  const [begins, from, to] = [slot.begins, quiet.from, quiet.to].map(minutesOf) as [number, number, number]
  const inside = from < to ? from <= begins && begins < to : begins >= from || begins < to
  if (inside) return 0
  const until = from > begins ? from - begins : from + 1_440 - begins
  return Math.min(slot.minutes, until)
}

/** What of the minutes and repeats of a station is taken, and by what rank. */
interface Tally {
  /** Seconds of a slot on a day taken by what ranks as high or higher. */
  ofSlot(slotId: Id<'slot'>, day: Day, rank: number): number
  ofDay(day: Day, rank: number): number
  repeats(broadcastId: Id<'broadcast'>, day: Day): number
  add(piece: Wish['pieces'][number], slot: Slot, day: Day, at: Date, one: Class): Laid
}

export function tallyOf({ standing, chime }: Ground): Tally {
  const sums = new Map<string, number>()
  const get = (key: string) => sums.get(key) ?? 0
  const put = (key: string, more: number) => sums.set(key, get(key) + more)
  const upTo = (key: string, rank: number) => {
    let total = 0
    for (let at = 0; at <= rank; at += 1) total += get(`${key} ${at}`)
    return total
  }
  const count = (one: Omit<Standing, 'ord'>) => {
    const takes = secondsOnAir(one.seconds, chime)
    const rank = rankOf(one.class)
    put(`${one.slotId} ${one.day} ${rank}`, takes)
    put(`day ${one.day} ${rank}`, takes)
    put(`repeats ${one.broadcastId} ${one.day}`, 1)
  }
  const last = new Map<string, number>()
  const place = (slotId: string, day: Day, one: Class) => `${slotId} ${day} ${one}`
  for (const one of standing) {
    count(one)
    const key = place(one.slotId, one.day, one.class)
    last.set(key, Math.max(last.get(key) ?? 0, one.ord))
  }
  return {
    ofSlot: (slotId, day, rank) => upTo(`${slotId} ${day}`, rank),
    ofDay: (day, rank) => upTo(`day ${day}`, rank),
    repeats: (broadcastId, day) => get(`repeats ${broadcastId} ${day}`),
    add({ broadcastId, seconds }, slot, day, at, one) {
      count({ broadcastId, slotId: slot.id, day, class: one, seconds })
      const key = place(slot.id, day, one)
      const ord = (last.get(key) ?? 0) + 1
      last.set(key, ord)
      return { broadcastId, slotId: slot.id, day, at, ord, class: one }
    },
  }
}

/** Slots in which what was laid leaves too little room for what ranks lower. */
export function crowded(
  plays: readonly Pick<Laid, 'slotId' | 'day'>[],
  one: Class,
  { slots, quiet }: Ground,
  tally: Tally,
): Conflict[] {
  if (one === 'ordinary') return []
  const found: Conflict[] = []
  for (const [key, [first]] of Map.groupBy(plays, ({ slotId, day }) => `${slotId} ${day}`)) {
    const slot = slots.find(({ id }) => key.startsWith(id))
    if (!slot || !first) continue
    const over = tally.ofSlot(slot.id, first.day, rankOf('ordinary')) - openMinutes(slot, quiet) * 60
    if (over > 0)
      found.push({
        why: 'crowded',
        day: first.day,
        slotId: slot.id,
        broadcastId: null,
        what: String(Math.ceil(over / 60)),
      })
  }
  return found
}
