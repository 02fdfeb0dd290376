import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardedRequest, networkPolicy, type GuardedOptions } from './index.ts'

const whyNot = hasOpenssl() ? '' : ' (no openssl here; get it with: apt-get install openssl)'

describe.skipIf(whyNot !== '')(`over TLS${whyNot}`, () => {
  let folder: string
  let server: Server
  let cert: string
  let options: GuardedOptions

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-tls-'))
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
    const about = ['-subj', '/CN=hook.example', '-addext', 'subjectAltName=DNS:hook.example', '-days', '2']
    await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, ...files])
    cert = await readFile(join(folder, 'cert.pem'), 'utf8')
    server = createServer({ key: await readFile(join(folder, 'key.pem')), cert }, (_request, response) =>
      response.end('ok'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const door = `127.0.0.1:${(server.address() as AddressInfo).port}`
    options = { policy: networkPolicy([door]), resolve: async () => [{ address: '127.0.0.1', family: 4 }] }
  })
  afterAll(async () => {
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = (host: string, more: Partial<GuardedOptions>) =>
    guardedRequest(
      {
        url: `https://${host}:${(server.address() as AddressInfo).port}/`,
        method: 'GET',
        timeoutMs: 5_000,
        mostBytes: 100,
      },
      { ...options, ...more },
    )

  test('the certificate must be of the name that was asked for, not of the address it leads to', async () => {
    expect((await ask('hook.example', { ca: cert })).status).toBe(200)
    const other = ask('other.example', { ca: cert })
    await expect(other).rejects.toMatchObject({ kind: 'bad_certificate', mayHaveArrived: false })
  })

  test('a certificate that nobody we trust has signed ends the call before anything is sent', async () => {
    await expect(ask('hook.example', {})).rejects.toMatchObject({ kind: 'bad_certificate', mayHaveArrived: false })
  })
})

function hasOpenssl(): boolean {
  try {
    return execFileSync('openssl', ['version'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
}
