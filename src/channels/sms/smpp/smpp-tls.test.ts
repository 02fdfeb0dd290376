import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settingsOf } from '../../../core/gateway/index.ts'
import { newId } from '../../../core/kernel/index.ts'
import { startSmscSimulator, type SmscSimulator } from '../simulators/smsc-simulator.ts'
import { SMPP_FIELDS } from './settings.ts'
import { openSmppRoad } from './smpp-road.ts'

const whyNot = hasOpenssl() ? '' : ' (no openssl here; get it with: apt-get install openssl)'

describe.skipIf(whyNot !== '')(`over TLS${whyNot}`, () => {
  let folder: string
  let smsc: SmscSimulator
  let cert: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-smpps-'))
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
    const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2']
    await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, ...files])
    cert = await readFile(join(folder, 'cert.pem'), 'utf8')
    smsc = await startSmscSimulator({ tls: { key: await readFile(join(folder, 'key.pem'), 'utf8'), cert } })
  })
  afterAll(async () => {
    await smsc?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function sendTo(host: string, tlsAuthority: string) {
    const settings = settingsOf(SMPP_FIELDS, {
      ...{ host, port: smsc.port, tls: true, tlsAuthority },
      ...{ systemId: 'loa', from: 'LAOCAI' },
    })
    const gateway = { id: newId<'gateway'>(), settings, password: '', windowSize: 10, ratePerSecond: 100 }
    const road = openSmppRoad(gateway, {
      now: () => new Date(),
      noteReceipts: async () => {},
      endFor: async () => false,
    })
    const text = { deliveryId: newId<'delivery'>(), to: '84912345678', text: 'Goi 111', expiresAt: null }
    const outcomes = await road.send([text], new AbortController().signal)
    await road.close()
    return outcomes
  }

  test('a centre is bound whose certificate was signed by whom we were told', async () => {
    expect(await sendTo('localhost', cert)).toMatchObject([{ kind: 'accepted' }])
  })

  test('nothing goes to one that nobody vouches for, or that has another name', async () => {
    expect(await sendTo('localhost', '')).toMatchObject([{ kind: 'postponed', reason: 'not_connected' }])
    expect(await sendTo('127.0.0.1', cert)).toMatchObject([{ kind: 'postponed', reason: 'not_connected' }])
    expect(smsc.counts().taken).toBe(1)
  })
})

function hasOpenssl(): boolean {
  try {
    return execFileSync('openssl', ['version'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
}
