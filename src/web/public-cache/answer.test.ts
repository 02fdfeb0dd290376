import { once } from 'node:events'
import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerWith, codingFor } from './answer.ts'
import { keptPageOf, type KeptPage } from './kept-page.ts'

const WORDS = '<p>Hãy gọi 111.</p>'.repeat(200)
const SINCE = new Date('2026-11-24T02:00:00.400Z')
const LATER = new Date('2026-11-24T02:00:05Z')
let page: KeptPage
let now = LATER
let server: Server

beforeAll(async () => {
  const headers = { 'content-type': 'text/html', 'cache-control': 'public, no-cache', etag: '"kit"', 'x-own': '1' }
  page = await keptPageOf(new Response(WORDS, { headers }))
  server = createServer((request, response) => answerWith(page, SINCE, request, response, now)).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

async function get(headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo // it listens on a port
  const asked = ask({ port, host: '127.0.0.1', method, headers }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray())
  return { status: answer.statusCode ?? 0, headers: answer.headers, body }
}

describe('a kept page', () => {
  test('is given in the coding the browser takes, with its length', async () => {
    const [plain, zipped, brotli] = [
      await get(),
      await get({ 'accept-encoding': 'gzip' }),
      await get({ 'accept-encoding': 'gzip, deflate, br' }),
    ]
    expect(plain.body.toString()).toBe(WORDS)
    expect(gunzipSync(zipped.body).toString()).toBe(WORDS)
    expect(brotliDecompressSync(brotli.body).toString()).toBe(WORDS)
    expect([plain, zipped, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
    for (const { headers, body } of [plain, zipped, brotli]) {
      expect(headers).toMatchObject({ vary: 'accept-encoding', 'x-own': '1', 'content-length': String(body.length) })
      expect(headers.etag).toBe(page.etag)
    }
  })

  test('is told to be had already, by its mark or by its second', async () => {
    const whole = await get()
    expect(whole.headers['last-modified']).toBe('Tue, 24 Nov 2026 02:00:00 GMT')
    const cases: [Record<string, string>, number][] = [
      [{ 'if-none-match': page.etag }, 304],
      [{ 'if-none-match': `"x", ${page.etag.replace('W/', '')}` }, 304],
      [{ 'if-none-match': '*' }, 304],
      [{ 'if-none-match': '"x"' }, 200],
      [{ 'if-modified-since': 'Tue, 24 Nov 2026 02:00:00 GMT' }, 304],
      [{ 'if-modified-since': 'Tue, 24 Nov 2026 01:59:59 GMT' }, 200],
      [{ 'if-modified-since': 'yesterday' }, 200],
      // RFC 9110 §13.1.3: the mark goes before the second.
      [{ 'if-none-match': '"x"', 'if-modified-since': 'Tue, 24 Nov 2026 02:00:00 GMT' }, 200],
    ]
    for (const [headers, status] of cases) {
      const answer = await get(headers)
      expect([headers, answer.status, answer.body.length > 0]).toEqual([headers, status, status === 200])
      expect(answer.headers['cache-control']).toBe('public, no-cache')
    }
  })

  test('says nothing of its second while that second lasts', async () => {
    now = new Date('2026-11-24T02:00:00.900Z')
    const asked = await get({ 'if-modified-since': 'Tue, 24 Nov 2026 02:00:00 GMT' })
    expect([asked.status, asked.headers['last-modified']]).toEqual([200, undefined])
    now = LATER
  })

  test('is weighed without being sent', async () => {
    const head = await get({ 'accept-encoding': 'br' }, 'HEAD')
    expect([head.status, head.body.length, head.headers['content-encoding']]).toEqual([200, 0, 'br'])
    expect(head.headers['content-length']).toBe(String(page.bodies.br.length))
  })
})

test.each([
  [{ status: 200 }, true],
  [{ status: 410 }, true],
  [{ status: 404 }, false],
  [{ status: 500 }, false],
])('an answer of %j may be kept: %s', async (init, mayBeKept) => {
  const kept = await keptPageOf(new Response('x', { ...init, headers: { 'cache-control': 'public, no-cache' } }))
  expect(kept.mayBeKept).toBe(mayBeKept)
})

test('what is somebody’s is kept for nobody', async () => {
  const owned: HeadersInit[] = [{ 'cache-control': 'no-store' }, { 'cache-control': 'public', 'set-cookie': 'a=b' }, {}]
  const kept = await Promise.all(owned.map((headers) => keptPageOf(new Response('x', { headers }))))
  expect(kept.map(({ mayBeKept }) => mayBeKept)).toEqual([false, false, false])
})

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['deflate', 'identity'],
  ['GZIP', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.1,gzip;q=1', 'br'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['identity', 'identity'],
  ['gzip;q=x', 'identity'],
])('who takes %s is given %s', (header, coding) => {
  expect(codingFor(header)).toBe(coding)
})
