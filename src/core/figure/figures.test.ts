import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, newId, type Db } from '../kernel/index.ts'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { figures } from './figures.ts'
import { cellsOf, countedAt, histories, type History, type HistoryFact } from './history.build.ts'
import { factsCounted } from './opened-facts.ts'
import { opensBelow, questionOfRow } from './opened.ts'
import { DIMENSIONS, questionOf, type Question } from './question.ts'
import { isNothing, NO_SUM, subtract, type Cells } from './sum.ts'

const HISTORIES = 200
const MOST_STEPS = 10
/** A step of a history, as a moment of the clock. */
const momentOf = (step: number) => new Date(Date.UTC(2026, 0, 1) + step * 60_000)

let database: TestDatabase
let body = ''

beforeAll(async () => {
  database = await openTestDatabase()
  body = newId()
  const placeId = newId<'place'>()
  const place = { id: placeId, code: 'T', kind: 'commune', level: 'commune', name: 'T', languages: [] }
  await database.db.insertInto('place').values(place).execute()
  const organisation = { id: body, code: 'T', name: 'T', kind: 'other', level: 'commune', placeId }
  await database.db.insertInto('organisation').values(organisation).execute()
})
afterAll(() => database.close())

describe('figures of the database', () => {
  test('equal the book of any history, down to the facts, by every dimension and as of any moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories(MOST_STEPS),
        fc.nat(MOST_STEPS),
        fc.nat(MOST_STEPS),
        fc.constantFrom(...DIMENSIONS.filter((by) => !['sex', 'age', 'ethnic_group'].includes(by))),
        fc.constantFrom(1, 15, 28),
        (history, mapStep, asOf, by, firstDay) =>
          undone(database.db, async (db) => {
            await keep(db, history)
            const mapDay = addDays('2025-01-01', 9 * mapStep)
            const asked = questionOf({
              from: '2025-01-01',
              to: history.lastDay,
              mapDay,
              asOf: momentOf(asOf),
              by,
              firstDay,
            })
            const wanted = cellsOf(countedAt(history, asOf))
            const { total } = await figures(db, asked)
            expectSame(total, wanted)
            expectSame(await opened(db, { ...asked, by: 'place' }, 0), wanted)
            if (by !== 'place') await eachRow(db, asked)
          }),
      ),
      { numRuns: HISTORIES },
    )
  }, 120_000)

  test('of people tell how many were not told apart, counts and estimates each by themselves', async () => {
    await undone(database.db, async (db) => {
      const fact = { indicator: 'attendances', grade: 'declared' as const, acceptance: 0, day: '2025-02-01' }
      const bare = { ...fact, place: (await placeT(db)).id, since: 0, until: Infinity }
      const counted = { ...bare, factId: newId(), value: 100, estimated: false }
      const guessed = { ...bare, factId: newId(), value: 50, estimated: true }
      await keepFacts(db, [counted, guessed])
      await keepParts(db, counted, { female: 60, male: 30 })
      await keepParts(db, guessed, { female: 20 })
      const asked = questionOf({ from: '2025-01-01', to: '2025-12-31', mapDay: '2025-12-31', by: 'sex' })
      const { rows, total } = await figures(db, asked)
      const told = Object.fromEntries(rows.map(({ id, cells }) => [id, cells.get('attendances')]))
      expect(told).toMatchObject({
        female: { counted: 60n, estimated: 20n },
        male: { counted: 30n, estimated: 0n },
        '': { counted: 10n, estimated: 30n },
      })
      expect(total.get('attendances')).toMatchObject({ counted: 100n, estimated: 50n })
      await eachRow(db, asked)
    })
  })
})

/** Each row is the sum of the facts that it opens into. */
async function eachRow(db: Db, question: Question): Promise<void> {
  for (const row of (await figures(db, question)).rows) {
    expectSame(await listed(db, questionOfRow(question, row)), row.cells)
  }
}

/** The total of a question by place, having opened every row below down to its facts. */
async function opened(db: Db, question: Question, depth: number): Promise<Cells> {
  const { rows, total } = await figures(db, question)
  for (const row of rows) {
    const inner = questionOfRow(question, row)
    const found = opensBelow(row) && depth < 2 ? await opened(db, inner, depth + 1) : await listed(db, inner)
    expectSame(found, row.cells)
  }
  return total
}

/** Facts by pages of two, so that the key of the page is tested too. */
async function listed(db: Db, question: Question): Promise<Cells> {
  const all: HistoryFact[] = []
  for (let after = null as Parameters<typeof factsCounted>[2]; ;) {
    const lines = await factsCounted(db, question, after, 2)
    after = lines.at(-1) ?? null
    for (const { value, ...line } of lines) all.push({ ...line, value: Number(value) } as unknown as HistoryFact)
    if (after === null) return cellsOf(all)
  }
}

async function undone(db: Db, work: (db: Db) => Promise<void>): Promise<void> {
  const undo = new Error('undo')
  await db
    .transaction()
    .execute(async (inside) => {
      await work(inside)
      throw undo
    })
    .catch((thrown: unknown) => {
      if (thrown !== undo) throw thrown
    })
}

async function keep(db: Db, { lineage, facts }: History): Promise<void> {
  const places = lineage.nodes.map((node) => ({ ...node, kind: 'commune', languages: [] }))
  await db.insertInto('place').values(places).execute()
  const successions = lineage.successions.map((one) => ({ ...one, onDay: '2025-01-01' }))
  if (successions.length > 0)
    await db
      .insertInto('placeSuccession')
      .values(successions)
      .onConflict((c) => c.doNothing())
      .execute()
  await keepFacts(db, facts)
}

async function keepFacts(db: Db, facts: readonly HistoryFact[]): Promise<void> {
  if (facts.length === 0) return
  const base = { kind: 'talk', organisationId: body, audience: '', language: 'vi' }
  const counts = facts.map(({ factId, place, since, until, ...fact }) => ({
    ...base,
    ...fact,
    activityId: factId,
    placeId: place,
    channel: Number(fact.value) % 2 ? 'talk' : 'event',
    breakdown: 'all',
    since: momentOf(since),
    until: until === Infinity ? sql<Date>`'infinity'` : momentOf(until),
  }))
  const first = [...new Map(counts.map((count) => [count.activityId, count])).values()]
  const activities = first.map(({ activityId: id, placeId, day, grade }) => {
    const moments = { madeAt: momentOf(0), receivedAt: momentOf(0) }
    const rest = { owedTo: body, counts: '[]', state: 'sent', sentThrough: 'form' }
    return { ...base, ...rest, ...moments, id, placeId, day, grade }
  })
  await db.insertInto('activity').values(activities).execute()
  await db.insertInto('activityCount').values(counts).execute()
}

async function keepParts(db: Db, { factId, value: _, ...fact }: HistoryFact, parts: Record<string, number>) {
  const { indicator, grade, acceptance, day, place: placeId } = fact
  const base = { activityId: factId, indicator, grade, acceptance, day, placeId, organisationId: body, kind: 'talk' }
  const rows = Object.entries(parts).map(([part, value]) => {
    const said = { breakdown: 'sex', part, value, estimated: false, since: momentOf(0) }
    return { ...base, ...said, channel: 'talk', audience: '', language: 'vi' }
  })
  await db.insertInto('activityCount').values(rows).execute()
}

async function placeT(db: Db): Promise<{ id: string }> {
  return db.selectFrom('place').select('id').where('code', '=', 'T').executeTakeFirstOrThrow()
}

function expectSame(found: Cells, wanted: Cells): void {
  for (const indicator of new Set([...found.keys(), ...wanted.keys()])) {
    const difference = subtract(found.get(indicator) ?? NO_SUM, wanted.get(indicator) ?? NO_SUM)
    if (!isNothing(difference)) expect(found.get(indicator)).toEqual(wanted.get(indicator))
  }
}
