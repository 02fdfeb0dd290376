import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type Db } from '../kernel/index.ts'
import type { TestDatabase } from '../../testing/index.ts'
import { coverageOf, type Coverage } from './coverage.ts'
import { COVERED_BY } from './coverage.store.ts'
import { keyOf, type Figures } from './figure-row.ts'
import { figures } from './figures.ts'
import {
  BODIES,
  CAMPAIGN,
  insertLedger,
  openCountry,
  PLACES,
  question,
  Step,
  take,
} from './held/changing-facts.build.ts'
import { holdFacts } from './held/hold-facts.ts'
import { questionOf, tellsPeople, type Asked } from './question.ts'
import type { Cells } from './sum.ts'

const INDICATORS = ['attendances', 'leaflets', 'plays']
/** Facts lie on days from 2025-12-14 on. */
const [FROM, TO] = ['2025-12-01', '2026-02-28']

let database: TestDatabase

beforeAll(async () => {
  database = await openCountry()
  const [, , ends, follows] = PLACES.map(({ id }) => id)
  const succession = { fromId: ends!, toId: follows!, onDay: '2026-01-01' }
  await database.db.insertInto('placeSuccession').values(succession).execute()
})
afterAll(() => database.close())

const mapDay = fc.constantFrom('2025-06-01', '2026-01-01')
const from = fc.constantFrom(FROM, '2025-12-15')
/** Of all facts that there are, or of those of any kind; where people are told apart no answer is kept. */
const asked = fc
  .oneof(
    question.map(({ by, firstDay, asOf }): Omit<Asked, 'from' | 'to' | 'mapDay'> => ({ by, firstDay, asOf })),
    question,
  )
  .filter(({ by = 'place', part = null }) => !tellsPeople({ by, part }))
const asFigures = fc.record({ kind: fc.constant('figures' as const), asked, mapDay, from })
const asCoverage = fc.record({
  kind: fc.constant('coverage' as const),
  by: fc.constantFrom(...COVERED_BY),
  place: fc.constantFrom(null, ...PLACES.map(({ id }) => id)),
  campaign: fc.constantFrom(null, CAMPAIGN),
  wanted: fc.constantFrom<string[]>([], ['talk', 'vi']),
  mapDay,
})
const Question = fc.oneof({ weight: 3, arbitrary: asFigures }, { weight: 2, arbitrary: asCoverage })
type Question = typeof Question extends fc.Arbitrary<infer One> ? One : never
const TreeStep = fc.record({
  kind: fc.constantFrom('rename' as const, 'end' as const, 'open' as const),
  table: fc.constantFrom('place' as const, 'organisation' as const),
  at: fc.integer({ min: 1, max: 2 }),
})
type TreeStep = typeof TreeStep extends fc.Arbitrary<infer One> ? One : never
const Ask = fc.record({ kind: fc.constant('ask' as const), which: fc.nat(3) })

describe('a kept answer', () => {
  test('is brought up to what is answered anew, and by the database, whatever has changed since it was asked', async () => {
    const { db } = database
    const letGo = await holdFacts(db)
    const steps = fc.array(
      fc.oneof({ weight: 6, arbitrary: Step }, { weight: 1, arbitrary: TreeStep }, { weight: 4, arbitrary: Ask }),
      { minLength: 4, maxLength: 14 },
    )
    await fc.assert(
      fc.asyncProperty(steps, fc.array(Question, { minLength: 2, maxLength: 4 }), async (all, questions) => {
        // Of few facts each row and each indicator comes and goes.
        await db.deleteFrom('activityCount').execute()
        for (const asked of questions) await expectUpToDate(asked)
        for (const step of all) {
          if (step.kind === 'ask') await expectUpToDate(questions[step.which % questions.length]!)
          else await happens(db, step)
        }
        for (const asked of questions) await expectUpToDate(asked)
      }),
      { numRuns: 60 },
    )
    letGo()
  })

  test('keeps the very rows that nothing has touched, and a new row stands where it would anew', async () => {
    const { db } = database
    const letGo = await holdFacts(db)
    const asked = { by: 'organisation' as const, from: '2028-01-01', to: '2028-01-31', mapDay: '2028-01-31' }
    const ask = () => figures(db, questionOf(asked))
    const note = (at: number, value: number) =>
      insertLedger(db, { organisationId: BODIES[at]!, value, day: '2028-01-02' })
    await note(0, 1)
    await note(2, 1)
    const first = await ask()
    await note(2, 4)
    const then = await ask()
    expect(rowOf(then, 0)).toBe(rowOf(first, 0))
    expect(rowOf(then, 2)?.cells.get('plays')?.counted).toBe(5n)
    await note(1, 1)
    expect(inOrder(await ask())).toEqual(inOrder(await figures(db, anew(questionOf(asked)))))
    await note(1, -1)
    expect((await ask()).rows).toEqual(then.rows)
    letGo()
  })

  test('misses no change and takes none twice, while others are committed and ask the same', async () => {
    const { db } = database
    const letGo = await holdFacts(db)
    const asked = questionOf({ by: 'month', from: '2029-01-01', to: '2029-01-31', mapDay: '2029-01-31' })
    const sum = async () => (await figures(db, asked)).total.get('plays')?.counted ?? 0n
    let [begun, committed] = [0n, 0n]
    const note = async () => {
      begun += 1n
      await insertLedger(db, { day: '2029-01-02' })
      committed += 1n
    }
    const writers = Promise.all(Array.from({ length: 3 }, () => repeated(20, note)))
    const readers = Array.from({ length: 5 }, () =>
      repeated(20, async () => {
        const least = committed
        const found = await sum()
        expect(found >= least && found <= begun, `${least} ≤ ${found} ≤ ${begun}`).toBe(true)
      }),
    )
    await Promise.all([writers, ...readers])
    expect(await sum()).toBe(60n)
    letGo()
  })

  test('is made anew where more has changed than is told', async () => {
    const { db } = database
    const letGo = await holdFacts(db)
    const ask = async () =>
      (await figures(db, questionOf({ by: 'grade', from: '2030-01-01', to: '2030-01-31', mapDay: '2030-01-31' }))).total
    expect(await ask()).toEqual(new Map())
    await sql`insert into activity_count (activity_id, indicator, breakdown, value, estimated, organisation_id, place_id, day, kind,
        channel, audience, language, grade, acceptance, since)
      select gen_random_uuid(), 'leaflets', 'all', 1, false, ${BODIES[0]}, ${PLACES[1]!.id}, '2030-01-02', 'talk', 'talk', '', 'vi',
        'declared', 0, '2030-01-02' from generate_series(1, 10001)`.execute(db)
    expect((await ask()).get('leaflets')?.counted).toBe(10_001n)
    letGo()
  })
})

async function repeated(times: number, work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) await work()
}

async function happens(db: Db, step: Step | TreeStep): Promise<void> {
  if (!('table' in step)) return take(db, step)
  const { kind, table, at } = step
  const id = (table === 'place' ? PLACES.map((place) => place.id) : BODIES)[at]!
  const changes = { rename: { name: unused() }, end: { aliveTo: '2025-12-31' }, open: { aliveTo: null } }
  await db.updateTable(table).set(changes[kind]).where('id', '=', id).execute()
}

async function expectUpToDate(asked: Question): Promise<void> {
  await (asked.kind === 'figures' ? expectFiguresUpToDate(asked) : expectCoverageUpToDate(asked))
}

async function expectFiguresUpToDate({ asked, mapDay, from }: Question & { kind: 'figures' }): Promise<void> {
  const { db } = database
  const whole = questionOf({ ...asked, from, to: TO, mapDay })
  const kept = inOrder(await figures(db, whole))
  expect(kept).toEqual(inOrder(await figures(db, anew(whole))))
  const byDatabase = await db.transaction().execute((inside) => figures(inside, whole))
  expect(sorted(kept)).toEqual(sorted(inOrder(byDatabase)))
}

async function expectCoverageUpToDate({ kind: _, ...asked }: Question & { kind: 'coverage' }): Promise<void> {
  const { db } = database
  const whole = { ...asked, from: FROM, to: TO }
  const kept = matrixInOrder(await coverageOf(db, whole))
  expect(kept).toEqual(matrixInOrder(await coverageOf(db, { ...whole, from: addDays(FROM, -Number(unused())) })))
  const byDatabase = await db.transaction().execute((inside) => coverageOf(inside, whole))
  expect(sorted(kept)).toEqual(sorted(matrixInOrder(byDatabase)))
}

let names = 0

function unused(): string {
  return String(++names)
}

/** The same question in words that nobody has asked it in: nothing is kept for it. */
function anew(asked: Figures['question']): Figures['question'] {
  const indicators = asked.indicators.length > 0 ? asked.indicators : INDICATORS
  return { ...asked, indicators: [...indicators, unused()] }
}

/** Rows as they stand, each with its cells by the order of their names. */
function inOrder({ rows, total }: Pick<Figures, 'rows' | 'total'>): string[] {
  const cellsOf = (cells: Cells) => [...cells].map(([name, sum]) => `${name} ${shown(sum)}`).sort()
  return [...rows.map((row) => [keyOf(row), ...cellsOf(row.cells)].join()), ['total', ...cellsOf(total)].join()]
}

function matrixInOrder({ keys, rows, above }: Coverage): string[] {
  const lines = rows.map(({ cells, ...row }) => shown({ ...row, cells: [...cells].sort() }))
  return [...keys.map((key) => `key ${key}`), ...lines, ...above.map((one) => shown(one))]
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort()
}

function rowOf({ rows }: Figures, at: number) {
  return rows.find(({ id }) => id === BODIES[at])
}
