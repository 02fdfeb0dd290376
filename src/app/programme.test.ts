import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import {
  closeSilentPlays,
  emergenciesOf,
  endPlays,
  layOutReleases,
  keepSlot,
  playsOfDay,
  previewLayouts,
  scheduleOf,
  setSilentHours,
  silenceBy,
  silentHoursOf,
  slotsOf,
  tallyOfRelease,
} from '../core/programme/index.ts'
import { previewRelease, recallRelease, releaseById } from '../core/release/index.ts'
import { importStations, stationByCode, tellDevicesAhead } from '../core/station/index.ts'
import { stillClock } from '../testing/index.ts'
import { addTrialSlots, TRIAL_STATION } from './demonstration-slots.ts'
import { stationRow, stationWith } from './stations.build.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'

let stage: ProgrammeStage
const clock = stillClock('2026-11-02T01:00:00Z')
const TODAY = '2026-11-02'

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
})
afterAll(() => stage.database.close())

const rowsOf = async (releaseId: Id<'release'>) => {
  const rows = await stage.ctx.db.selectFrom('delivery').selectAll().where('releaseId', '=', releaseId).execute()
  return new Map(rows.map((row) => [row.outletId, row]))
}
async function heard(
  playId: Id<'play'>,
  device: Id<'device'>,
  state: 'played' | 'partial' | 'failed' = 'played',
  seq = 1,
) {
  const end = { playId, state, startedAt: clock.now(), seconds: state === 'played' ? 100 : 40, reason: '', seq }
  return endPlays(stage.ctx, device, [end])
}

test('a priority notice is put first in each slot, devices are told of a week, and the first real play delivers the row', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-12T00:00:00Z') })
  expect((await rowsOf(releaseId)).get(a)?.state).toBe('accepted')
  const { broadcasts, plays } = await scheduleOf(stage.ctx, a)
  expect(broadcasts).toMatchObject([{ language: 'vi', class: 'priority', seconds: 100 }])
  // Today's afternoon, six whole days, and the morning of the seventh.
  expect(plays).toHaveLength(1 + 6 * 2 + 1)
  tellDevicesAhead(2)
  expect((await scheduleOf(stage.ctx, a)).plays).toEqual(plays.slice(0, 1 + 2 + 1))
  tellDevicesAhead(7)
  const [first] = await playsOfDay(stage.ctx.db, a, TODAY)
  const [one, two, three] = stage.devicesOf(a) as [Id<'device'>, Id<'device'>, Id<'device'>]
  clock.set('2026-11-02T09:31:00Z')
  expect(await heard(first!.id, one, 'partial')).toBe(1)
  expect((await rowsOf(releaseId)).get(a)?.state).toBe('accepted')
  expect(await heard(first!.id, two)).toBe(1)
  expect((await rowsOf(releaseId)).get(a)?.state).toBe('delivered')
  expect(await heard(first!.id, two, 'failed', 2), 'the first word of a device stands').toBe(0)
  expect(await heard(first!.id, stage.devicesOf(stage.stations.b)[0]!), 'of another station').toBe(0)
  clock.set('2026-11-04T10:00:00Z')
  await closeSilentPlays(stage.ctx)
  const { ends } = await tallyOfRelease(stage.ctx.db, releaseId, a)
  expect(ends).toMatchObject({ played: 1, partial: 1, offline: 1 })
  expect(await heard(first!.id, three), 'a late word gives the lie to silence').toBe(1)
  clock.set('2026-11-02T01:00:00Z')
})

test('devices that fail at the same moment close the row all the same, though neither knew of the other', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-02T10:00:00Z') })
  const plays = await stage.ctx.db
    .selectFrom('play')
    .select('id')
    .where('releaseId', '=', releaseId)
    .where('stationId', '=', a)
    .execute()
  clock.set('2026-11-02T10:00:00Z')
  const [one, two, three] = stage.devicesOf(a) as [Id<'device'>, Id<'device'>, Id<'device'>]
  const fails = (device: Id<'device'>, in_: typeof stage.ctx) =>
    endPlays(
      in_,
      device,
      plays.map(({ id }, at) => {
        const playId = id as Id<'play'>
        return { playId, state: 'failed', startedAt: null, seconds: 0, reason: 'no_audio', seq: 100 + at } as const
      }),
    )
  await fails(one, stage.ctx)
  await stage.ctx.db.transaction().execute(async (first) => {
    await fails(two, { ...stage.ctx, db: first, inTransaction: true })
    await fails(three, stage.ctx)
  })
  expect((await rowsOf(releaseId)).get(a)?.state, 'each still waited for the other').toBe('accepted')
  await closeSilentPlays(stage.ctx)
  expect((await rowsOf(releaseId)).get(a)).toMatchObject({ state: 'failed', reason: 'play_failed' })
  clock.set('2026-11-02T01:00:00Z')
})

test('how long devices are waited for is set by who was shown what it closes, and closes no more than that', async () => {
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-03T00:00:00Z') })
  clock.set('2026-11-02T13:31:00Z')
  const now = () => silenceBy(stage.ctx, 4)
  const { plays, stations, recalls } = await now()
  expect([plays > 0, stations > 0, recalls]).toEqual([true, true, 0])
  const longer = await silenceBy(stage.ctx, 48)
  expect(longer.plays, 'one that is waited for longer closes none').toBe(0)
  const sys = stage.system
  for (const hours of [0, 721, 1.5, Number.NaN])
    await expect(silenceBy(sys, hours)).rejects.toMatchObject({ code: 'programme.silent_hours', field: 'hours' })
  await expect(setSilentHours(stage.commune, { hours: 4, seen: plays })).rejects.toMatchObject({ code: 'access.role' })
  await expect(setSilentHours(sys, { hours: 4, seen: plays - 1 })).rejects.toMatchObject({
    code: 'programme.silent_unseen',
    facts: { count: plays },
  })
  expect(await silentHoursOf(sys)).toBe(48)
  await setSilentHours(sys, { hours: 4, seen: plays })
  await closeSilentPlays(stage.ctx)
  expect((await now()).plays, 'exactly what was shown is closed').toBe(0)
  expect((await tallyOfRelease(stage.ctx.db, releaseId)).ends.offline).toBeGreaterThanOrEqual(1)
  await setSilentHours(sys, { hours: 48, seen: 0 })
  clock.set('2026-11-02T01:00:00Z')
})

test('an ordinary notice is offered once a day; what nobody chooses is skipped and fails its row in the end', async () => {
  const { b } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-03T12:00:00Z') })
  const plays = await stage.ctx.db
    .selectFrom('play')
    .selectAll()
    .where('releaseId', '=', releaseId)
    .where('stationId', '=', b)
    .execute()
  expect(plays.map(({ state }) => state)).toEqual(['offered', 'offered'])
  const mine = await scheduleOf(stage.ctx, b)
  const told = new Set(mine.plays.map(({ id }) => id as string))
  expect(plays.some(({ id }) => told.has(id))).toBe(false)
  expect(mine.broadcasts.map(({ id }) => id as string)).toContain(plays[0]!.broadcastId)
  clock.set('2026-11-03T12:00:00Z')
  await closeSilentPlays(stage.ctx)
  const row = (await rowsOf(releaseId)).get(b)
  expect([row?.state, row?.reason]).toEqual(['failed', 'nobody_chose'])
  clock.set('2026-11-02T01:00:00Z')
})

test('an emergency sounds at once at every station; one without a recording is refused in plain words', async () => {
  const { a, b, fm } = stage.stations
  const releaseId = await stage.aired('emergency')
  expect(await emergenciesOf(stage.ctx, b)).toMatchObject([{ broadcast: { class: 'emergency' } }])
  expect((await scheduleOf(stage.ctx, b)).plays.every(({ at }) => at > clock.now())).toBe(true)
  expect((await tallyOfRelease(stage.ctx.db, releaseId)).ends).toEqual({ expected: 3 + 1 + 1 })
  const silent = await stage.aired('priority', { messageId: await stage.recorded([]) })
  const rows = await rowsOf(silent)
  expect([rows.get(a)?.state, rows.get(a)?.reason]).toEqual(['failed', 'no_recording'])
  expect(rows.get(fm)?.state, 'people can read it out').toBe('accepted')
  expect((await tallyOfRelease(stage.ctx.db, silent, fm)).plays).toBeGreaterThan(0)
})

test('a recall cancels what has not begun, and is delivered when every device holds a programme without it', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-06T00:00:00Z') })
  await recallRelease(stage.leader, { releaseId, reason: 'Sai số', words: 'Thôi đọc' })
  await stage.work()
  const recall = await stage.ctx.db
    .selectFrom('release')
    .select('id')
    .where('ofReleaseId', '=', releaseId)
    .executeTakeFirstOrThrow()
  const recallId = recall.id as Id<'release'>
  expect((await rowsOf(releaseId)).get(a)).toMatchObject({ state: 'cancelled', reason: 'recalled' })
  expect((await rowsOf(recallId)).get(a)?.state).toBe('accepted')
  const { plays } = await scheduleOf(stage.ctx, a)
  const of = await stage.ctx.db.selectFrom('play').select('id').where('releaseId', '=', releaseId).execute()
  expect(plays.filter(({ id }) => of.some((one) => one.id === id))).toEqual([])
  const version = (
    await stage.ctx.db.selectFrom('station').selectAll().where('outletId', '=', a).executeTakeFirstOrThrow()
  ).scheduleVersion
  const [one, ...others] = stage.devicesOf(a)
  const hold = (ids: readonly string[]) =>
    stage.ctx.db
      .insertInto('deviceState')
      .values(ids.map((deviceId) => ({ deviceId, heardAt: clock.now(), scheduleVersion: Number(version) })))
      .execute()
  await hold([one!])
  await closeSilentPlays(stage.ctx)
  expect((await rowsOf(recallId)).get(a)?.state).toBe('accepted')
  await hold(others)
  await closeSilentPlays(stage.ctx)
  expect((await rowsOf(recallId)).get(a)?.state).toBe('delivered')
})

test('what is laid twice is laid once', async () => {
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-05T00:00:00Z') })
  const before = await tallyOfRelease(stage.ctx.db, releaseId)
  await stage.ctx.db.updateTable('delivery').set({ state: 'due' }).where('releaseId', '=', releaseId).execute()
  await stage.work()
  expect(await tallyOfRelease(stage.ctx.db, releaseId)).toEqual(before)
  expect((await rowsOf(releaseId)).size).toBe(3)
})

test('several releases are laid out by one rule, each beside those before it, as the preview said', async () => {
  const { a, b, fm } = stage.stations
  const until = { endsAt: new Date('2027-03-20T17:00:00Z') }
  const releases = [await stage.aired('ordinary', until), await stage.aired('ordinary', until)]
  const periods = [{ from: '2027-03-10', to: '2027-03-16', on: 'daily' as const, timesADay: 1 }]
  // Room for one of them a day.
  await stage.ctx.db.updateTable('station').set({ dailyMinutes: 3 }).where('outletId', 'in', [a, b]).execute()
  const [first, second] = await previewLayouts(stage.ctx, releases, periods)
  const at = (preview: typeof first, id: string) => preview!.stations.find(({ station }) => station.id === id)!
  expect([at(first, a).plays, at(second, a).plays, at(second, fm).plays]).toEqual([7, 0, 7])
  expect(at(second, b).conflicts.every(({ why }) => why === 'minutes_a_day')).toBe(true)
  const planned = first!.plays + second!.plays
  expect(await layOutReleases(stage.leader, releases, periods)).toBe(planned)
  expect(await layOutReleases(stage.leader, releases, periods), 'done again it is the same').toBe(planned)
  await stage.ctx.db.updateTable('station').set({ dailyMinutes: null }).execute()
})

test('a station says what its clusters need, one language after the other; a cluster that says nothing is told like its station', async () => {
  const { a, b } = stage.stations
  const needs = (station: string, number: number, languages: string) =>
    stationRow({ kind: 'cluster', code: `${station}-00${number}`, station, languages })
  await importStations(stage.system, { rows: [needs('LOA-A', 2, 'hmn'), needs('LOA-B', 1, 'hmn')] })
  const messageId = await stage.recorded(['vi', 'hmn', 'ium'])
  const releaseId = await stage.aired('priority', { messageId, endsAt: new Date('2026-11-03T00:00:00Z') })
  const release = (await releaseById(stage.ctx.db, releaseId))!
  const { gaps } = await previewRelease(stage.ctx, release)
  const saidAt = async (station: Id<'outlet'>) => {
    const { broadcasts, plays } = await scheduleOf(stage.ctx, station)
    const of = new Map(broadcasts.map(({ id, language }) => [id, language]))
    const own = await playsOfDay(stage.ctx.db, station, TODAY)
    const ids = new Set(own.filter((play) => play.releaseId === releaseId).map(({ id }) => id))
    return plays.filter(({ id }) => ids.has(id)).map(({ broadcastId }) => of.get(broadcastId))
  }
  expect(await saidAt(b)).toEqual(['hmn'])
  // The other clusters of A say nothing: there it is what the commune speaks.
  expect(await saidAt(a)).toEqual(['hmn', 'ium', 'vi'])
  // Nobody at B asked for Giáy; at A and at the FM station people speak it, and there is no recording.
  expect(gaps).toEqual([{ channel: 'loudspeaker', language: 'pcc', outlets: 2 }])
})

test('the station of the guided visit has short hours soon after a start, that day alone and around its own', async () => {
  const station = { place: '02761', organisation: 'UBND-02761' }
  await importStations(stage.system, { rows: stationWith(TRIAL_STATION, 1, station) })
  const stationId = (await stationByCode(stage.ctx.db, TRIAL_STATION))!.id
  const always = { weekdays: 127, market: '', fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }
  await keepSlot(stage.system, { ...always, stationId, name: 'Chiều', begins: '16:30', minutes: 30 })
  clock.set('2026-11-02T08:52:00Z') // 15:52 in Vietnam
  await addTrialSlots(stage.system)
  await addTrialSlots(stage.system)
  const hours = async (day: string) => (await slotsOf(stage.ctx.db, stationId, day)).map(({ begins }) => begins)
  const today = (await hours(TODAY)).toSorted()
  expect(today.slice(0, 5)).toEqual(['16:00', '16:10', '16:20', '16:30', '17:00'])
  expect(today).toHaveLength(18 - 3 + 1)
  expect(await hours('2026-11-03')).toEqual(['16:30'])
  clock.set('2026-11-02T01:00:00Z')
})
