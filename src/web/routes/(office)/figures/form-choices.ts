import type { Words } from '#app/wording/words.ts'
import { ACCEPTANCES, GRADES } from '#core/evidence/index.ts'
import {
  daysOf,
  PERIOD_KINDS,
  periodOn,
  periodsAYear,
  regimes,
  type PeriodKind,
  type Question,
  type Regime,
} from '#core/figure/index.ts'
import { CHANNELS } from '#core/channel/index.ts'
import { dayAt, type Ctx, type Day } from '#core/kernel/index.ts'
import { campaigns, periodsOf, themesOf } from '#core/plan/index.ts'
import { daysWords } from '#web/lib/date-words.ts'

/** By what a person may have rows told apart; grades and parts of people are shown beside. */
const ROWS = [
  'place',
  'organisation',
  'theme',
  'channel',
  'audience',
  'language',
  'acceptance',
  'month',
  'quarter',
  'sex',
  'age',
  'ethnic_group',
] as const
const LONGEST_FIRST: readonly PeriodKind[] = PERIOD_KINDS.toReversed()

interface Choice {
  readonly value: string
  readonly name: string
}

/** What the fields of the question offer. */
export async function choicesOf(ctx: Ctx, w: Words, question: Question) {
  const all = { value: '', name: w('web_all') }
  const any = { value: 'any', name: w('web_all') }
  const known = await campaigns(ctx.db)
  const themes = (await Promise.all(known.map(({ id }) => themesOf(ctx.db, id)))).flat()
  const own = known.find(({ id }) => id === question.campaign)
  const levels = ACCEPTANCES.slice(1).map((level, at) => ({ value: String(at + 1), name: w(`figure_from_${level}`) }))
  return {
    periods: [
      { value: '', name: w('figure_days_typed') },
      ...(own ? await campaignPeriods(ctx, w, own) : []),
      ...(await regimes(ctx.db))
        .filter(isOpen(ctx))
        .flatMap((regime) => regimePeriods(w, regime, dayAt(ctx.clock.now()))),
    ],
    rows: ROWS.map((value) => ({ value, name: w(`figure_by_${value}`) })),
    campaigns: [all, ...known.map(({ id, name }) => ({ value: id, name }))],
    themes: [any, ...themes.map(({ id, text }) => ({ value: id, name: text }))],
    channels: [any, ...CHANNELS.map((value) => ({ value, name: w(`channel_${value}`) }))],
    grades: [all, ...GRADES.map((value) => ({ value, name: w(`evidence_grade_${value}`) }))],
    accepted: [all, ...levels],
    themeNames: new Map(themes.map(({ id, text }) => [id, text])),
  }
}

function isOpen(ctx: Ctx) {
  const today = dayAt(ctx.clock.now())
  return ({ endedOn }: Regime) => endedOn === null || endedOn > today
}

/** The days that the plan gives the campaign, its peak among them. */
async function campaignPeriods(
  ctx: Ctx,
  w: Words,
  { id, name }: { readonly id: Parameters<typeof periodsOf>[1]; readonly name: string },
): Promise<Choice[]> {
  return (await periodsOf(ctx.db, id)).flatMap(({ kind, dayFrom, dayTo }) => {
    if (dayFrom === null || dayTo === null) return []
    const words = w(`figure_campaign_${kind}`, { name, days: daysWords(dayFrom, dayTo) })
    return [{ value: `1:${dayFrom}_${dayTo}`, name: words }]
  })
}

/** Of a regime the periods of this reporting year that have begun, and the year before. */
function regimePeriods(w: Words, { name, firstDay }: Regime, today: Day): Choice[] {
  const { year } = periodOn(today, 'year', firstDay)
  return [year, year - 1].flatMap((of) =>
    LONGEST_FIRST.flatMap((kind) =>
      Array.from({ length: periodsAYear(kind) }, (_, at) => ({ kind, year: of, number: at + 1 })).flatMap((period) => {
        const { from, to } = daysOf(period, firstDay)
        if (from > today || (of !== year && kind === 'month')) return []
        const words = w(`figure_period_${kind}`, { ...period, year: String(period.year), days: daysWords(from, to) })
        return [{ value: `${firstDay}:${from}_${to}`, name: `${words} · ${name}` }]
      }),
    ),
  )
}
