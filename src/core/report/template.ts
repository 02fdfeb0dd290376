import * as v from 'valibot'
import { tidy } from '../kernel/index.ts'

export const REPORT_KINDS = ['periodic', 'thematic', 'ad_hoc'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

const words = v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(2_000))
const code = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/))
const shapes = ['paragraph', 'clause', 'point', 'dash'] as const
const indicators = v.pipe(v.array(code), v.minLength(1), v.maxLength(40))

/**
 * One line of a template. Words stand as they are, with `{period}`, `{scope}` and `{campaign}` in them; in a sentence
 * `{sessions}` is the figure of that indicator and `{bodies}` how many bodies have results.
 */
const TemplateLine = v.variant('kind', [
  v.object({ kind: v.picklist(['section', 'heading', 'paragraph']), text: words }),
  /** What only a person can write; no document is made while it stands. */
  v.object({ kind: v.literal('write'), text: words }),
  /** A sentence of phrases; one whose figures are all nought is left out, and the sentence where none is left. */
  v.object({
    kind: v.literal('say'),
    as: v.optional(v.picklist(shapes), 'paragraph'),
    begin: v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(2_000)), ''),
    phrases: v.pipe(v.array(words), v.minLength(1), v.maxLength(40)),
    end: v.optional(v.string(), '.'),
    /** Says also what is nought. */
    always: v.optional(v.boolean(), false),
    /** Adds to each figure how it changed, where the report is compared with another period. */
    compare: v.optional(v.boolean(), false),
    /** Adds to each figure how much of the plan's target it is, where the plan has one. */
    plan: v.optional(v.boolean(), false),
  }),
  /** A line for each way out, or each body below, that has results: its name and its figures. */
  v.object({
    kind: v.literal('each'),
    of: v.picklist(['channel', 'organisation']),
    as: v.optional(v.picklist(shapes), 'dash'),
    indicators,
    /** A paragraph before the first line. */
    begin: v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(2_000)), ''),
    /** What a person has to write where there is no line. */
    none: v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(2_000)), ''),
    /** No more lines than this, those with the most of the first indicator first. */
    most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 100),
  }),
  /** What contributing bodies wrote, each in a line. */
  v.object({ kind: v.literal('notes') }),
])
export type TemplateLine = v.InferOutput<typeof TemplateLine>

const TemplateAnnex = v.object({ title: words, by: v.picklist(['organisation', 'channel']), indicators })
export type TemplateAnnex = v.InferOutput<typeof TemplateAnnex>

/** How a report is written (đề cương): by configuration, no code. */
export const TemplateContent = v.object({
  subject: words,
  lines: v.pipe(v.array(TemplateLine), v.minLength(1), v.maxLength(300)),
  annexes: v.optional(v.pipe(v.array(TemplateAnnex), v.maxLength(20)), []),
  /** Names of the ways out as reports write them, in the order in which they are told. */
  channels: v.optional(v.record(v.string(), words), {}),
  photos: v.optional(words, 'Một số hình ảnh'),
})
export type TemplateContent = v.InferOutput<typeof TemplateContent>

export interface ReportTemplate {
  readonly code: string
  readonly name: string
  readonly kind: ReportKind
  readonly content: TemplateContent
}

/** Where a figure stands in a phrase; `{period}`, `{scope}` and `{campaign}` are words. */
export const PLACE = /\{(?!period\}|scope\}|campaign\})([a-z][a-z0-9_]*)\}/gu
/** How many bodies have results: counted by the report itself, in no catalogue. */
export const BODIES = 'bodies'

/** Every indicator that a template names, each once. */
export function indicatorsIn({ lines, annexes }: TemplateContent): string[] {
  const named = lines.flatMap((line) => {
    if (line.kind === 'each') return line.indicators
    if (line.kind !== 'say') return []
    return line.phrases.flatMap((phrase) => [...phrase.matchAll(PLACE)].map(([, code = '']) => code))
  })
  const all = new Set([...named, ...annexes.flatMap(({ indicators: of }) => of)])
  all.delete(BODIES)
  return [...all]
}
