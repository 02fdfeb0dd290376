import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type MqttClient } from 'mqtt'
import type { KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import { faultsOf, importStations, piecesOf, stationByCode } from '../core/station/index.ts'
import { open } from '../platform/speakers/envelope.ts'
import { whyNoMosquitto } from '../platform/speakers/mosquitto.build.ts'
import { openOutsideBroker } from '../platform/speakers/outside-broker.ts'
import { Down, topics } from '../platform/speakers/protocol.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { believing, enrolPlayed, played, type PlayedSpeaker } from './played-speaker.build.ts'
import { HUB, hubGround, type GroundTls, type HubGround } from './speaker-hub-ground.build.ts'
import { stationWith } from './stations.build.ts'

const DEVICES = 50
const ENTRIES = 24
const AT_ONCE = 3
/** In the place of a minute: so long a device waits for an answer before it says the same again. Much less, and a slow machine hears nothing else. */
const AGAIN_MS = 3_000

const noOpenssl = spawnSync('openssl', ['version']).error
  ? 'no openssl here; get it with: apt-get install openssl'
  : null
const whyNot = whyNoMosquitto ?? noOpenssl

describe.skipIf(whyNot)(
  `the hub over a mosquitto behind a certificate of one's own${whyNot ? ` (${whyNot})` : ''}`,
  () => {
    let database: TestDatabase
    let ctx: Ctx
    let believes: (keyId: string) => KeyObject | null
    let folder: string
    let tls: GroundTls
    let at: HubGround
    let devices: PlayedSpeaker[]
    const clients: MqttClient[] = []
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'loa-broker-ca-'))
      tls = ownCertificate(folder)
      database = await openTestDatabase('province')
      ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: { now: () => new Date() } })
      await importStations(ctx, { rows: stationWith('LOA-C', DEVICES) })
      believes = await believing(ctx)
      devices = []
      for (let number = 1; number <= DEVICES; number += 1)
        devices.push(await enrolPlayed(ctx, `TB-LOA-C-${String(number).padStart(3, '0')}`))
      at = await hubGround(ctx, database, 'mosquitto', tls)
    })
    afterAll(async () => {
      for (const client of clients) client.end(true)
      await at?.close()
      await database?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    test('without being told who signed its certificate the hub does not speak with it', async () => {
      const said = vi.spyOn(console, 'error').mockReturnValue()
      const ears = { take: async () => {}, ready() {}, gone() {}, anew: vi.fn<() => void>(), forbidden() {} }
      const plane = openOutsideBroker(`mqtts://${HUB.username}:x@127.0.0.1:${at.port}`, ears)
      await vi.waitFor(() => expect(said).toHaveBeenCalledWith(expect.stringContaining('self-signed certificate')))
      await expect(plane.publish('loa/v1/x', Buffer.of(), { retain: false })).rejects.toThrow('is away')
      expect(ears.anew).not.toHaveBeenCalled()
      await plane.close()
      said.mockRestore()
    })

    test(
      'killed while fifty devices tell their logs, and begun again, each entry is kept once and in its order',
      { timeout: 120_000 },
      async () => {
        const said = vi.spyOn(console, 'error').mockReturnValue()
        for (const device of devices) {
          device.write(...Array.from({ length: ENTRIES }, () => played()))
          clients.push(tellsAll(device))
        }
        const kept = () => at.programme.ends.length
        const all = DEVICES * ENTRIES
        await vi.waitFor(() => expect(kept()).toBeGreaterThan(all / 4), { timeout: 45_000, interval: 5 })
        await at.mosquitto?.kill()
        expect(kept(), 'it fell in the midst of it').toBeLessThan(all)
        await at.mosquitto?.start()
        await vi.waitFor(() => expect(kept()).toBe(all), { timeout: 60_000, interval: 20 })
        await at.hub.settled()
        const order = (seqs: readonly number[]) => seqs.join()
        const whole = order(Array.from({ length: ENTRIES }, (_, seq) => seq + 1))
        const rows = await ctx.db.selectFrom('deviceLog').select(['deviceId', 'seq', 'playId']).orderBy('seq').execute()
        for (const { id, log } of devices) {
          const ends = at.programme.ends.filter(({ deviceId }) => deviceId === id)
          expect(order(ends.map(({ seq }) => seq))).toBe(whole)
          const inLog = log.map(({ entry }) => (entry.kind === 'end' ? entry.playId : ''))
          expect(ends.map(({ playId }) => playId)).toEqual(inLog)
          expect(rows.filter(({ deviceId }) => deviceId === id).map(({ playId }) => playId)).toEqual(inLog)
          const pieces = await piecesOf(ctx.db, id)
          expect(order(pieces.map(({ lastSeq }) => lastSeq).slice(0, -1))).toBe(
            order(pieces.slice(1).map(({ firstSeq }) => firstSeq - 1)),
          )
        }
        const station = await stationByCode(ctx.db, 'LOA-C')
        expect(await faultsOf(ctx.db, station!.id)).toEqual([])
        said.mockRestore()
      },
    )

    /** Says its log piece by piece as docs/speaker-protocol.md has it: the next when the one before is answered, else the same. */
    function tellsAll(device: PlayedSpeaker): MqttClient {
      const { id, password, log } = device
      const client = connect(`mqtts://127.0.0.1:${at.port}`, {
        ...{ clientId: id, username: id, password, ca: tls.ca, clean: false, protocolVersion: 5 },
        // What is not answered is said again by itself, not by the library.
        ...{ reconnectPeriod: 200, queueQoSZero: false },
      })
      let answered = 0
      const says = () => {
        const entries = log.slice(answered, answered + AT_ONCE)
        if (!client.connected || entries.length === 0) return
        client.publish(topics.up(id), device.sealed({ kind: 'log', entries }), { qos: 1 }, () => {})
      }
      client.on('error', () => {})
      client.on('connect', () => client.subscribe(topics.device(id), { qos: 1 }, says))
      client.on('message', (_topic, bytes) => {
        const opened = open(bytes, believes, Down)
        if (!('payload' in opened) || opened.payload.body.kind !== 'logged') return
        answered = opened.payload.body.seq
        says()
      })
      const again = setInterval(says, AGAIN_MS)
      client.on('end', () => clearInterval(again))
      return client
    }
  },
)

function ownCertificate(folder: string): GroundTls {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const about = ['-subj', '/CN=loa', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...kind, ...about, '-keyout', keyFile, '-out', certFile], {
    stdio: 'ignore',
  })
  return { keyFile, certFile, ca: readFileSync(certFile) }
}
