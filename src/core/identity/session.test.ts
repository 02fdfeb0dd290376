import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, person, type TestDatabase } from '../../testing/index.ts'
import { newId, type Ctx, type Id } from '../kernel/index.ts'
import { castOf, hierarchyOf, type Cast, type Someone } from './cast.build.ts'
import { endOtherSessions, endSession, personOfToken, sessionsOf, signIn, signOut, suspendPerson } from './index.ts'

const [province, district, commune] = [newId<'organisation'>(), newId<'organisation'>(), newId<'organisation'>()]
const members = new Map<Id<'person'>, Id<'organisation'>[]>()
const hierarchy = hierarchyOf(
  new Map([
    [district, [province]],
    [commune, [district, province]],
  ]),
  members,
)

let database: TestDatabase
let cast: Cast
let hoa: Someone
beforeAll(async () => {
  database = await openTestDatabase()
  cast = castOf(database, { hierarchy })
  hoa = await cast.someone('hoa')
})
beforeEach(() => {
  cast.clock.set('2026-07-01T01:00:00Z')
  return database.db.deleteFrom('session').execute()
})
afterAll(() => database.close())

const whose = (token: string) => personOfToken(database.db, token, cast.clock.now())
const idOfSession = async (token: string) => (await whose(token))?.sessionId ?? newId<'session'>()
const entries = async () =>
  (await sql<{ count: number }>`select count(*)::int as count from audit_entry`.execute(database.db)).rows[0]?.count

describe('a session', () => {
  test('is kept by the hash of its token alone', async () => {
    const { token } = await signIn(cast.stranger(), hoa)
    const { rows } = await sql<{ kept: string }>`select session::text as kept from session`.execute(database.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.kept).not.toContain(token)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(await whose(`${token}x`)).toBeNull()
    expect(await whose('')).toBeNull()
  })

  test('dies twelve hours after it was last seen', async () => {
    const { token } = await signIn(cast.stranger(), hoa)
    cast.clock.set('2026-07-01T12:59:00Z')
    expect(await whose(token)).not.toBeNull()
    cast.clock.set('2026-07-02T00:58:59Z')
    expect(await whose(token)).not.toBeNull()
    cast.clock.set('2026-07-02T12:59:00Z')
    expect(await whose(token)).toBeNull()
  })

  test('dies after seven days however busy, and is gone from the list and with the next sign-in', async () => {
    const { token } = await signIn(cast.stranger(), hoa)
    for (let hours = 10; hours < 7 * 24; hours += 10) {
      cast.clock.set(new Date(Date.parse('2026-07-01T01:00:00Z') + hours * 3_600_000).toISOString())
      expect(await whose(token)).not.toBeNull()
    }
    cast.clock.set('2026-07-08T01:00:00Z')
    expect(await whose(token)).toBeNull()
    expect(await sessionsOf(database.db, hoa.id, cast.clock.now())).toEqual([])
    await signIn(cast.stranger(), hoa)
    expect(await database.db.selectFrom('session').select('id').execute()).toHaveLength(1)
  })

  test('notes that it was seen once a minute at most', async () => {
    const { token } = await signIn(cast.stranger(), hoa)
    const seen = async () => (await sessionsOf(database.db, hoa.id, cast.clock.now()))[0]?.seenAt.toISOString()
    cast.clock.set('2026-07-01T01:01:00Z')
    await whose(token)
    expect(await seen()).toBe('2026-07-01T01:00:00.000Z')
    cast.clock.set('2026-07-01T01:01:01Z')
    await whose(token)
    expect(await seen()).toBe('2026-07-01T01:01:01.000Z')
  })

  test('dies at once with its person suspended', async () => {
    const lan = await cast.someone('lan')
    const { token } = await signIn(cast.stranger(), lan)
    await suspendPerson(cast.system(), { personId: lan.id, suspended: true })
    expect(await whose(token)).toBeNull()
  })
})

describe('ending', () => {
  test('one’s own: it dies at once, the others live on; again changes nothing', async () => {
    const [here, there] = [await signIn(cast.stranger(), hoa), await signIn(cast.stranger(), hoa)]
    const sessionId = await idOfSession(there.token)
    await endSession(hoa.ctx, { sessionId })
    expect(await whose(there.token)).toBeNull()
    expect(await whose(here.token)).not.toBeNull()
    const recorded = await entries()
    await endSession(hoa.ctx, { sessionId })
    expect(await entries()).toBe(recorded)
  })

  test('all the others', async () => {
    const tokens = []
    for (let n = 0; n < 3; n += 1) tokens.push((await signIn(cast.stranger(), hoa)).token)
    const [here = '', ...others] = tokens
    expect(await endOtherSessions(hoa.ctx, { sessionId: await idOfSession(here) })).toMatchObject({ count: 2 })
    expect(await whose(here)).not.toBeNull()
    for (const other of others) expect(await whose(other)).toBeNull()
  })

  test('by signing out, with the token alone', async () => {
    const { token } = await signIn(cast.stranger(), hoa)
    expect(await signOut(cast.stranger(), { token })).toBe(hoa.id)
    expect(await whose(token)).toBeNull()
    expect(await signOut(cast.stranger(), { token })).toBeNull()
  })

  test('somebody else’s: only by who administers every body they hold a role in', async () => {
    const minh = await cast.someone('minh')
    const admin = await cast.someone('admin')
    const as = (...where: Id<'organisation'>[]): Ctx => ({
      ...admin.ctx,
      actor: person(
        admin.id,
        where.map((organisationId) => ({ role: 'administrator' as const, organisationId, delegationId: null })),
      ),
    })
    members.set(minh.id, [commune, district])
    const { token } = await signIn(cast.stranger(), minh)
    const sessionId = await idOfSession(token)
    await expect(endSession(cast.stranger(), { sessionId })).rejects.toMatchObject({ code: 'access.sign_in' })
    await expect(endSession(hoa.ctx, { sessionId })).rejects.toMatchObject({ code: 'access.role' })
    await expect(endSession(as(commune), { sessionId })).rejects.toMatchObject({ code: 'access.organisation' })
    expect(await whose(token)).not.toBeNull()
    await endSession(as(province), { sessionId })
    expect(await whose(token)).toBeNull()
  })
})
