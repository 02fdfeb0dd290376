import * as v from 'valibot'
import { ACCEPTANCES, BREAKDOWNS, GRADES } from '../evidence/index.ts'
import { DaySchema } from '../kernel/index.ts'
import { ROW_PERIODS } from './period.ts'
import { REACHES } from './roll-up.ts'

/** What a figure may be told apart by: the two trees, what a fact says of itself, a period, or the parts of the people. */
export const DIMENSIONS = [
  'place',
  'organisation',
  'theme',
  'channel',
  'audience',
  'language',
  'grade',
  'acceptance',
  ...ROW_PERIODS,
  ...BREAKDOWNS,
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** What a machine says needs nobody's acceptance: it stands above all levels. */
export const MACHINE_ACCEPTANCE = ACCEPTANCES.length

const word = (most: number) => v.optional(v.nullable(v.pipe(v.string(), v.maxLength(most))), null)
const node = v.optional(v.nullable(v.pipe(v.string(), v.uuid())), null)
const level = v.optional(
  v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MACHINE_ACCEPTANCE))),
  null,
)

/**
 * One question to the facts: which indicators, of which days (both included), told apart by what, of which part of the
 * trees and of what kind of facts; null asks for all. An empty text asks for those that say nothing there.
 */
export const QuestionSchema = v.object({
  /** Codes; none asks for every indicator. */
  indicators: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(100)), []),
  from: DaySchema,
  to: DaySchema,
  by: v.optional(v.picklist(DIMENSIONS), 'place'),
  place: node,
  placeReach: v.optional(v.picklist(REACHES), 'within'),
  organisation: node,
  organisationReach: v.optional(v.picklist(REACHES), 'within'),
  campaign: node,
  theme: word(40),
  channel: word(40),
  audience: word(200),
  language: word(40),
  grade: v.optional(v.nullable(v.picklist(GRADES)), null),
  /** Accepted at exactly this level, by its place in `ACCEPTANCES`; `MACHINE_ACCEPTANCE` needs none. */
  acceptance: level,
  /** Accepted at this level or above. */
  acceptedFrom: level,
  /** Of the people counted, one part of one breakdown; the empty part is what nobody told apart. */
  part: v.optional(v.nullable(v.object({ breakdown: v.picklist(BREAKDOWNS), code: v.string() })), null),
  /** The first day of a reporting period in the month before it; 1: by the calendar. */
  firstDay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28)), 1),
  /** The map and the tree of which day. */
  mapDay: DaySchema,
  /** As it counted at that moment; null: now. */
  asOf: v.optional(
    v.nullable(
      v.union([
        v.date(),
        v.pipe(
          v.string(),
          v.transform((text) => new Date(text)),
          v.date(),
        ),
      ]),
    ),
    null,
  ),
})
export type Question = v.InferOutput<typeof QuestionSchema>
export type Asked = v.InferInput<typeof QuestionSchema>

/** @throws ValiError where it is no question. */
export function questionOf(asked: Asked): Question {
  return v.parse(QuestionSchema, asked)
}

export function isBreakdown(by: Dimension): by is (typeof BREAKDOWNS)[number] {
  return (BREAKDOWNS as readonly string[]).includes(by)
}

/** Whether an answer tells people apart: how they are told apart is configured. */
export function tellsPeople({ by, part }: Pick<Question, 'by' | 'part'>): boolean {
  return isBreakdown(by) || part !== null
}
