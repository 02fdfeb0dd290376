import { addDays, type Day, type Id } from '../kernel/index.ts'
import type { Catalogue } from './catalogue.ts'
import { fieldOfCount, tidyCounts, type Count } from './count.ts'

/** The other activities that say the very same numbers of people, as a check is held against them. */
export interface SameCounts {
  /** The last of the same body to say so before it, on another day, and on how many other days such stand. */
  readonly ofBody: { readonly id: Id<'activity'>; readonly day: Day; readonly days: number } | null
  /** The last of another body that owes the same one to say so before it, on whichever day. */
  readonly elsewhere: { readonly id: Id<'activity'>; readonly day: Day; readonly body: string } | null
}

/*
 * In how many ways numbers might as well have come (`waysOf`), from which on the same again is no chance. Of 99 communes
 * that count honestly, thirty activities each in the 90 days that are looked through, less than one activity in a hundred
 * is cried at (`copied-counts.test.ts` plays it). What comes on a third day in one body needs to tell less.
 */
const TELLING_IN_BODY = 100
const TELLING_AGAIN = 10
const TELLING_ELSEWHERE = 5_000
/** Numbers of another season may come again. */
const LOOKED_BACK_DAYS = 90

/** Which of those that say the same are more than chance. */
export function whatIsCopied(ways: number, { ofBody, elsewhere }: SameCounts): SameCounts {
  const enough = ofBody !== null && ofBody.days > 1 ? TELLING_AGAIN : TELLING_IN_BODY
  return {
    ofBody: ways >= enough ? ofBody : null,
    elsewhere: ways >= TELLING_ELSEWHERE ? elsewhere : null,
  }
}

/** From which day on a copy is looked for. */
export function copiesSince(day: Day): Day {
  return addDays(day, -LOOKED_BACK_DAYS)
}

/**
 * The numbers of people in one line, whatever else was counted and of whatever kind it was: who copies an attendance
 * writes it under another heading. Null where no people were counted.
 */
export function countsKey(counts: readonly Count[], catalogue: Catalogue): string | null {
  const said = ofPeople(counts, catalogue).map((count) => `${fieldOfCount(count)}=${count.value}`)
  return said.length === 0 ? null : said.join('|')
}

/**
 * In how many ways the numbers of people might as well have come: the product of those that tell something. A round
 * number tells nothing, for so people count; nor does one that follows from the others, as men from all and women.
 */
export function waysOf(counts: readonly Count[], catalogue: Catalogue): number {
  const people = ofPeople(counts, catalogue)
  const wholes = people.filter(({ breakdown }) => breakdown === 'all')
  const free = wholes.flatMap((whole) => {
    const parts = people.filter(({ indicator, breakdown }) => indicator === whole.indicator && breakdown !== 'all')
    const groups = [...Map.groupBy(parts, ({ breakdown }) => breakdown).values()]
    return [
      whole.value,
      ...groups.flatMap((group) =>
        freeParts(
          group.map(({ value }) => value),
          whole.value,
        ),
      ),
    ]
  })
  return free.reduce((all, value) => all * told(value), 1)
}

/** Parts that do not follow from the rest: where they make up the whole, one does, be it the most telling. Twice one number is once. */
function freeParts(parts: readonly number[], whole: number): number[] {
  const sum = parts.reduce((all, value) => all + value, 0)
  const telling = parts.toSorted((one, other) => told(other) - told(one))
  const free = sum === whole ? telling.slice(1) : telling
  return [...new Set(free)].filter((value) => value !== whole)
}

function told(value: number): number {
  return isRound(value) ? 1 : value
}

/** As people say who have not counted: fives and tens below a hundred, beyond it two figures and noughts. */
export function isRound(value: number): boolean {
  return value < 100 ? value % 5 === 0 : value % 10 ** (String(value).length - 2) === 0
}

function ofPeople(counts: readonly Count[], { indicators }: Catalogue): Count[] {
  const people = new Set(indicators.filter((one) => one.people).map(({ code }) => code))
  return tidyCounts(counts).filter(({ indicator }) => people.has(indicator))
}
