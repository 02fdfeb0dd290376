import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Db } from '../../kernel/index.ts'
import { openTestDatabase, type TestDatabase } from '../../../testing/index.ts'
import { COVERED_BY, heard, type Heard } from '../coverage.store.ts'
import { figures } from '../figures.ts'
import { DIMENSIONS, questionOf, type Asked } from '../question.ts'
import type { Cells } from '../sum.ts'
import { changesSince } from './fact-page.store.ts'
import { holdFacts } from './hold-facts.ts'

const PLACES = ['province', 'commune', 'commune', 'commune'].map((level) => ({ id: newId<'place'>(), level }))
const BODIES = [newId<'organisation'>(), newId<'organisation'>()]
const THEMES = [newId(), newId()]
const CAMPAIGN = newId()
const MOMENTS = ['2026-01-01T00:00:00.000500Z', '2026-01-02T00:00:00Z', '2026-01-03T12:00:00.001Z']

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  const { db } = database
  const parentId = PLACES[0]!.id
  const places = PLACES.map(({ id, level }, at) => ({
    ...{ id, code: `P${at}`, kind: level, level, name: `P${at}`, languages: [] },
    parentId: at === 0 ? null : parentId,
  }))
  await db.insertInto('place').values(places).execute()
  const bodies = BODIES.map((id, at) => ({ id, code: `B${at}`, name: `B${at}`, kind: 'other', level: 'commune' }))
  await db
    .insertInto('organisation')
    .values(bodies.map((body, at) => ({ ...body, placeId: PLACES[at]!.id })))
    .execute()
  // What the facts are of is nothing to them.
  await sql`alter table activity_count drop constraint activity_count_activity_id_fkey`.execute(db)
  await sql`alter table ledger_count drop constraint ledger_count_release_id_fkey`.execute(db)
})
afterAll(() => database.close())

const number = fc.oneof(fc.nat(500), fc.bigInt(0n, 9_000_000_000_000_000n))
const dimensions = fc.record({
  place: fc.constantFrom(...PLACES.map(({ id }) => id)),
  body: fc.constantFrom(...BODIES),
  theme: fc.constantFrom(null, ...THEMES),
  campaign: fc.constantFrom(null, CAMPAIGN),
  day: fc.constantFrom('2025-12-14', '2025-12-15', '2026-01-14', '2026-01-15', '2026-03-31'),
  channel: fc.constantFrom('talk', 'event'),
  audience: fc.constantFrom('', 'học sinh', 'a\u001fb,"c"'),
  language: fc.constantFrom('vi', 'hmn'),
  grade: fc.constantFrom('machine', 'documented', 'declared'),
})
const Step = fc.oneof(
  fc.record({
    kind: fc.constant('activity' as const),
    dimensions,
    value: number,
    indicator: fc.constantFrom('attendances', 'leaflets'),
    estimated: fc.boolean(),
    female: fc.nat(100),
    acceptance: fc.nat(4),
    since: fc.nat(2),
  }),
  fc.record({ kind: fc.constantFrom('close' as const, 'delete' as const), which: fc.nat(50), at: fc.nat(2) }),
  fc.record({
    kind: fc.constant('ledger' as const),
    dimensions,
    value: fc.integer({ min: -9, max: 9 }),
    of: fc.nat(4),
  }),
)
type Step = typeof Step extends fc.Arbitrary<infer One> ? One : never

const question = fc.record({
  by: fc.constantFrom(...DIMENSIONS),
  place: fc.constantFrom(null, ...PLACES.map(({ id }) => id)),
  organisation: fc.constantFrom(null, ...BODIES),
  placeReach: fc.constantFrom('within' as const, 'self' as const, 'alone' as const),
  indicators: fc.constantFrom<string[]>([], ['attendances'], ['plays', 'leaflets']),
  theme: fc.constantFrom(null, '', ...THEMES),
  campaign: fc.constantFrom(null, null, CAMPAIGN),
  channel: fc.constantFrom(null, 'talk'),
  audience: fc.constantFrom(null, '', 'học sinh'),
  language: fc.constantFrom(null, 'hmn'),
  grade: fc.constantFrom(null, 'declared' as const),
  acceptance: fc.constantFrom(null, 2),
  acceptedFrom: fc.constantFrom(null, 1),
  part: fc.constantFrom(
    null,
    null,
    { breakdown: 'sex' as const, code: 'female' },
    { breakdown: 'sex' as const, code: '' },
  ),
  firstDay: fc.constantFrom(1, 15, 28),
  asOf: fc.constantFrom(null, ...MOMENTS.map((moment) => moment.replace('.000500', '.001'))),
})

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
    expect(await heard(database.db, period, 'channel')).toEqual(once)
    expect(await database.db.transaction().execute((db) => heard(db, period, 'channel'))).toEqual(once)
    await insertLedger(database.db, { indicator: 'plays', sourceId, value: -1, day: '2027-01-02' })
    expect(await heard(database.db, period, 'channel')).toEqual(once)
    await insertLedger(database.db, { indicator: 'minutes', sourceId, value: -1, day: '2027-01-02' })
    expect(await heard(database.db, period, 'channel')).toEqual([])
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
    const { committed } = await changesSince(db, null)
    expect((await changesSince(db, committed)).occasions, 'nothing has changed').toEqual([])
    const before = await plays(db)
    for (let at = 1; at <= 30; at += 1) {
      await noteLedger(db, 1)
      expect(await plays(db)).toBe(before + BigInt(at))
    }
    const { committed: then } = await changesSince(db, null)
    expect((await changesSince(db, then)).occasions, 'the near ones have come by').toEqual([])
    await expectTheSame({ by: 'place' })
    letGo()
  })
})

async function take(db: Db, step: Step): Promise<void> {
  if (step.kind === 'ledger') return noteLedger(db, step.value, step)
  if (step.kind === 'activity') return noteActivity(db, step)
  const live = db
    .selectFrom('activityCount')
    .select('activityId')
    .where(sql<boolean>`until = 'infinity'`)
  const all = await live.orderBy('activityId').execute()
  const one = all[step.which % Math.max(1, all.length)]
  if (!one) return
  if (step.kind === 'delete') {
    await db.deleteFrom('activityCount').where('activityId', '=', one.activityId).execute()
    return
  }
  const closed = db
    .updateTable('activityCount')
    .set({ until: sql<Date>`greatest(since, ${MOMENTS[step.at]}::timestamptz)` })
  await closed.where('activityId', '=', one.activityId).execute()
}

async function noteActivity(db: Db, step: Step & { kind: 'activity' }): Promise<void> {
  const { place, body, theme, campaign, ...said } = step.dimensions
  const { value, indicator, estimated, acceptance } = step
  const shared = {
    ...{ activityId: newId<'activity'>(), placeId: place, organisationId: body, themeId: theme, campaignId: campaign },
    ...{ ...said, indicator, acceptance, kind: 'talk', since: sql<Date>`${MOMENTS[step.since]}::timestamptz` },
  }
  const parts =
    indicator === 'attendances' ? [{ breakdown: 'sex', part: 'female', value: step.female, estimated: true }] : []
  const whole = { breakdown: 'all', part: '', value: sql<number>`${String(value)}::bigint`, estimated }
  await db
    .insertInto('activityCount')
    .values([whole, ...parts].map((row) => ({ ...shared, ...row })))
    .execute()
}

const SOURCES = Array.from({ length: 5 }, () => newId())

async function noteLedger(db: Db, value: number, step?: Step & { kind: 'ledger' }): Promise<void> {
  if (value === 0) return
  const { place, body, theme, campaign, ...said } = step?.dimensions ?? {}
  await insertLedger(db, {
    ...{ ...said, value, sourceId: SOURCES[step?.of ?? 0]!, placeId: place, organisationId: body },
    ...{ themeId: theme ?? null, campaignId: campaign ?? null },
  })
}

/** A number of the ledger; what is not said of it is as of a play in a commune. */
async function insertLedger(db: Db, told: Record<string, unknown>): Promise<void> {
  const said = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
  const row = {
    ...{ source: 'delivery', sourceId: newId(), releaseId: newId<'release'>(), indicator: 'plays', value: 1 },
    ...{ organisationId: BODIES[0]!, placeId: PLACES[1]!.id, day: '2026-01-15', channel: 'loudspeaker', audience: '' },
    ...{ language: 'vi', grade: 'machine', since: new Date(MOMENTS[1]!) },
  }
  await db
    .insertInto('ledgerCount')
    .values({ ...row, ...said })
    .execute()
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
    const inMemory = await heard(database.db, period, by)
    const byDatabase = await database.db.transaction().execute((db) => heard(db, period, by))
    expect(inOrder(inMemory)).toEqual(inOrder(byDatabase))
  }
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
