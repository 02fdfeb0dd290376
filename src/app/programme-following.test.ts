import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dayAt, type Id } from '../core/kernel/index.ts'
import {
  conflictsOfDay,
  emergenciesOf,
  endPlays,
  layOutRelease,
  loggedPlays,
  scheduleOf,
  silenceWarning,
  soundingOf,
  tallyOfRelease,
} from '../core/programme/index.ts'
import { correctRelease, pressRelease, recallRelease } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'

let stage: ProgrammeStage
const clock = stillClock('2026-11-02T01:00:00Z')
const ENDS_AT = new Date('2026-11-06T00:00:00Z')

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-02T01:00:00Z'))

/** Lets other words take the place of a release, proposed by one, pressed by another, and carried out. */
async function corrected(releaseId: Id<'release'>, seconds?: number): Promise<Id<'release'>> {
  const messageId = await stage.recorded(undefined, undefined, seconds)
  const next = await correctRelease(stage.writer, { releaseId, messageId, words: 'Đọc bản mới' })
  await pressRelease(stage.leader, { releaseId: next })
  await stage.ctx.db.updateTable('delivery').set({ dueAt: clock.now() }).where('releaseId', '=', next).execute()
  await stage.work()
  return next
}

async function recalled(releaseId: Id<'release'>): Promise<void> {
  await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Thôi đọc' })
  await stage.ctx.db.updateTable('delivery').set({ dueAt: clock.now() }).where('state', '=', 'planned').execute()
  await stage.work()
}

const playsOf = (releaseId: Id<'release'>, stationId: Id<'outlet'>) =>
  stage.ctx.db
    .selectFrom('play')
    .select(['id', 'plannedAt', 'state', 'reason'])
    .where('releaseId', '=', releaseId)
    .where('stationId', '=', stationId)
    .orderBy('plannedAt')
    .execute()
const momentsOf = async (releaseId: Id<'release'>, stationId: Id<'outlet'>) =>
  (await playsOf(releaseId, stationId)).map(({ plannedAt }) => plannedAt.toISOString())
const standing = async (releaseId: Id<'release'>, stationId: Id<'outlet'>) =>
  stage.ctx.db
    .selectFrom('delivery')
    .select(['state', 'reason'])
    .where('releaseId', '=', releaseId)
    .where('outletId', '=', stationId)
    .executeTakeFirst()
/** What devices of a station are told to play, by release. */
async function told(stationId: Id<'outlet'>, releaseId: Id<'release'>): Promise<number> {
  const own = new Set((await playsOf(releaseId, stationId)).map(({ id }) => id))
  return (await scheduleOf(stage.ctx, stationId)).plays.filter(({ id }) => own.has(id)).length
}
const heard = (playId: string, device: Id<'device'>, seq: number) =>
  endPlays(stage.ctx, device, [
    { playId: playId as Id<'play'>, state: 'played', startedAt: clock.now(), seconds: 100, reason: '', seq },
  ])
/** At each station: planned plays by devices are as many as ends in all states. */
async function addsUp(releaseId: Id<'release'>): Promise<void> {
  for (const [stationId, devices] of [
    [stage.stations.a, 3],
    [stage.stations.b, 1],
    [stage.stations.fm, 1],
  ] as const) {
    const { ends, plays, ahead } = await tallyOfRelease(stage.ctx.db, releaseId, stationId)
    expect(Object.values(ends).reduce((sum, n) => sum + n, 0)).toBe((plays - ahead) * devices)
  }
}

test('what corrects a release plays where that had not played yet, at exactly those who got it; what was played stays proved', async () => {
  const { a, b, fm } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: ENDS_AT })
  const before = await playsOf(releaseId, a)
  clock.set('2026-11-03T00:00:00Z')
  const past = before.filter(({ plannedAt }) => plannedAt <= clock.now())
  const [device] = stage.devicesOf(a)
  for (const [at, { id }] of past.entries()) await heard(id, device!, at + 1)
  expect(await standing(releaseId, a)).toMatchObject({ state: 'delivered' })
  // At one station a person has taken the row back.
  await stage.ctx.db
    .updateTable('delivery')
    .set({ state: 'cancelled', reason: 'Nhầm đài' })
    .where('releaseId', '=', releaseId)
    .where('outletId', '=', b)
    .execute()

  const next = await corrected(releaseId)
  const moments = before.map(({ plannedAt }) => plannedAt).filter((at) => at > clock.now())
  expect(moments.length).toBeGreaterThan(0)
  expect(await momentsOf(next, a)).toEqual(moments.map((at) => at.toISOString()))
  expect(await momentsOf(next, fm)).toEqual(moments.map((at) => at.toISOString()))
  expect(await standing(next, b), 'who had not got it gets nothing').toBeUndefined()
  expect(await told(a, releaseId)).toBe(0)
  expect(await told(b, releaseId), 'wrong words play nowhere').toBe(0)
  expect(await told(a, next)).toBe(moments.length)
  const { ends } = await tallyOfRelease(stage.ctx.db, releaseId, a)
  expect(ends).toMatchObject({ played: past.length, cancelled: moments.length * 3 })
  expect(await standing(releaseId, a), 'what was heard was heard').toMatchObject({ state: 'delivered' })
  expect(await standing(releaseId, fm)).toMatchObject({ state: 'cancelled' })
  for (const one of [releaseId, next]) await addsUp(one)
})

test('the second correction stands where the first was laid since, not where the wrong words had been as well', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: ENDS_AT })
  const first = await corrected(releaseId)
  const onceADay = { from: '2026-11-02', to: '2026-11-06', on: 'daily' as const, timesADay: 1 }
  await layOutRelease(stage.leader, { releaseId: first, periods: [onceADay] })
  const laid = await momentsOf(first, a)
  expect(laid.length).toBeLessThan((await momentsOf(releaseId, a)).length)
  const second = await corrected(first)
  expect(await momentsOf(second, a)).toEqual(laid)
  for (const one of [releaseId, first, second]) await addsUp(one)
})

test('a correction whose recording is longer is laid only where its slot and day take it, and says where they do not', async () => {
  const { a, b } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: ENDS_AT })
  const before = await momentsOf(releaseId, a)
  await stage.ctx.db.updateTable('station').set({ dailyMinutes: 3 }).where('outletId', '=', a).execute()
  const next = await corrected(releaseId, 200)
  expect(await momentsOf(next, a), 'three minutes a day are too few for it').toEqual([])
  expect(await standing(next, a)).toEqual({ state: 'failed', reason: 'minutes_a_day' })
  const said = (await conflictsOfDay(stage.ctx.db, a, dayAt(new Date(before[0]!)))).filter(
    (one) => one.releaseId === next,
  )
  expect(said).toMatchObject([{ why: 'minutes_a_day' }])
  expect(await momentsOf(next, b), 'where there is room it stands where the old one stood').toEqual(before)
  await stage.ctx.db.updateTable('station').set({ dailyMinutes: null }).where('outletId', '=', a).execute()
})

test('a recall reaches devices in whose slot it only waits; one that was away plays what it stored, and that is proved, too', async () => {
  const { a, b } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-02T12:00:00Z') })
  const [play] = await playsOf(releaseId, b)
  clock.set('2026-11-02T09:31:00Z')
  expect(await told(b, releaseId), 'it waits for others of its slot').toBe(1)
  const version = async (stationId: Id<'outlet'>) =>
    Number(
      (
        await stage.ctx.db
          .selectFrom('station')
          .select('scheduleVersion')
          .where('outletId', '=', stationId)
          .executeTakeFirstOrThrow()
      ).scheduleVersion,
    )
  const before = await version(a)
  await recalled(releaseId)
  expect([await told(a, releaseId), await told(b, releaseId)]).toEqual([0, 0])
  expect(await version(a)).toBeGreaterThan(before)
  const [device] = stage.devicesOf(b)
  await heard(play!.id, device!, 900)
  expect(await standing(releaseId, b)).toMatchObject({ state: 'delivered' })
  await addsUp(releaseId)
})

test('what a device that had not heard of the recall played stands in the log book of its station', async () => {
  const { b } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-04T00:00:00Z') })
  await recalled(releaseId)
  const plays = await playsOf(releaseId, b)
  expect(new Set(plays.map(({ state, reason }) => `${state} ${reason}`))).toEqual(new Set(['cancelled recalled']))
  clock.set('2026-11-02T09:40:00Z')
  const [device] = stage.devicesOf(b)
  await heard(plays[0]!.id, device!, 901)
  const book = await loggedPlays(stage.ctx.db, b, '2026-11-02', '2026-11-05', new Date('2026-11-05T00:00:00Z'))
  const own = new Set(plays.map(({ id }) => id))
  expect(book.filter(({ playId }) => own.has(playId))).toMatchObject([{ playId: plays[0]!.id, ends: { played: 1 } }])
  await addsUp(releaseId)
})

test('a warning that is corrected or recalled before a device has heard it is told to be taken back', async () => {
  const { a, b } = stage.stations
  const releaseId = await stage.aired('emergency', { endsAt: ENDS_AT })
  const warned = async (stationId: Id<'outlet'>, of: Id<'release'>) => {
    const own = new Set((await playsOf(of, stationId)).map(({ id }) => id as string))
    return (await emergenciesOf(stage.ctx, stationId)).filter(({ playId }) => own.has(playId)).length
  }
  expect(await warned(a, releaseId)).toBe(1)
  const next = await corrected(releaseId)
  expect([await warned(a, releaseId), await warned(a, next), await warned(b, next)]).toEqual([0, 1, 1])
  await recalled(next)
  expect([await warned(a, next), await warned(b, next)]).toEqual([0, 0])
  // Nobody knows of it whether it has begun: it may be sounding at both until their devices have told.
  const sounding = async () => (await soundingOf(stage.ctx, next))!.stop
  expect(await sounding()).toEqual([a, b].sort())
  const [at] = await playsOf(next, b)
  await heard(at!.id, stage.devicesOf(b)[0]!, 950)
  expect(await sounding()).toEqual([a])
  const stop = { releaseId: next, kind: 'stop' as const, devices: 3 }
  await expect(silenceWarning(stage.leader, { ...stop, devices: 2 })).rejects.toMatchObject({
    code: 'station.count_changed',
  })
  await expect(silenceWarning(stage.commune, stop)).rejects.toMatchObject({ code: 'access.role' })
  expect(await silenceWarning(stage.leader, stop)).toBe(3)
  expect(await soundingOf(stage.ctx, next)).toEqual({ stop: [], resume: [a] })
  expect(await silenceWarning(stage.leader, { ...stop, kind: 'resume' })).toBe(3)
  expect(await soundingOf(stage.ctx, next), 'it may go on where it sounds').toEqual({ stop: [a], resume: [] })
  clock.set('2026-11-02T01:10:00Z')
  expect(await soundingOf(stage.ctx, next), 'long after it nothing sounds').toEqual({ stop: [], resume: [] })
  expect(await soundingOf(stage.ctx, await stage.aired('ordinary', { endsAt: ENDS_AT }))).toBeNull()
  for (const one of [releaseId, next]) await addsUp(one)
})
