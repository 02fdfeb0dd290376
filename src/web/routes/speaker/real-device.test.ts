import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Id } from '../../../core/kernel/index.ts'
import {
  commandsOf,
  faultsOf,
  makeEnrolment,
  piecesOf,
  replaceDevice,
  revokeDevice,
  sendCommand,
} from '../../../core/station/index.ts'
import { listen } from '../../../platform/database/index.ts'
import { openBroker, type Broker } from '../../../platform/speakers/broker.ts'
import { writeMp3 } from '../../../platform/sounds/write-mp3.ts'
import { enrol, machineClock, NotEnrolled, runSpeaker } from '../../../speaker/index.ts'
import { openProgrammeStage, type ProgrammeStage } from '../../../app/programme.build.ts'
import { keepDoors } from '../../../app/speaker-doors.ts'
import { startSpeakerHub, type Hub } from '../../../app/speaker-hub.ts'
import { speakerProgramme } from '../../../app/speakers.ts'
import { servePages } from './pages.build.ts'

const PATIENTLY = { timeout: 40_000, interval: 100 }

let stage: ProgrammeStage
let hub: Hub<Broker>
let pages: Awaited<ReturnType<typeof servePages>>
let folder: string
let deviceId: Id<'device'>
let code: string
let enrolment: Awaited<ReturnType<typeof enrol>>
let speaker: ReturnType<typeof runSpeaker>
/** A second that an amplifier could play, in the place of the words of the stage. */
let recording: { readonly sha256: string; readonly bytes: number; readonly seconds: number }
let releaseId: Id<'release'>
const stoppers: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  stage = await openProgrammeStage({ now: () => new Date() })
  folder = await mkdtemp(join(tmpdir(), 'loa-agent-'))
  pages = await servePages(stage.ctx)
  const [standIn] = stage.devicesOf(stage.stations.b)
  deviceId = await replaceDevice(stage.system, { deviceId: standIn!, reason: 'lắp máy thật', code: 'TB-THAT' })
  const sound = await writeMp3({ rate: 48_000, samples: new Float32Array(48_000).fill(0.1) })
  recording = { sha256: await stage.ctx.files.put(sound), bytes: sound.length, seconds: 1 }
  code = (await makeEnrolment(stage.system, { deviceId })).code
  hub = await startSpeakerHub({
    ctx: stage.ctx,
    listen: (name, heard) => listen(stage.database.url, name, heard),
    programme: {
      ...speakerProgramme,
      async emergenciesOf(ctx, stationId) {
        const found = await speakerProgramme.emergenciesOf(ctx, stationId)
        return found.map((one) => ({ ...one, broadcast: { ...one.broadcast, ...recording } }))
      },
    },
    async open(door, ears) {
      const broker = await openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears })
      keepDoors({ mqtt: `mqtt://127.0.0.1:${broker.port}`, audio: `${pages.address}/speaker/audio` })
      return broker
    },
  })
})
afterAll(async () => {
  for (const stop of stoppers) await stop()
  await hub.close()
  await pages.close()
  await stage.database.close()
  await rm(folder, { recursive: true, force: true })
})

test('a real device enrols, brings the recording, plays an emergency, and its signed word closes the row', async () => {
  await expect(enrol({ address: pages.address, code: 'AAAA-AAAA', folder, agent: 'test' })).rejects.toThrow(NotEnrolled)
  enrolment = await enrol({ address: pages.address, code, folder, agent: 'test' })
  expect(enrolment).toMatchObject({ deviceId, stationCode: 'LOA-B' })
  releaseId = await stage.aired('emergency', { endsAt: new Date(Date.now() + 3_600_000) })
  await stage.ctx.db.updateTable('broadcast').set(recording).where('releaseId', '=', releaseId).execute()
  speaker = runSpeaker({ folder, enrolment, clock: machineClock() })
  stoppers.push(() => speaker.close())
  await vi.waitFor(async () => {
    const ends = await stage.ctx.db
      .selectFrom('playEnd')
      .innerJoin('play', 'play.id', 'playEnd.playId')
      .select(['playEnd.state', 'playEnd.grade', 'playEnd.logSeq'])
      .where('play.releaseId', '=', releaseId)
      .where('playEnd.deviceId', '=', deviceId)
      .execute()
    expect(ends).toMatchObject([{ state: 'played', grade: 'machine', logSeq: expect.any(Number) }])
  }, PATIENTLY)
  expect((await piecesOf(stage.ctx.db, deviceId)).length).toBeGreaterThan(0)
  expect(pages.asked.filter((status) => status === 200)).toHaveLength(1)
})

test('it answers a command by its log', async () => {
  await sendCommand(stage.system, { stationId: stage.stations.b, deviceIds: [deviceId], kind: 'volume', volume: 35 })
  await vi.waitFor(async () => {
    expect(await commandsOf(stage.ctx.db, deviceId, 1)).toMatchObject([{ kind: 'volume', answer: 'done' }])
  }, PATIENTLY)
})

test('revoked while it was off, it is silent for good once it is back, beside the one in its place', async () => {
  await speaker.close()
  const inItsPlace = await replaceDevice(stage.system, { deviceId, reason: 'hỏng', code: 'TB-THAT-2' })
  const { code: another } = await makeEnrolment(stage.system, { deviceId: inItsPlace })
  const other = await enrol({ address: pages.address, code: another, folder: join(folder, '2'), agent: 'test' })
  const second = runSpeaker({ folder: join(folder, '2'), enrolment: other, clock: machineClock() })
  stoppers.push(() => second.close())
  await vi.waitFor(() => expect(hub.broker.connected()).toBe(1), PATIENTLY)
  await isSilencedWith(enrolment)
  expect(hub.broker.connected(), 'who stands in its place stays').toBe(1)
  await isSilencedWith({ ...enrolment, mqtt: { ...enrolment.mqtt, url: 'mqtt://127.0.0.1:1' } })
  expect(await faults(), 'that it came back is no attack').toEqual([])
  await revokeDevice(stage.system, { deviceId: inItsPlace, reason: 'mất cắp' })
  await vi.waitFor(() => expect(hub.broker.connected()).toBe(0), PATIENTLY)
})

/** Starts it, and waits until it knows that it was revoked. */
async function isSilencedWith(enrolled: typeof enrolment): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const again = runSpeaker({ folder, enrolment: enrolled, clock: machineClock(), onRevoked: () => resolve(undefined) })
  await promise
  await again.close()
}

async function faults(): Promise<unknown> {
  await hub.settled()
  return faultsOf(stage.ctx.db, stage.stations.b)
}
