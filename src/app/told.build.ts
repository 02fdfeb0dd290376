import { expect } from 'vitest'
import { factsCounted, figures, questionOf, type Asked } from '../core/figure/index.ts'
import type { Ctx, Db } from '../core/kernel/index.ts'

/** The days in which tests of figures have things happen, on the map of one of them. */
export const asked = { from: '2026-11-01', to: '2026-12-31', mapDay: '2026-11-24' }

/** What counts of these indicators, as `counted` by grade; each is the sum of what it opens into. */
export async function told(ctx: Ctx, more: Partial<Asked> = {}): Promise<Record<string, string>> {
  const question = questionOf({ ...asked, by: 'channel', ...more })
  const { total } = await figures(ctx.db, question)
  const lines = await factsCounted(ctx.db, question, null, 1_000)
  const sum = lines.reduce((all, { value }) => all + value, 0n)
  expect(sum).toBe([...total.values()].reduce((all, { counted, estimated }) => all + counted + estimated, 0n))
  const words = [...total].map(([indicator, { byGrade }]) => {
    const grades = Object.entries(byGrade).filter(([, { counted }]) => counted !== 0n)
    return [indicator, grades.map(([grade, { counted }]) => `${counted} ${grade}`).join(', ')]
  })
  return Object.fromEntries(words.filter(([, said]) => said !== ''))
}

/** What the ledger has written down as facts of one source, in the order of their writing, with names instead of ids. */
export async function ledgerFacts(db: Db, source: 'carrier' | 'issue' | 'article') {
  const rows = await db
    .selectFrom('ledgerCount')
    .innerJoin('organisation', 'organisation.id', 'ledgerCount.organisationId')
    .innerJoin('place', 'place.id', 'ledgerCount.placeId')
    .select(['ledgerCount.sourceId', 'ledgerCount.releaseId', 'indicator', 'value', 'organisation.code as body', 'day'])
    .select(['place.code as place', 'ledgerCount.campaignId', 'channel', 'language', 'grade', 'since'])
    .where('source', '=', source)
    .orderBy('ledgerCount.id')
    .execute()
  return rows.map(({ value, ...row }) => ({ ...row, value: Number(value) }))
}
