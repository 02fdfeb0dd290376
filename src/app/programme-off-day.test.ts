import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../core/audit/index.ts'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import {
  bodiesToKeepOff,
  choosePlay,
  dropOffDay,
  endPlays,
  keepOffDay,
  keepSlot,
  layOutRelease,
  movePlay,
  offDaysShown,
  playsOfDay,
  postponePlay,
  previewOffDay,
  scheduleOf,
  shiftPlay,
  skipPlay,
  slotsOf,
  tallyOfRelease,
} from '../core/programme/index.ts'
import { recallRelease } from '../core/release/index.ts'
import { stationOf } from '../core/station/index.ts'
import { stillClock } from '../testing/index.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'

let stage: ProgrammeStage
let communeLeader: Ctx
const clock = stillClock('2026-11-02T01:00:00Z')
const TODAY = '2026-11-02'
const [FROM, TO, AFTER] = ['2026-11-04', '2026-11-05', '2026-11-06']

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
  const { actor } = stage.commune
  if (actor.kind !== 'person') throw new Error('A commune is kept by a person')
  const grants = actor.grants.map((grant) => ({ ...grant, role: 'leader' as const }))
  communeLeader = { ...stage.commune, actor: { ...actor, grants } }
})
afterAll(() => stage.database.close())

const exam = { fromDay: FROM, toDay: TO, name: 'Thi tốt nghiệp', kind: 'exam', stops: 'all' } as const
const everywhere = { ...exam, organisationId: null }
const playsOf = async (releaseId: Id<'release'>, stationId: Id<'outlet'>, day: string) =>
  (await playsOfDay(stage.ctx.db, stationId, day)).filter((play) => play.releaseId === releaseId)
const rowsOf = (releaseId: Id<'release'>) =>
  stage.ctx.db
    .selectFrom('delivery')
    .select(['id', 'outletId', 'state', 'reason'])
    .where('releaseId', '=', releaseId)
    .execute()
const versionOf = async (stationId: Id<'outlet'>) => (await stationOf(stage.ctx.db, stationId))!.scheduleVersion

async function keepShown(ctx: Ctx, off: Parameters<typeof previewOffDay>[1]) {
  const { ordinary, priority } = await previewOffDay(ctx, off)
  return keepOffDay(ctx, { ...off, seen: ordinary + priority })
}

/** Nothing of this test stands on in the next. */
async function clear(...releases: Id<'release'>[]): Promise<void> {
  for (const releaseId of releases) await recallRelease(stage.leader, { releaseId, reason: 'Xong', words: 'Thôi' })
  await stage.work()
  for (const { id } of await offDaysShown(stage.leader, null, 100)) await dropOffDay(stage.leader, { offDayId: id })
}

test('a day off set after plays were laid takes them away as it was shown, once, and settles each at every device', async () => {
  const { a, b, fm } = stage.stations
  const ordinary = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T17:00:00Z') })
  const priority = await stage.aired('priority', { endsAt: new Date('2026-11-06T17:00:00Z') })
  const emergency = await stage.aired('emergency')
  const shown = await previewOffDay(stage.leader, everywhere)
  expect(shown).toEqual({ ordinary: 2 * 3, priority: 2 * 2 * 3, stations: 3 })
  expect(await previewOffDay(stage.leader, { ...everywhere, stops: 'ordinary' })).toMatchObject({ priority: 0 })
  const before = await versionOf(a)

  // Somebody took one away since it was shown.
  const [left] = await playsOf(ordinary, b, FROM)
  await skipPlay(stage.commune, { playId: left!.id, reason: 'Bận' })
  const seen = shown.ordinary + shown.priority
  await expect(keepOffDay(stage.leader, { ...everywhere, seen })).rejects.toMatchObject({
    code: 'programme.off_day_unseen',
    facts: { count: seen - 1, seen },
  })
  expect(await playsOf(priority, a, FROM)).toMatchObject([{ state: 'chosen' }, { state: 'chosen' }])
  const kept = await keepOffDay(stage.leader, { ...everywhere, seen: seen - 1 })
  expect(kept).toMatchObject({ plays: seen - 1, isNew: true })
  expect(await keepOffDay(stage.leader, { ...everywhere, seen: 0 })).toEqual({ ...kept, plays: 0, isNew: false })

  for (const station of [a, b, fm])
    for (const day of [FROM, TO])
      for (const play of await playsOf(priority, station, day))
        expect(play).toMatchObject({ state: 'cancelled', reason: 'Thi tốt nghiệp', offDayId: kept.offDayId })
  expect((await playsOf(ordinary, b, FROM))[0], 'what was left out stays so').toMatchObject({ state: 'skipped' })
  expect((await playsOf(priority, a, AFTER))[0]).toMatchObject({ state: 'chosen' })
  expect((await tallyOfRelease(stage.ctx.db, emergency)).ends).not.toHaveProperty('cancelled')
  expect((await tallyOfRelease(stage.ctx.db, priority, a)).ends).toMatchObject({ cancelled: 2 * 2 * 3 })
  const told = await scheduleOf(stage.ctx, a)
  expect(
    told.plays.filter(({ at }) => at >= new Date('2026-11-03T17:00:00Z') && at < new Date('2026-11-05T17:00:00Z')),
  ).toEqual([])
  expect(await versionOf(a)).toBeGreaterThan(before)
  expect(
    (await rowsOf(priority)).map(({ state }) => state),
    'the row plays on other days',
  ).not.toContain('cancelled')
  const [gone] = await playsOf(ordinary, a, FROM)
  await expect(choosePlay(stage.commune, { playId: gone!.id })).rejects.toMatchObject({
    code: 'programme.play_off_day',
    facts: { what: 'Thi tốt nghiệp' },
  })
  expect(await offDaysShown(stage.leader, null, 10)).toMatchObject([{ body: null, taken: seen - 1 }])
  await clear(ordinary, priority, emergency)
})

test('dropped it brings nothing back by itself; laying out anew fills the days, and opens rows that were all taken', async () => {
  const { a, fm } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-05T17:00:00Z') })
  const days = { ...everywhere, fromDay: TODAY }
  const [device] = stage.devicesOf(a)
  // A device whose clock is ahead has played one already.
  const [heard] = await playsOf(releaseId, a, FROM)
  const end = {
    playId: heard!.id,
    state: 'played' as const,
    startedAt: heard!.plannedAt,
    seconds: 100,
    reason: '',
    seq: 1,
  }
  await endPlays(stage.ctx, device!, [end])
  const { offDayId } = await keepShown(stage.leader, days)
  expect((await playsOf(releaseId, a, FROM))[0], 'what was heard stays').toMatchObject({ state: 'chosen' })
  const ofB = async () => (await rowsOf(releaseId)).find(({ outletId }) => outletId === stage.stations.b)
  expect(await ofB()).toMatchObject({ state: 'cancelled', reason: 'off_day' })
  expect((await rowsOf(releaseId)).find(({ outletId }) => outletId === fm)?.state, 'a task is people’s to end').toBe(
    'accepted',
  )

  await dropOffDay(stage.leader, { offDayId })
  await dropOffDay(stage.leader, { offDayId })
  expect((await playsOf(releaseId, a, TO)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  const periods = [{ from: TODAY, to: TO, on: 'daily' as const, timesADay: null }]
  await layOutRelease(stage.leader, { releaseId, periods })
  for (const station of [a, stage.stations.b, fm])
    expect(await playsOf(releaseId, station, TO)).toMatchObject([
      { state: 'chosen', reason: '', offDayId: null },
      { state: 'chosen' },
    ])
  expect((await tallyOfRelease(stage.ctx.db, releaseId)).ends).not.toHaveProperty('cancelled')
  expect(await ofB()).toMatchObject({ state: 'accepted', reason: '' })
  await clear(releaseId)
  await expect(layOutRelease(stage.leader, { releaseId, periods })).rejects.toMatchObject({
    code: 'release.not_running',
  })
})

test('a commune sets days off for its own stations, not for others, and sees those of all', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T17:00:00Z') })
  const [own] = await bodiesToKeepOff(communeLeader)
  expect((await bodiesToKeepOff(stage.leader)).map(({ id }) => id)).toContain(own!.id)
  const here = { ...exam, organisationId: own!.id }
  await expect(previewOffDay(communeLeader, everywhere)).rejects.toMatchObject({ code: 'programme.off_day_of_all' })
  const foreign = { ...exam, organisationId: stage.bodyOf('SVHTTDL-LC-2025') }
  await expect(previewOffDay(communeLeader, foreign)).rejects.toMatchObject({ code: 'access.organisation' })
  await expect(previewOffDay(communeLeader, { ...here, name: ' ' })).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(previewOffDay(communeLeader, { ...here, toDay: '2026-11-03' })).rejects.toMatchObject({
    code: 'programme.days_turned',
  })
  await expect(previewOffDay(communeLeader, { ...here, toDay: '2027-11-06' })).rejects.toMatchObject({
    code: 'programme.off_day_long',
  })
  await expect(
    previewOffDay(communeLeader, { ...here, fromDay: '2026-10-01', toDay: '2026-10-02' }),
  ).rejects.toMatchObject({ code: 'programme.off_day_over' })
  const nobody = { ...exam, organisationId: newId<'organisation'>() }
  await expect(previewOffDay(stage.leader, nobody)).rejects.toMatchObject({ code: 'organisation.not_found' })
  const { offDayId } = await keepShown(communeLeader, here)
  await keepShown(stage.leader, { ...everywhere, fromDay: '2027-01-01', toDay: '2027-01-01', name: 'Tết Dương lịch' })
  expect((await playsOf(releaseId, a, FROM))[0]).toMatchObject({ state: 'cancelled' })
  const shown = await offDaysShown(communeLeader, null, 10)
  const ofAll = { offDayId: shown[1]!.id }
  await expect(dropOffDay(communeLeader, ofAll)).rejects.toMatchObject({ code: 'programme.off_day_of_all' })
  expect(shown).toMatchObject([
    { id: offDayId, body: own!.name },
    { name: 'Tết Dương lịch', body: null },
  ])
  const [first] = shown
  expect(await offDaysShown(communeLeader, first!, 10), 'page by page').toEqual(shown.slice(1))
  await clear(releaseId)
})

test('whoever is cut off at any step of it changes nothing; done again it is done once, and the record is whole', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-05T17:00:00Z') })
  const standing = async () => ({
    days: (await offDaysShown(stage.leader, null, 10)).length,
    plays: (await playsOf(releaseId, a, TO)).map(({ state }) => state),
    rows: (await rowsOf(releaseId)).map(({ state }) => state).sort(),
    ends: (await tallyOfRelease(stage.ctx.db, releaseId)).ends,
    version: await versionOf(a),
  })
  const before = await standing()
  const off = { ...everywhere, fromDay: TODAY }
  for (const held of ['play', 'play_end', 'delivery', 'station']) {
    await stage.ctx.db.transaction().execute(async (other) => {
      await sql`lock table ${sql.table(held)} in share mode`.execute(other)
      const cut = keepShown(stage.leader, off).then(
        () => 'done',
        () => 'cut off',
      )
      await expect.poll(() => endWhoWaits(held)).toBe(1)
      expect(await cut).toBe('cut off')
    })
    expect(await standing(), `cut off at ${held}`).toEqual(before)
  }
  await keepShown(stage.leader, off)
  await keepShown(stage.leader, off)
  expect(await standing()).toMatchObject({ days: 1, plays: ['cancelled', 'cancelled'] })
  expect(await verifyAudit(stage.ctx.db)).toMatchObject({ whole: true })
  await clear(releaseId)
})

/** Kills, as a power cut would, the connection that waits for a table; answers how many there were. */
async function endWhoWaits(table: string): Promise<number> {
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid) as ended from pg_locks
    where not granted and relation = ${table}::regclass and pid <> pg_backend_pid()`.execute(stage.ctx.db)
  return rows.length
}

test('a commune that postpones or moves is held by what holds who lays out, and told by which limit', async () => {
  const { b } = stage.stations
  const slots = await slotsOf(stage.ctx.db, b, TODAY)
  const evening = slots.find(({ name }) => name === 'Chiều')!
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T17:00:00Z') })
  const other = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T17:00:00Z') })
  const [play] = await playsOf(releaseId, b, FROM)
  const playId = play!.id
  const set = (limit: { dailyMinutes?: number | null; dailyRepeats?: number | null }) =>
    stage.ctx.db.updateTable('station').set(limit).where('outletId', '=', b).execute()
  const postpone = () => postponePlay(stage.commune, { playId, slotId: evening.id })
  const move = (day: string) => movePlay(stage.commune, { playId, slotId: play!.slotId!, day })
  const shift = (day: string) => shiftPlay(stage.leader, { playId, slotId: play!.slotId!, day })
  // Each plays for 100 seconds: two of them are more than three minutes with their chimes.
  await set({ dailyMinutes: 3 })
  const minutes = { code: 'programme.shift_minutes_a_day', facts: { minutes: 3 }, field: 'day' }
  for (const act of [postpone, () => move(TO), () => shift(TO)]) await expect(act()).rejects.toMatchObject(minutes)
  await set({ dailyMinutes: null, dailyRepeats: 1 })
  const repeats = { code: 'programme.shift_repeats_a_day', facts: { times: 1 } }
  const toEvening = (day: string) => movePlay(stage.commune, { playId, slotId: evening.id, day })
  await expect(toEvening(TO)).rejects.toMatchObject(repeats)
  await set({ dailyRepeats: null })
  await expect(move(TO)).rejects.toMatchObject({ code: 'programme.plays_there' })
  const { weekdays, market, fromDay, toDay, seasonFrom, seasonTo } = evening
  const slot = {
    weekdays,
    market,
    fromDay,
    toDay,
    seasonFrom,
    seasonTo,
    stationId: b,
    slotId: evening.id,
    name: 'Chiều',
  }
  await keepSlot(stage.commune, { ...slot, begins: '16:30', minutes: 1 })
  const room = { code: 'programme.shift_no_room', facts: { begins: '16:30', room: 1 }, field: 'slotId' }
  await expect(postpone()).rejects.toMatchObject(room)
  await expect(toEvening(TO)).rejects.toMatchObject(room)
  await keepSlot(stage.commune, { ...slot, begins: '16:30', minutes: 30 })
  expect(await playsOf(releaseId, b, FROM), 'it stays where it was').toMatchObject([
    { id: playId, slotId: play!.slotId },
  ])
  // What was left out gives its room away; chosen again it must find it.
  await skipPlay(stage.commune, { playId, reason: 'Bận' })
  await set({ dailyMinutes: 3 })
  await expect(choosePlay(stage.commune, { playId })).rejects.toMatchObject(minutes)
  await set({ dailyMinutes: null })
  await choosePlay(stage.commune, { playId })
  await postpone()
  await clear(releaseId, other)
})
