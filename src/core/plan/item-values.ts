import * as v from 'valibot'
import { DaySchema } from '../kernel/index.ts'
import type { ItemKind } from './item.ts'
import { CHANNELS } from './reading/reading.ts'

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(8_000))
const wordsOrNone = v.nullish(
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(2_000),
    v.transform((text) => text || null),
  ),
  null,
)
const day = v.nullish(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    DaySchema,
  ]),
  null,
)
const clause = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)), '')
const channel = v.picklist(CHANNELS)
const assignee = v.object({ name: words, group: v.optional(v.boolean(), false), organisations: v.array(v.string()) })

/** What a person may put into an item of each kind; the shapes of ItemValues. */
export const ITEM_VALUES = {
  head: v.object({
    type: wordsOrNone,
    notation: wordsOrNone,
    issuer: wordsOrNone,
    place: wordsOrNone,
    issuedOn: day,
    title: wordsOrNone,
  }),
  legal_basis: v.object({
    type: wordsOrNone,
    notation: wordsOrNone,
    issuedOn: day,
    issuer: wordsOrNone,
    title: wordsOrNone,
    inForce: v.nullish(v.boolean(), null),
  }),
  period: v.pipe(
    v.object({ kind: v.picklist(['campaign', 'peak', 'day']), from: day, to: day, rhythm: wordsOrNone }),
    v.check(({ from, to }) => from === null || to === null || from <= to, 'order'),
  ),
  theme: v.object({ clause, text: words }),
  slogan: v.object({ text: words }),
  hotline: v.object({ name: words, number: v.pipe(v.string(), v.trim(), v.regex(/^\d{3,11}$/)) }),
  audience: v.object({
    text: words,
    kind: v.picklist(['age', 'sex', 'ethnic', 'area', 'occupation', 'risk', 'everyone']),
  }),
  target: v.object({
    text: words,
    value: v.number(),
    valueTo: v.nullish(v.number(), null),
    unit: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  }),
  channel: v.object({ channel, clause }),
  duty: v.object({
    clause,
    assignees: v.pipe(v.array(assignee), v.minLength(1)),
    role: v.picklist(['lead', 'coordinate', 'all']),
    mode: v.picklist(['ordered', 'asked']),
    text: words,
    outputs: v.optional(v.array(words), []),
    channels: v.optional(v.array(channel), []),
    deadline: v.nullish(v.object({ text: v.string(), from: day, to: day }), null),
    rhythm: wordsOrNone,
    directs: v.optional(v.array(assignee), []),
  }),
} satisfies Record<ItemKind, v.GenericSchema>
