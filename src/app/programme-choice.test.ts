import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import {
  choosePlay,
  closeDay,
  closeSilentPlays,
  daysOfRelease,
  dropOffDay,
  endPlays,
  keepOffDay,
  keepSlot,
  layOutRelease,
  movePlay,
  playsOfDay,
  playsOfRelease,
  postponePlay,
  previewLayout,
  previewOffDay,
  scheduleOf,
  shiftPlay,
  skipPlay,
  slotsOf,
  stationsOfRelease,
  tallyOfRelease,
} from '../core/programme/index.ts'
import { proposeRelease } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'

let stage: ProgrammeStage
let commune: Ctx
const clock = stillClock('2026-11-02T01:00:00Z')
const TODAY = '2026-11-02'
const TOMORROW = '2026-11-03'

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
  commune = stage.commune
})
afterAll(() => stage.database.close())

const playsOf = async (releaseId: Id<'release'>, stationId: Id<'outlet'>, day: string) =>
  (await playsOfDay(stage.ctx.db, stationId, day)).filter((play) => play.releaseId === releaseId)
const told = async (stationId: Id<'outlet'>, playId: string) =>
  (await scheduleOf(stage.ctx, stationId)).plays.some(({ id }) => id === playId)

test('a commune chooses, puts off and leaves out what is ordinary, before it begins, and says why', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-05T00:00:00Z') })
  const [play] = await playsOf(releaseId, a, TOMORROW)
  const playId = play!.id
  await choosePlay(commune, { playId })
  expect(await told(a, playId)).toBe(true)
  await skipPlay(commune, { playId, reason: 'Trùng họp thôn' })
  expect(await told(a, playId)).toBe(false)
  expect((await tallyOfRelease(stage.ctx.db, releaseId, a)).ends).toMatchObject({ skipped: 3 })
  await expect(skipPlay(commune, { playId, reason: ' ' })).rejects.toMatchObject({ code: 'input.invalid' })
  const evening = (await slotsOf(stage.ctx.db, a, TODAY)).find(({ name }) => name === 'Chiều')!
  await postponePlay(commune, { playId, slotId: evening.id })
  expect((await playsOf(releaseId, a, TOMORROW))[0]).toMatchObject({
    state: 'chosen',
    plannedAt: new Date('2026-11-03T09:30:00Z'),
  })
  clock.set('2026-11-03T09:30:00Z')
  await expect(skipPlay(commune, { playId, reason: 'Muộn' })).rejects.toMatchObject({ code: 'programme.play_begun' })
  clock.set('2026-11-02T01:00:00Z')
  await expect(choosePlay(stage.writer, { playId })).rejects.toMatchObject({ code: 'access.organisation' })
})

test('what one commune leaves out plays in the next, and is counted there alone', async () => {
  const { a, b } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-04T00:00:00Z') })
  const [atA, atB] = [(await playsOf(releaseId, a, TOMORROW))[0]!, (await playsOf(releaseId, b, TOMORROW))[0]!]
  await skipPlay(commune, { playId: atA.id, reason: 'Trùng họp thôn' })
  await choosePlay(commune, { playId: atB.id })
  expect([await told(a, atA.id), await told(b, atB.id)]).toEqual([false, true])
  const [device] = stage.devicesOf(b)
  const end = { playId: atB.id, state: 'played' as const, startedAt: atB.plannedAt, seconds: 100, reason: '', seq: 1 }
  await endPlays(stage.ctx, device!, [end])
  const endsAt = async (stationId: Id<'outlet'>) => (await tallyOfRelease(stage.ctx.db, releaseId, stationId)).ends
  expect(await endsAt(a)).toMatchObject({ skipped: 3 })
  expect(await endsAt(a)).not.toHaveProperty('played')
  expect(await endsAt(b)).toMatchObject({ played: 1 })
  expect(await endsAt(b)).not.toHaveProperty('skipped')
})

test('of priority notices a commune orders the clashes alone; an ordinary one may be moved to another day', async () => {
  const { b } = stage.stations
  const first = await stage.aired('priority', { endsAt: new Date('2026-11-04T00:00:00Z') })
  const second = await stage.aired('priority', { endsAt: new Date('2026-11-04T00:00:00Z') })
  const inMorning = async () =>
    (await playsOfDay(stage.ctx.db, b, TOMORROW)).filter(({ class: one }) => one === 'priority').slice(0, 2)
  const [one, two] = await inMorning()
  expect([one!.releaseId, two!.releaseId]).toEqual([first, second])
  await movePlay(commune, { playId: two!.id, slotId: two!.slotId!, day: TOMORROW, place: 1 })
  expect((await inMorning()).map(({ releaseId }) => releaseId)).toEqual([second, first])
  expect(
    (await scheduleOf(stage.ctx, b)).plays
      .filter(({ at }) => at.getTime() === one!.plannedAt.getTime())
      .map(({ id }) => id)
      .slice(0, 2),
  ).toEqual([two!.id, one!.id])
  await expect(skipPlay(commune, { playId: one!.id, reason: 'Dài' })).rejects.toMatchObject({
    code: 'programme.play_priority',
  })
  await expect(movePlay(commune, { playId: one!.id, slotId: one!.slotId!, day: '2026-11-05' })).rejects.toMatchObject({
    code: 'programme.play_priority',
  })
  const ordinary = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T00:00:00Z') })
  const [play] = await playsOf(ordinary, b, TOMORROW)
  const evening = (await slotsOf(stage.ctx.db, b, TODAY)).find(({ name }) => name === 'Chiều')!
  await movePlay(commune, { playId: play!.id, slotId: evening.id, day: '2026-11-05' })
  expect(await playsOf(ordinary, b, '2026-11-05')).toHaveLength(2)
  await expect(movePlay(commune, { playId: play!.id, slotId: evening.id, day: '2026-11-09' })).rejects.toMatchObject({
    code: 'programme.holds_not_then',
    facts: { from: '02/11/2026', to: '06/11/2026' },
  })
})

test('a commune puts nothing on a day off, also one that was set since, until it is dropped', async () => {
  const { a } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2026-11-06T00:00:00Z') })
  const [play] = await playsOf(releaseId, a, TOMORROW)
  const [playId, slots] = [play!.id, await slotsOf(stage.ctx.db, a, TODAY)]
  await skipPlay(commune, { playId, reason: 'Chưa cần' })
  const day = {
    fromDay: TOMORROW,
    toDay: '2026-11-04',
    name: 'Quốc tang',
    kind: 'mourning',
    stops: 'ordinary',
  } as const
  const everywhere = { ...day, organisationId: null }
  const { ordinary } = await previewOffDay(stage.leader, everywhere)
  const { offDayId } = await keepOffDay(stage.leader, { ...everywhere, seen: ordinary })
  const refused = { code: 'programme.shift_off_day', facts: { what: 'Quốc tang' } }
  await expect(choosePlay(commune, { playId })).rejects.toMatchObject(refused)
  const evening = slots.find(({ name }) => name === 'Chiều')!.id
  await expect(postponePlay(commune, { playId, slotId: evening })).rejects.toMatchObject(refused)
  const [other] = await playsOf(releaseId, a, '2026-11-05')
  const move = { playId: other!.id, slotId: other!.slotId!, day: '2026-11-04' }
  await expect(movePlay(commune, move)).rejects.toMatchObject(refused)
  await dropOffDay(stage.leader, { offDayId })
  await choosePlay(commune, { playId })
})

test('a campaign is laid out for a year in one gesture, around days off, and laid anew without what people decided', async () => {
  const { a } = stage.stations
  await keepOffDay(stage.leader, {
    fromDay: '2027-02-05',
    toDay: '2027-02-10',
    name: 'Tết',
    kind: 'holiday',
    stops: 'ordinary',
    organisationId: null,
    seen: 0,
  })
  await keepSlot(commune, {
    stationId: a,
    name: 'Chợ phiên',
    weekdays: 0,
    market: 'lunar 5,15,25',
    begins: '08:00',
    minutes: 20,
    fromDay: null,
    toDay: null,
    seasonFrom: null,
    seasonTo: null,
  })
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2027-10-31T17:00:00Z') })
  expect(await daysOfRelease(stage.ctx, releaseId)).toEqual({ from: TODAY, to: '2027-10-31' })
  const periods = [
    { from: TODAY, to: '2026-12-31', on: 'weekly' as const, timesAWeek: 2, timesADay: 1 },
    { from: '2027-01-01', to: '2027-02-28', on: 'daily' as const, timesADay: 2 },
    { from: '2027-03-01', to: '2027-10-31', on: 'market' as const },
  ]
  const preview = await previewLayout(stage.ctx, { releaseId, periods })
  const here = preview.stations.find(({ station }) => station.id === a)!
  expect(here.conflicts.filter(({ why }) => why === 'off_day')).toHaveLength(6)
  const [play] = await playsOf(releaseId, a, TOMORROW)
  await skipPlay(commune, { playId: play!.id, reason: 'Bận' })
  expect(await layOutRelease(stage.leader, { releaseId, periods })).toBeGreaterThanOrEqual(preview.plays - 1)
  expect(await playsOf(releaseId, a, '2027-02-06')).toEqual([])
  expect(await playsOf(releaseId, a, '2027-01-05')).toHaveLength(2)
  expect((await playsOf(releaseId, a, TOMORROW)).map(({ state }) => state)).toContain('skipped')
})

test('who laid a release out shifts one play of it as strictly as it was laid; else it stands where it was', async () => {
  const { b } = stage.stations
  const releaseId = await stage.aired('ordinary', { endsAt: new Date('2027-03-31T17:00:00Z') })
  const periods = [{ from: '2027-01-18', to: '2027-03-31', on: 'weekly' as const, timesAWeek: 1, timesADay: 1 }]
  await layOutRelease(stage.leader, { releaseId, periods })
  const between = (from: string, to: string) => playsOfRelease(stage.ctx.db, releaseId, b, from, to)
  const [play] = await between('2027-01-18', '2027-01-24')
  expect((await stationsOfRelease(stage.ctx.db, releaseId)).map(({ id }) => id)).toContain(b)
  const to = (day: string, slotId = play!.slotId!) => shiftPlay(stage.leader, { playId: play!.id, slotId, day })
  await to('2027-01-29')
  expect(await between('2027-01-29', '2027-01-29')).toMatchObject([{ id: play!.id, slotId: play!.slotId }])
  // Tết was kept by the test before.
  await expect(to('2027-02-06')).rejects.toMatchObject({
    code: 'programme.shift_off_day',
    facts: { what: 'Tết' },
    field: 'day',
  })
  await expect(to('2027-05-01')).rejects.toMatchObject({ code: 'programme.holds_not_then' })
  await expect(to('2027-01-30', newId<'slot'>())).rejects.toMatchObject({ code: 'programme.no_slot' })
  await expect(to('2026-11-02')).rejects.toMatchObject({ code: 'programme.slot_begun' })
  await stage.ctx.db.updateTable('slot').set({ minutes: 1 }).where('id', '=', play!.slotId!).execute()
  await expect(to('2027-01-31')).rejects.toMatchObject({ code: 'programme.shift_no_room', facts: { begins: '05:30' } })
  await stage.ctx.db.updateTable('slot').set({ minutes: 30 }).where('id', '=', play!.slotId!).execute()
  await expect(
    shiftPlay(commune, { playId: play!.id, slotId: play!.slotId!, day: '2027-01-31' }),
  ).rejects.toMatchObject({ code: 'access.role' })
  expect(await between('2027-01-29', '2027-01-29')).toHaveLength(1)
  await layOutRelease(stage.leader, { releaseId, periods })
  expect(
    (await between('2027-01-29', '2027-01-29')).map(({ id }) => id),
    'it stays when all is laid anew',
  ).toEqual([play!.id])
  await skipPlay(commune, { playId: play!.id, reason: 'Bận' })
  await expect(to('2027-01-31')).rejects.toMatchObject({ code: 'programme.play_decided' })
})

test('a day played by hand closes by one tap: what is ticked was played, its row is delivered, and it counts', async () => {
  const { fm } = stage.stations
  const releaseId = await stage.aired('priority', { endsAt: new Date('2026-11-03T00:00:00Z') })
  clock.set('2026-11-02T10:00:00Z')
  await closeSilentPlays(stage.ctx)
  const [play] = await playsOf(releaseId, fm, TODAY)
  const played = [play!.id]
  await expect(
    closeDay(commune, { stationId: stage.stations.a, day: TODAY, played, photoSha256: null }),
  ).rejects.toMatchObject({ code: 'programme.not_by_hand' })
  await closeDay(commune, { stationId: fm, day: TODAY, played, photoSha256: null })
  const row = await stage.ctx.db
    .selectFrom('delivery')
    .selectAll()
    .where('releaseId', '=', releaseId)
    .where('outletId', '=', fm)
    .executeTakeFirstOrThrow()
  expect(row.state).toBe('delivered')
  const counted = () =>
    stage.ctx.db
      .selectFrom('ledgerCount')
      .select(['indicator', 'grade'])
      .select((eb) => eb.fn.sum('value').as('value'))
      .where('releaseId', '=', releaseId)
      .groupBy(['indicator', 'grade'])
      .having((eb) => eb.fn.sum('value'), '<>', 0)
      .orderBy('indicator')
      .orderBy('grade')
      .execute()
  expect(await counted()).toEqual([
    { indicator: 'minutes', grade: 'declared', value: '2' },
    { indicator: 'plays', grade: 'declared', value: '1' },
  ])
  const photoSha256 = await stage.ctx.files.put(Buffer.from('photo'))
  await closeDay(commune, { stationId: fm, day: TODAY, played, photoSha256 })
  expect(await counted()).toMatchObject([
    { grade: 'documented', value: '2' },
    { grade: 'documented', value: '1' },
  ])
  await closeDay(commune, { stationId: fm, day: TODAY, played: [], photoSha256: null })
  expect(await counted()).toEqual([])
  clock.set('2026-11-02T01:00:00Z')
})

test('what belongs to a campaign is no emergency on loudspeakers', async () => {
  const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
  const [planId, campaignId] = [newId<'plan'>(), newId<'campaign'>()]
  const file = { fileSha256: '0'.repeat(64), fileName: 'ke-hoach.pdf', state: 'confirmed', confirmedAt: clock.now() }
  const read = { text: 'Kế hoạch', reading: JSON.stringify({}) }
  await stage.ctx.db
    .insertInto('plan')
    .values({ id: planId, organisationId, importedAt: clock.now(), ...file, ...read })
    .execute()
  const campaign = { id: campaignId, planId, organisationId, name: 'Đợt', openedAt: clock.now() }
  await stage.ctx.db.insertInto('campaign').values(campaign).execute()
  const messageId = await stage.recorded(['vi'], campaignId)
  const urgent = { lane: 'emergency' as const, laneReason: 'Lũ', words: 'Đọc' }
  const wish = { messageId, channels: ['loudspeaker' as const], startsAt: clock.now(), ...urgent }
  await expect(proposeRelease(stage.leader, wish)).rejects.toMatchObject({ code: 'release.campaign_emergency' })
})
