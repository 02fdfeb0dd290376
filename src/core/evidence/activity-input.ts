import * as v from 'valibot'
import { DaySchema, idOf, tidy } from '../kernel/index.ts'
import { BREAKDOWNS } from './catalogue.ts'

const words = (most: number) => v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(most)), '')

export const CountSchema = v.object({
  indicator: v.pipe(v.string(), v.maxLength(40)),
  breakdown: v.picklist(['all', ...BREAKDOWNS]),
  part: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
  value: v.number(),
  estimated: v.optional(v.boolean(), false),
})

/** What is said of an activity, and may be said otherwise until it is accepted. */
export const About = {
  kind: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  placeId: idOf<'place'>(),
  day: DaySchema,
  beganAt: v.nullish(v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), null),
  spot: words(300),
  topic: words(300),
  note: words(4_000),
  audience: words(200),
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)), 'vi'),
  themeId: v.nullish(idOf<'campaign_part'>(), null),
  counts: v.pipe(v.array(CountSchema), v.maxLength(120)),
}
