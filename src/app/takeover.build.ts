import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { castOf } from '../core/identity/cast.build.ts'
import type { Ctx, Id, Role } from '../core/kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import {
  deviceByCode,
  enrolDevice,
  importStations,
  makeEnrolment,
  speakerKeys,
  stationByCode,
} from '../core/station/index.ts'
import { askTakeover, reachedBy, takeoverById } from '../core/takeover/index.ts'
import { listen } from '../platform/database/index.ts'
import { openBroker, type Broker } from '../platform/speakers/broker.ts'
import { deviceKey } from '../speaker/disk/identity.ts'
import { machineClock, runSpeaker, soundNamed } from '../speaker/index.ts'
import { openTestDatabase, person, testCtx } from '../testing/index.ts'
import { PlayedProgramme } from './played-programme.build.ts'
import { startSpeakerHub, type Hub } from './speaker-hub.ts'
import { stationWith } from './stations.build.ts'

const RATE = 24_000
const PATIENCE_MS = 30_000

/** Two stations of two communes with devices of two and one, the hub, and people who may and may not. */
export async function openTakeoverStage() {
  const database = await openTestDatabase('province')
  let secondsOn = 0
  const clock = { now: () => new Date(Date.now() + secondsOn * 1_000) }
  const ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  const elsewhere = { place: '03046', organisation: 'UBND-03046' }
  await importStations(ctx, { rows: [...stationWith('LOA-A', 2), ...stationWith('LOA-B', 1, elsewhere)] })
  const ids = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'UBND-LC-2025', 'UBND-02683'])
  const cast = castOf(database, { hierarchy: organisationHierarchy })
  const somebody = async (username: string, role: Role, code: string): Promise<Ctx> => {
    const { id } = await cast.someone(username)
    const grant = { role, organisationId: ids.get(code)!, delegationId: null }
    return { ...ctx, actor: person(id, [grant], username) }
  }
  const folder = await mkdtemp(join(tmpdir(), 'loa-takeover-'))
  const programme = new PlayedProgramme()
  const start = (): Promise<Hub<Broker>> =>
    startSpeakerHub({
      ctx,
      listen: (name, heard) => listen(database.url, name, heard),
      programme,
      open: (door, ears) => openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears }),
    })
  let hub = await start()
  const speakers = new Map<string, ReturnType<typeof runSpeaker>>()

  const enrolments = new Map<string, Parameters<typeof runSpeaker>[0]['enrolment']>()
  function run(code: string): void {
    const enrolment = enrolments.get(code)
    if (!enrolment) throw new Error(`${code} has not enrolled`)
    const own = machineClock()
    const speaker = runSpeaker({
      folder: join(folder, code),
      enrolment: { ...enrolment, mqtt: { ...enrolment.mqtt, url: `mqtt://127.0.0.1:${hub.broker.port}` } },
      clock: own,
      sound: (pathOf) => soundNamed(`file:${join(folder, code, 'heard')}`, own, pathOf)!,
    })
    speakers.set(code, speaker)
  }
  const stationIds = (...codes: string[]) =>
    Promise.all(codes.map(async (code) => (await stationByCode(ctx.db, code))!.id))
  /** Of a body of the province that is above no commune, but acts in the whole of it. */
  const chair = await somebody('thang', 'leader', 'SVHTTDL-LC-2025')

  const stage = {
    database,
    ctx,
    chair,
    deputy: await somebody('hoa', 'campaign_officer', 'UBND-LC-2025'),
    communeLeader: await somebody('pao', 'leader', 'UBND-02683'),
    communeOfficer: await somebody('mai', 'campaign_officer', 'UBND-02683'),
    writer: await somebody('binh', 'field_officer', 'UBND-LC-2025'),
    stationIds,
    broker: () => hub.broker,
    /** As when Loa is stopped and started anew: devices have to find it where it stands then. */
    async restartHub() {
      for (const one of speakers.values()) await one.close()
      await hub.close()
      hub = await start()
      await hub.settled()
      for (const code of speakers.keys()) run(code)
    },
    passes: (seconds: number) => void (secondsOn += seconds),
    /** A device of our own in this process, which puts what it sounds into a folder. */
    async enrol(code: string): Promise<void> {
      const device = (await deviceByCode(ctx.db, code))!
      const once = await makeEnrolment(ctx, { deviceId: device.id })
      const { publicKey } = deviceKey(join(folder, code))
      const enrolled = await enrolDevice(ctx, { code: once.code, publicKey }, '127.0.0.1')
      const keys = (await speakerKeys(ctx)).trusted.map(({ id, publicKey: key }) => ({ id, publicKey: key }))
      enrolments.set(code, {
        ...{ deviceId: device.id, code, kind: 'speaker', stationCode: enrolled.outletCode, keys },
        ...{ mqtt: { url: '', username: device.id, password: enrolled.password }, audio: 'http://127.0.0.1:9' },
      })
      await hub.settled()
      run(code)
    },
    /** What a device sounded of speeches: one file each. */
    async heard(code: string): Promise<Buffer[]> {
      const own = join(folder, code, 'heard')
      const files = (await readdir(own).catch(() => [])).filter((name) => name.endsWith('.mp3'))
      return Promise.all(files.map((name) => readFile(join(own, name))))
    },
    async asked(codes: readonly string[], given: Partial<Parameters<typeof askTakeover>[1]> = {}, who = chair) {
      const devices = [...enrolments.values()].filter(({ stationCode }) => codes.includes(stationCode)).length
      const wish = { reason: 'Lũ về trên suối', speaker: 'Ông Thắng', language: 'vi', minutes: 5, devices }
      return askTakeover(who, { stationIds: await stationIds(...codes), ...wish, ...given })
    },
    takeover: async (id: Id<'takeover'>) => (await takeoverById(ctx.db, id))!,
    reached: (id: Id<'takeover'>) => reachedBy(ctx.db, id),
    async close() {
      for (const one of speakers.values()) await one.close()
      await hub.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await hub.settled()
  return stage
}

export type TakeoverStage = Awaited<ReturnType<typeof openTakeoverStage>>

/** Half a second of a hum, 16 bits, as the microphone would bring it. */
export function spokenPiece(number: number, seconds = 0.5): Uint8Array<ArrayBuffer> {
  const count = Math.round(RATE * seconds)
  const view = new DataView(new ArrayBuffer(count * 2))
  for (let at = 0; at < count; at += 1)
    view.setInt16(at * 2, 9_000 * Math.sin((2 * Math.PI * (200 + 40 * (number % 5)) * at) / RATE), true)
  return new Uint8Array(view.buffer)
}

export const PATIENTLY = { timeout: PATIENCE_MS, interval: 50 }
