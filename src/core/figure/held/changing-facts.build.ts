import { sql } from 'kysely'
import fc from 'fast-check'
import { newId, type Db } from '../../kernel/index.ts'
import { openTestDatabase, type TestDatabase } from '../../../testing/index.ts'
import { DIMENSIONS } from '../question.ts'

const LEVELS = ['province', 'commune', 'commune', 'commune', 'village']
/** A province with its communes, and a village of the first of these. */
export const PLACES = LEVELS.map((level) => ({ id: newId<'place'>(), level }))
export const BODIES = [newId<'organisation'>(), newId<'organisation'>(), newId<'organisation'>()]
const THEMES = [newId(), newId()]
export const CAMPAIGN = newId()
const MOMENTS = ['2026-01-01T00:00:00.000500Z', '2026-01-02T00:00:00Z', '2026-01-03T12:00:00.001Z']

/** A database with a small country that anything can be noted of. */
export async function openCountry(): Promise<TestDatabase> {
  const database = await openTestDatabase()
  const { db } = database
  const places = PLACES.map(({ id, level }, at) => ({
    ...{ id, code: `P${at}`, kind: level, level, name: `P${at}`, languages: [] },
    parentId: level === 'province' ? null : PLACES[level === 'village' ? 1 : 0]!.id,
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
  return database
}

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
/** What happens to facts. */
export const Step = fc.oneof(
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
export type Step = typeof Step extends fc.Arbitrary<infer One> ? One : never

/** Any question but its days. */
export const question = fc.record({
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

export async function take(db: Db, step: Step): Promise<void> {
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

/** What rows of the ledger are of. */
export const SOURCES = Array.from({ length: 5 }, () => newId())

export async function noteLedger(db: Db, value: number, step?: Step & { kind: 'ledger' }): Promise<void> {
  if (value === 0) return
  const { place, body, theme, campaign, ...said } = step?.dimensions ?? {}
  await insertLedger(db, {
    ...{ ...said, value, sourceId: SOURCES[step?.of ?? 0]!, placeId: place, organisationId: body },
    ...{ themeId: theme ?? null, campaignId: campaign ?? null },
  })
}

/** A number of the ledger; what is not said of it is as of a play in a commune. */
export async function insertLedger(db: Db, told: Record<string, unknown>): Promise<void> {
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
