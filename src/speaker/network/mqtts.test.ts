import { execFile, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBroker, type Broker } from '../../platform/speakers/broker.ts'
import { topics } from '../../platform/speakers/protocol.ts'
import { machineClock } from '../clock.ts'
import { openLink } from './mqtt-link.ts'

const hasOpenssl = spawnSync('openssl', ['version']).error === undefined
const whyNot = hasOpenssl ? '' : ' (no openssl here; get it with: apt-get install openssl)'
const deviceId = randomUUID()

describe.skipIf(whyNot !== '')(`a device over TLS${whyNot}`, () => {
  let folder: string
  let broker: Broker
  let ca: Buffer
  const asked: string[] = []
  const taken: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-mqtts-'))
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const about = ['-subj', '/CN=loa', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    const wish = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, '-keyout', keyFile, '-out', certFile]
    await promisify(execFile)('openssl', wish)
    ca = await readFile(certFile)
    broker = await openBroker({
      ...{ port: 0, host: '127.0.0.1', portIsFixed: false, tls: { keyFile, certFile } },
      door: {
        async admit(_id, password) {
          asked.push(password)
          return password === 'mine' ? { code: 'LOA-1' } : null
        },
      },
      ears: {
        async take(_id, bytes) {
          taken.push(Buffer.from(bytes).toString())
        },
        ...{ ready() {}, gone() {}, anew() {}, forbidden() {} },
      },
    })
  })
  afterAll(async () => {
    await broker?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Comes in, or says the first trouble; then hands what came of it and how to say something. */
  async function comesIn(url: string, given: Buffer | null) {
    const { promise, resolve } = Promise.withResolvers<string>()
    const heard = Promise.withResolvers<string>()
    const wish = {
      url,
      username: deviceId,
      password: 'mine',
      ca: given,
      deviceId,
      kind: 'speaker' as const,
      stationCode: 'LOA-1',
    }
    const link = openLink(
      wish,
      {
        connected: () => resolve('connected'),
        disconnected() {},
        message: (bytes) => heard.resolve(Buffer.from(bytes).toString()),
        // A broker that does not speak MQTT 5 says so first.
        trouble: (words) => !words.includes('protocol version') && resolve(words),
      },
      machineClock(),
    )
    return { came: await promise, link, heard: heard.promise }
  }

  test('comes in where it was given who signs the certificate, hears and says', async () => {
    const { came, link, heard } = await comesIn(`mqtts://127.0.0.1:${broker.port}`, ca)
    expect(came).toBe('connected')
    await broker.publish(topics.device(deviceId), Buffer.from('down'), { retain: false })
    expect(await heard).toBe('down')
    expect(link.publish(Buffer.from('up'))).toBe(true)
    await expect.poll(() => taken, { timeout: 20_000 }).toEqual(['up'])
    await link.close()
  })

  test.each([
    ['is signed by nobody whom it knows', '127.0.0.1', false, /self-signed/],
    ['is of another name', 'localhost', true, /altnames/],
  ])('tells a broker nothing whose certificate %s', async (_what, host, isGiven, words) => {
    const before = asked.length
    const { came, link } = await comesIn(`mqtts://${host}:${broker.port}`, isGiven ? ca : null)
    expect(came).toMatch(words)
    await link.close()
    expect(asked.length, 'no password was shown').toBe(before)
  })
})
