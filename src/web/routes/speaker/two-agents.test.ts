import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Id } from '../../../core/kernel/index.ts'
import { closeSilentPlays, keepSlot } from '../../../core/programme/index.ts'
import {
  deviceByCode,
  importStations,
  makeEnrolment,
  piecesOf,
  rotateSpeakerKey,
  speakerKeys,
  stationByCode,
  statesOf,
} from '../../../core/station/index.ts'
import { listen } from '../../../platform/database/index.ts'
import { measured, whyNoFfmpeg } from '../../../platform/sounds/measured.build.ts'
import { STANDARD_PROFILE } from '../../../platform/sounds/sound-profile.ts'
import { openBroker, type Broker } from '../../../platform/speakers/broker.ts'
import { seal } from '../../../platform/speakers/envelope.ts'
import { topics, type ScheduleBody } from '../../../platform/speakers/protocol.ts'
import { stillClock } from '../../../testing/index.ts'
import { openReleaseStage, type ReleaseStage } from '../../../app/release.build.ts'
import { keepDoors } from '../../../app/speaker-doors.ts'
import { startSpeakerHub, type Hub } from '../../../app/speaker-hub.ts'
import { speakerProgramme } from '../../../app/speakers.ts'
import { stationWith } from '../../../app/stations.build.ts'
import { servePages } from './pages.build.ts'
import { approvedInTwo, factsOf, releasedForADay, speakAloud } from './spoken.build.ts'
import { TimedAgent } from './timed-agent.build.ts'

const HOUR_MS = 3_600_000
const SLOT = { weekdays: 127, market: '', minutes: 30, fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }
const clock = stillClock('2026-12-01T03:00:00+07:00')

let stage: ReleaseStage
let hub: Hub<Broker>
let pages: Awaited<ReturnType<typeof servePages>>
let folder: string
/** One without a network for a day, and one whose clock is broken. */
let away: Device
let confused: Device

interface Device {
  readonly agent: TimedAgent
  readonly id: Id<'device'>
  readonly stationId: Id<'outlet'>
}

beforeAll(async () => {
  stage = await openReleaseStage(clock, [])
  speakAloud()
  await stage.ctx.db.updateTable('programmeSetting').set({ silentHours: 12 }).execute()
  folder = await mkdtemp(join(tmpdir(), 'loa-two-agents-'))
  pages = await servePages(stage.ctx)
  await importStations(stage.system, {
    rows: ['LOA-A', 'LOA-B'].flatMap((code) => stationWith(code, 1, { languages: 'vi;hmn' })),
  })
  hub = await startSpeakerHub({
    ctx: stage.ctx,
    listen: (name, heard) => listen(stage.database.url, name, heard),
    programme: speakerProgramme,
    async open(door, ears) {
      const broker = await openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears })
      keepDoors({ mqtt: `mqtt://127.0.0.1:${broker.port}`, audio: `${pages.address}/speaker/audio` })
      return broker
    },
  })
  away = await enrolledAt('LOA-A')
  confused = await enrolledAt('LOA-B')
})
afterAll(async () => {
  for (const device of [away, confused]) await device?.agent.close()
  await hub?.close()
  await pages.close()
  await stage.database.close()
  await rm(folder, { recursive: true, force: true })
})

async function enrolledAt(code: string): Promise<Device> {
  const { id: stationId } = (await stationByCode(stage.ctx.db, code))!
  await keepSlot(stage.system, { ...SLOT, stationId, name: 'Sáng', begins: '05:30' })
  await keepSlot(stage.system, { ...SLOT, stationId, name: 'Chiều', begins: '16:30' })
  const { id } = (await deviceByCode(stage.ctx.db, `TB-${code}-001`))!
  const once = await makeEnrolment(stage.system, { deviceId: id })
  const agent = await TimedAgent.enrol(pages.address, once.code, join(folder, code))
  return { agent, id, stationId }
}

test(
  'what was approved is heard in two languages by a device without a network and by one without a clock, and counts once',
  { timeout: 180_000 },
  async () => {
    const messageId = await approvedInTwo(stage)
    const releaseId = await releasedForADay(stage, messageId, new Date('2026-12-02T00:00:00+07:00'))
    for (const device of [away, confused]) {
      await device.agent.powerOn(clock.now())
      await ready(device)
    }

    // No broker and no server of recordings can be reached, for a day and two hours. The power of the other fails.
    away.agent.cut()
    await confused.agent.powerOff()
    await connected(0)

    // It has no clock that goes on without power: in its eyes it is the evening before.
    await confused.agent.powerOn(at('05:20'), -7 * HOUR_MS)
    await ready(confused, -7 * HOUR_MS)
    await passes(confused, '05:30', 2)
    await confused.agent.setWallClock(72 * HOUR_MS)
    await passes(confused, '05:32')
    await ends(confused, 2)
    expect(await standing(releaseId, confused)).toBe('delivered')

    confused.agent.cut()
    await connected(0)
    await passes(confused, '16:20')
    confused.agent.mend()
    await comesTrue(confused, () => expect(hub.broker.connected()).toBe(1))
    await passes(confused, '16:32')
    await ends(confused, 4)

    // A day on nobody waits for its word any more; then it comes.
    await passes(away, '23:59')
    at('05:00', 0, '2026-12-02')
    await closeSilentPlays(stage.ctx)
    expect(await playEnds(away)).toMatchObject(Array(4).fill({ state: 'offline', grade: null }))
    expect(await standing(releaseId, away)).toBe('failed')
    away.agent.mend()
    await ends(away, 4)
    expect(await standing(releaseId, away)).toBe('delivered')

    for (const device of [away, confused]) await wasPlayed(device)
    const before = await factsOf(stage.ctx.db)
    // Two times half a minute at each.
    expect(before).toEqual({ plays: '8 machine', minutes: '2 machine' })
    await closeSilentPlays(stage.ctx)
    await away.agent.powerOff()
    await away.agent.powerOn(clock.now())
    await ready(away)
    expect(await factsOf(stage.ctx.db), 'said again it counts no more').toEqual(before)
  },
)

test.skipIf(whyNoFfmpeg !== null)(
  `what they played measures as it was approved${whyNoFfmpeg ? ` (${whyNoFfmpeg})` : ''}`,
  async () => {
    const approvedAs = await stage.ctx.db
      .selectFrom('broadcast')
      .select(['language', 'sha256', 'seconds'])
      .orderBy('language')
      .execute()
    expect(approvedAs).toHaveLength(2)
    for (const { agent } of [away, confused]) {
      const kept = await readdir(join(agent.folder, 'audio'))
      for (const { sha256, seconds } of approvedAs) {
        expect(kept).toContain(sha256)
        const heard = await measured(join(agent.folder, 'audio', sha256!))
        expect(Math.abs(heard.loudness - STANDARD_PROFILE.lufs)).toBeLessThan(1)
        expect(heard.truePeak).toBeLessThanOrEqual(STANDARD_PROFILE.peak)
        expect(Math.abs(heard.seconds - Number(seconds))).toBeLessThan(0.2)
        expect(heard.clipped).toBe(0)
      }
      const served = await readFile(join(agent.folder, 'audio', approvedAs[0]!.sha256!))
      const played = (await readdir(agent.heard)).filter((name) => name.endsWith('.mp3'))
      expect(played).toHaveLength(4)
      const copies = await Promise.all(played.map((name) => readFile(join(agent.heard, name))))
      expect(copies.filter((bytes) => bytes.equals(served))).toHaveLength(2)
    }
  },
)

test('a new key is taken up under the old one, which is refused from its end on; who missed all of it has to be enrolled anew', async () => {
  const { signing: old } = await speakerKeys(stage.ctx)
  await confused.agent.powerOff()
  await rotateSpeakerKey(stage.system, {})
  await hub.settled()
  await comesTrue(away, async () => expect(await keysHeld(away)).toHaveLength(2))

  // The power fails, and comes back when the new key has been signing for a day.
  await away.agent.powerOff()
  at('05:00', 0, '2027-01-03')
  await hub.settled()
  const { signing } = await speakerKeys(stage.ctx)
  expect(signing.id).not.toBe(old.id)
  await away.agent.powerOn(clock.now())
  await ready(away)
  expect(await keysHeld(away)).toEqual([signing.id])
  const issued = { issuedAt: clock.now().toISOString(), validUntil: '2028-01-01T00:00:00Z' }
  const stolen = seal({ v: 1, to: 's/LOA-A', seq: Date.now() * 1_000, ...issued, body: silence() }, old)
  await hub.broker.publish(topics.station('LOA-A'), stolen, { retain: false })
  await comesTrue(away, async () => expect(await refusals(away)).toContain('message: unknown_key'))
  expect((await statesOf(stage.ctx.db, away.stationId)).get(away.id)?.scheduleVersion).toBeLessThan(1_000_000)

  await confused.agent.powerOn(clock.now())
  await comesTrue(confused, async () => {
    expect(await refusals(confused)).toContain('message: unknown_key')
    expect((await statesOf(stage.ctx.db, confused.stationId)).get(confused.id)?.faults).toContain('no_time')
  })
  expect(await keysHeld(confused)).toEqual([old.id])
})

async function keysHeld({ agent }: Device): Promise<string[]> {
  const held = JSON.parse(await readFile(join(agent.folder, 'held.json'), 'utf8')) as { keys: { id: string }[] }
  return held.keys.map(({ id }) => id)
}

async function refusals({ id }: Device): Promise<string[]> {
  const query = stage.ctx.db
    .selectFrom('deviceLog')
    .select('body')
    .where('deviceId', '=', id)
    .where('kind', '=', 'refused')
  return (await query.execute()).map(({ body }) => {
    const { entry } = body as unknown as { entry: { what: string; why: string } }
    return `${entry.what}: ${entry.why}`
  })
}

function silence(): ScheduleBody {
  const nothing = { broadcasts: [], plays: [], volumeHours: [], quiet: null, chime: false }
  return { kind: 'schedule', version: 1_000_000, volume: 0, ...nothing }
}

function at(time: string, seconds = 0, day = '2026-12-01'): Date {
  clock.set(new Date(Date.parse(`${day}T${time}:00+07:00`) + seconds * 1_000).toISOString())
  return clock.now()
}

async function passes({ agent }: Device, time: string, seconds = 0): Promise<void> {
  await agent.until(at(time, seconds))
}

/** Waits until something is so. A device comes back and says things of itself when seconds have passed: some do at each look. */
async function comesTrue({ agent }: Device, look: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(
    async () => {
      clock.set(new Date(clock.now().getTime() + 2_000).toISOString())
      await agent.until(clock.now())
      await look()
    },
    { timeout: 40_000, interval: 100 },
  )
}

/** Waits until a device has said that it holds all that it is to play, and knows the time. */
async function ready(device: Device, clockOffMs = 0): Promise<void> {
  const since = clock.now()
  await comesTrue(device, async () => {
    const state = (await statesOf(stage.ctx.db, device.stationId)).get(device.id)
    expect(state).toMatchObject({ faults: [], storedCount: 2 })
    expect(state!.heardAt >= since).toBe(true)
    expect(Math.abs(Number(state!.clockOffMs) - clockOffMs)).toBeLessThan(20_000)
  })
}

/** Waits until the ledger knows of so many plays of a device by its own word. */
async function ends(device: Device, count: number): Promise<void> {
  await comesTrue(device, async () => {
    expect((await playEnds(device)).filter(({ logSeq }) => logSeq !== null)).toHaveLength(count)
  })
}

async function connected(count: number): Promise<void> {
  await vi.waitFor(() => expect(hub.broker.connected()).toBe(count), { timeout: 40_000, interval: 20 })
}

function playEnds({ id }: Device) {
  return stage.ctx.db
    .selectFrom('playEnd')
    .innerJoin('play', 'play.id', 'playEnd.playId')
    .innerJoin('broadcast', 'broadcast.id', 'play.broadcastId')
    .select(['playEnd.state', 'playEnd.grade', 'playEnd.logSeq', 'playEnd.startedAt', 'play.plannedAt'])
    .select(['playEnd.seconds', 'broadcast.seconds as length', 'broadcast.language'])
    .where('playEnd.deviceId', '=', id)
    .orderBy('play.plannedAt')
    .orderBy('play.ord')
    .execute()
}

async function standing(releaseId: Id<'release'>, { stationId }: Device): Promise<string> {
  const query = stage.ctx.db.selectFrom('delivery').select('state').where('releaseId', '=', releaseId)
  return (await query.where('outletId', '=', stationId).executeTakeFirstOrThrow()).state
}

/** All four were played whole, in their slots by the true time, proved by the key of the device. */
async function wasPlayed(device: Device): Promise<void> {
  const found = await playEnds(device)
  expect(found).toMatchObject(Array(4).fill({ state: 'played', grade: 'machine' }))
  expect(new Set(found.map(({ language }) => language))).toEqual(new Set(['vi', 'hmn']))
  for (const { startedAt, plannedAt, seconds, length } of found) {
    const lateMs = startedAt!.getTime() - plannedAt.getTime()
    expect(lateMs).toBeGreaterThanOrEqual(0)
    expect(lateMs).toBeLessThan(60_000)
    expect(Math.abs(Number(seconds) - Number(length))).toBeLessThan(0.2)
  }
  expect((await piecesOf(stage.ctx.db, device.id)).length).toBeGreaterThan(0)
}
