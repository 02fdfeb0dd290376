import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId, type Db } from '../../kernel/index.ts'
import type { TestDatabase } from '../../../testing/index.ts'
import { COVERED_BY, heard, type CoveredBy, type Heard, type HeardPeriod } from '../coverage.store.ts'
import { figures } from '../figures.ts'
import { questionOf, type Asked } from '../question.ts'
import type { Cells } from '../sum.ts'
import { insertLedger, noteLedger, openCountry, PLACES, question, SOURCES, Step, take } from './changing-facts.build.ts'
import { changesSince } from './fact-page.store.ts'
import { heardOf } from './heard-of.ts'
import { heldFacts, holdFacts } from './hold-facts.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openCountry()
})
afterAll(() => database.close())

describe('facts held in memory', () => {
  test('answer every question as the database does, whatever was noted, closed or taken back since they were read', async () => {
    const letGo = await holdFacts(database.db)
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 1, maxLength: 6 }), question, async (steps, asked) => {
        for (const step of steps) await take(database.db, step)
        await expectTheSame(asked)
        await expectHeardTheSame(asked.campaign)
      }),
      { numRuns: 60 },
    )
    letGo()
    const letGoAgain = await holdFacts(database.db)
    await fc.assert(fc.asyncProperty(question, expectTheSame), { numRuns: 50 })
    letGoAgain()
  })

  test('tell an occasion once, whatever was counted of it', async () => {
    const letGo = await holdFacts(database.db)
    const period = { from: '2027-01-01', to: '2027-01-31', campaign: null }
    const sourceId = newId()
    for (const indicator of ['plays', 'minutes']) {
      await insertLedger(database.db, { indicator, sourceId, value: 1, day: '2027-01-02' })
    }
    const once = [{ placeId: PLACES[1]!.id, key: 'loudspeaker', times: 1, lastDay: '2027-01-02' }]
    expect(await heardInMemory(period, 'channel')).toEqual(once)
    expect(await heard(database.db, period, 'channel')).toEqual(once)
    await insertLedger(database.db, { indicator: 'plays', sourceId, value: -1, day: '2027-01-02' })
    expect(await heardInMemory(period, 'channel')).toEqual(once)
    await insertLedger(database.db, { indicator: 'minutes', sourceId, value: -1, day: '2027-01-02' })
    expect(await heardInMemory(period, 'channel')).toEqual([])
    letGo()
  })

  test('are those of committed transactions, however long one was open and whichever ended first', async () => {
    const letGo = await holdFacts(database.db)
    const before = await plays(database.db)
    const late = await database.db.startTransaction().execute()
    await noteLedger(late, 7)
    await noteLedger(database.db, 100)
    expect(await plays(database.db)).toBe(before + 100n)
    expect(await plays(late)).toBe(before + 107n)
    const undone = await database.db.startTransaction().execute()
    await noteLedger(undone, 1_000)
    await undone.rollback().execute()
    await late.commit().execute()
    const asked = await Promise.all(Array.from({ length: 20 }, () => plays(database.db)))
    expect(asked).toEqual(Array.from({ length: 20 }, () => before + 107n))
    letGo()
  })

  test('are added up once for a question that is asked again, until a fact, a place or a body has changed', async () => {
    const { db } = database
    const letGo = await holdFacts(db)
    const asked = questionOf({ place: PLACES[0]!.id, from: '2025-01-01', to: '2026-12-31', mapDay: '2026-12-31' })
    const [first, beside] = await Promise.all([figures(db, asked), figures(db, asked)])
    expect(beside).toBe(first)
    expect(await figures(db, { ...asked })).toBe(first)
    await noteLedger(db, 5)
    const then = await figures(db, asked)
    expect(then.total.get('plays')!.counted).toBe((first.total.get('plays')?.counted ?? 0n) + 5n)
    await db.updateTable('place').set({ name: 'P1 mới' }).where('id', '=', PLACES[1]!.id).execute()
    expect((await figures(db, asked)).tree?.node(PLACES[1]!.id)?.name).toBe('P1 mới')
    letGo()
  })

  test('are not read anew for what transactions of another cluster changed, as after a restore, and stay right when its numbers come by', async () => {
    const { db } = database
    const next = async () =>
      BigInt((await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db)).rows[0]!.id)
    await noteLedger(db, 3)
    const from = await next()
    // The restored rows name numbers long past, soon to come and far away, in the next epoch, too.
    for (const id of [1n, from + 4n, from + 6n, from + 9n, from + 1_000_000n, from + 2n ** 32n, 2n ** 62n]) {
      await sql`insert into fact_change (changed, occasions) values (${String(id)}::xid8, ${SOURCES}::uuid[])`.execute(
        db,
      )
    }
    const letGo = await holdFacts(db)
    await nothingHasChanged(db)
    const before = await plays(db)
    for (let at = 1; at <= 30; at += 1) {
      await noteLedger(db, 1)
      expect(await plays(db)).toBe(before + BigInt(at))
    }
    await nothingHasChanged(db)
    await expectTheSame({ by: 'place' })
    letGo()
  })
})

/** Sooner or later: tests beside this one use up the same numbers, and hold them back while their transactions are open. */
async function nothingHasChanged(db: Db): Promise<void> {
  await vi.waitFor(async () => {
    const { committed } = await changesSince(db, null)
    expect((await changesSince(db, committed)).occasions).toEqual([])
  }, 20_000)
}

async function plays(db: Db): Promise<bigint> {
  const asked = questionOf({ indicators: ['plays'], from: '2025-01-01', to: '2026-12-31', mapDay: '2026-12-31' })
  return (await figures(db, asked)).total.get('plays')?.counted ?? 0n
}

async function expectTheSame(asked: Omit<Asked, 'from' | 'to' | 'mapDay'>): Promise<void> {
  const whole = questionOf({ ...asked, from: '2025-12-15', to: '2026-02-28', mapDay: '2026-01-01' })
  const inMemory = await figures(database.db, whole)
  const byDatabase = await database.db.transaction().execute((db) => figures(db, whole))
  expect(told(inMemory)).toEqual(told(byDatabase))
}

async function expectHeardTheSame(campaign: string | null): Promise<void> {
  const period = { from: '2025-12-15', to: '2026-02-28', campaign }
  for (const by of COVERED_BY) {
    expect(inOrder(await heardInMemory(period, by))).toEqual(inOrder(await heard(database.db, period, by)))
  }
}

async function heardInMemory(period: HeardPeriod, by: CoveredBy): Promise<Heard[]> {
  const facts = await heldFacts(database.db)!.current()
  return heardOf(facts, period, by)
}

function inOrder(all: readonly Heard[]): string[] {
  return all.map(({ placeId, key, times, lastDay }) => [placeId, key, times, lastDay].join(' ')).sort()
}

/** An answer with its rows and their cells in an order of their own. */
function told({ rows, total }: { rows: readonly { kind: string; id: string | null; cells: Cells }[]; total: Cells }) {
  const sorted = (cells: Cells) => [...cells].sort(([one], [other]) => (one < other ? -1 : 1))
  const lines = rows.map(({ kind, id, cells }) => ({ key: `${kind} ${id}`, cells: sorted(cells) }))
  return { total: sorted(total), rows: lines.sort((one, other) => (one.key < other.key ? -1 : 1)) }
}
