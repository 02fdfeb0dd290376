import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { checkAddress, guardedRequest, networkPolicy, type GuardedOptions, type Resolve } from './index.ts'

const servers: { close(): void }[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener)
  servers.push({ close: () => (server.closeAllConnections(), server.close()) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const PUBLIC = networkPolicy()
const ask = (url: string, options: Partial<GuardedOptions> = {}, more: { timeoutMs?: number; body?: string } = {}) =>
  guardedRequest({ url, method: 'POST', timeoutMs: 2_000, mostBytes: 1_000, ...more }, { policy: PUBLIC, ...options })
const names =
  (...answers: string[][]): Resolve =>
  async () =>
    (answers.length > 1 ? answers.shift()! : answers[0]!).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))

describe('a network that is not allowed', () => {
  const PRIVATE = [
    '127.0.0.1',
    '10.0.0.7',
    '172.16.3.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '240.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ]

  test.each(PRIVATE)('%s is refused as a literal and as what a name leads to', async (address) => {
    const literal = address.includes(':') ? `[${address}]` : address
    await expect(ask(`https://${literal}/hook`)).rejects.toMatchObject({ kind: 'private_network' })
    const faults = ask('https://hook.example/', { resolve: names([address]) })
    await expect(faults).rejects.toMatchObject({ kind: 'private_network', mayHaveArrived: false })
  })

  test.each([
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
  ])('is known in every dress: %s', async (url) => {
    await expect(ask(url)).rejects.toMatchObject({ kind: 'private_network' })
  })

  test('is refused when it stands among public ones', async () => {
    const faults = ask('https://hook.example/', { resolve: names(['203.119.8.1', '10.0.0.1']) })
    await expect(faults).rejects.toMatchObject({ kind: 'private_network' })
  })

  test('is called when it is listed, as a network or as a single door', async () => {
    const port = await serve((_request, response) => response.end('ok'))
    const url = `http://127.0.0.1:${port}/`
    for (const policy of [networkPolicy(['127.0.0.0/8']), networkPolicy([`127.0.0.1:${port}`])]) {
      expect((await ask(url, { policy })).status).toBe(200)
    }
    await expect(ask(url, { policy: networkPolicy([`127.0.0.1:${port + 1}`]) })).rejects.toMatchObject({
      kind: 'private_network',
    })
    expect(() => networkPolicy(['everything'])).toThrow(/everything is no network/)
  })

  test('no address of IPv4 is public by its other spelling alone', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => PUBLIC.isPublic(address) === PUBLIC.isPublic(`::ffff:${address}`)),
      { numRuns: 2_000 },
    )
  })
})

describe('a name', () => {
  test('that changes between the look and the call leads to what was looked at', async () => {
    const heard: string[] = []
    const port = await serve((request, response) => {
      heard.push(request.headers.host ?? '')
      response.end('ok')
    })
    // The server of names answers what is allowed once, and the machine it wants us to call from then on.
    let asked = 0
    const resolve: Resolve = async () => {
      asked++
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    const policy = networkPolicy([`127.0.0.1:${port}`])
    const answer = await ask(`http://rebinding.example:${port}/`, { policy, resolve })
    expect([answer.status, asked, heard]).toEqual([200, 1, [`rebinding.example:${port}`]])
  })

  test('that is never answered ends with the time given', async () => {
    const resolve: Resolve = () => new Promise(() => {})
    await expect(ask('https://hook.example/', { resolve }, { timeoutMs: 50 })).rejects.toMatchObject({
      kind: 'timeout',
      mayHaveArrived: false,
    })
  })

  test('that nobody has is said', async () => {
    const resolve: Resolve = async () => {
      throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
    }
    await expect(ask('https://hook.example/', { resolve })).rejects.toMatchObject({ kind: 'no_name' })
    await expect(ask('https://hook.example/', { resolve: async () => [] })).rejects.toMatchObject({ kind: 'no_name' })
    expect(await checkAddress('https://hook.example/', { policy: PUBLIC, resolve })).toBe('no_name')
  })

  test('with plain HTTP is not called through the public network', async () => {
    const resolve = names(['203.119.8.1'])
    await expect(ask('http://hook.example/', { resolve })).rejects.toMatchObject({ kind: 'plain_http' })
    expect(await checkAddress('http://hook.example/', { policy: PUBLIC, resolve })).toBe('plain_http')
    expect(await checkAddress('https://hook.example/', { policy: PUBLIC, resolve })).toBeNull()
  })
})

test.each(['ftp://a.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user:pass@a.example/', 'nothing'])(
  '%s is no address to call',
  async (url) => {
    await expect(ask(url)).rejects.toMatchObject({ kind: 'bad_address' })
  },
)

describe('an answer', () => {
  const here = (port: number) => ({ policy: networkPolicy([`127.0.0.1:${port}`]) })

  test('that sends elsewhere is not followed', async () => {
    let calls = 0
    const port = await serve((_request, response) => {
      calls++
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const answer = await ask(`http://127.0.0.1:${port}/`, here(port))
    expect([answer.status, answer.headers['location'], calls]).toEqual([302, '/elsewhere', 1])
  })

  test('without an end is read to the bytes asked for, and one that breaks off keeps its status', async () => {
    const port = await serve((request, response) => {
      response.writeHead(200)
      if (request.url === '/endless') {
        const more = () =>
          response.writableEnded || response.destroyed || (response.write('x'.repeat(900)), setImmediate(more))
        more()
      } else {
        response.write('half')
        setTimeout(() => response.destroy(), 20)
      }
    })
    const endless = await ask(`http://127.0.0.1:${port}/endless`, here(port))
    expect([endless.status, endless.body.length, endless.whole]).toEqual([200, 1_000, false])
    const half = await ask(`http://127.0.0.1:${port}/half`, here(port))
    expect([half.status, Buffer.from(half.body).toString(), half.whole]).toEqual([200, 'half', false])
  })

  test('that never comes: what was sent may have arrived', async () => {
    const got: string[] = []
    const port = await serve((request) => {
      request.on('data', (chunk: Buffer) => got.push(chunk.toString()))
    })
    const faults = ask(`http://127.0.0.1:${port}/`, here(port), { timeoutMs: 1_000, body: 'tin' })
    await expect(faults).rejects.toMatchObject({ kind: 'timeout', mayHaveArrived: true })
    expect(got).toEqual(['tin'])
  })

  test('that is cut off: what was sent may have arrived; where nobody listens it has not', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.destroy()))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await expect(ask(`http://127.0.0.1:${port}/`, here(port))).rejects.toMatchObject({
      kind: 'cut_off',
      mayHaveArrived: true,
    })
    server.close()
    await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve).once('close', resolve))
    await expect(ask(`http://127.0.0.1:${port}/`, here(port))).rejects.toMatchObject({
      kind: 'no_connection',
      mayHaveArrived: false,
    })
  })
})
