import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { settingsOf, type Gateway, type SettingValue } from '../../../core/gateway/index.ts'
import { newId } from '../../../core/kernel/index.ts'
import type { SmsText } from '../road.ts'
import { startHttpSimulator, type HttpSimulatorOptions } from '../simulators/http-simulator.ts'
import { openHttpRoad } from './http-road.ts'
import { readBrought, receiptToken, type Brought } from './receipts.ts'
import { HTTP_FIELDS } from './settings.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const AT = new Date('2026-11-24T02:00:00Z')

async function stage(settings: Record<string, SettingValue> = {}, options: HttpSimulatorOptions = {}) {
  const simulator = await startHttpSimulator({ receiptMs: 1, ...options })
  open.push(simulator)
  return { simulator, road: roadTo(`http://127.0.0.1:${simulator.port}`, settings) }
}

function roadTo(address: string, settings: Record<string, SettingValue>) {
  const askUrl = `${address}/status/{key}`
  const given = {
    url: `${address}/send`,
    askUrl,
    from: 'LAOCAI',
    answerSeconds: 1,
    networks: '127.0.0.0/8',
    ...settings,
  }
  const gateway = { id: newId<'gateway'>(), settings: settingsOf(HTTP_FIELDS, given), secret: 'secret' }
  const road = openHttpRoad({ ...gateway, windowSize: 10, ratePerSecond: 1_000 }, { now: () => AT })
  open.push(road)
  return road
}

const text = (to: string, words = 'Gọi “111” ngay\nhôm nay'): SmsText => ({
  deliveryId: newId<'delivery'>(),
  to,
  text: words,
  expiresAt: null,
})
const never = () => new AbortController().signal

describe('a text by an HTTP gateway', () => {
  test('arrives as it was written, whatever is in it', async () => {
    const { road, simulator } = await stage()
    const words = 'Gọi “111” & "hỏi\\xã"\nngay {to}'
    expect(await road.send([text('84912345678', words)], never())).toEqual([{ kind: 'accepted', ref: 'h1' }])
    expect(simulator.taken('84912345678')).toMatchObject([{ text: words, from: 'LAOCAI' }])
  })

  test.each([
    ['84900000404', { kind: 'refused', reason: 'http_400 refused' }],
    ['84900000429', { kind: 'postponed', reason: 'http_429 throttled' }],
    ['84900000503', { kind: 'postponed', reason: 'http_503 full' }],
    ['84900000000', { kind: 'unknown', reason: 'timeout' }],
    ['84900000502', { kind: 'unknown', reason: 'cut_off' }],
  ])('to %s comes to %o', async (to, expected) => {
    const { road } = await stage()
    expect(await road.send([text(to)], never())).toMatchObject([expected])
  })

  test.each([
    ['into a private network that nobody allowed', { networks: '' }, 'private_network'],
    ['where nobody listens', { url: 'http://127.0.0.1:1/' }, 'no_connection'],
    ['with a secret that is not theirs', { headers: 'Authorization: Bearer x' }, 'http_401 who are you'],
  ])('%s is put off', async (_where, settings, reason) => {
    const { road } = await stage(settings)
    expect(await road.send([text('84912345678')], never())).toMatchObject([{ kind: 'postponed', reason }])
  })

  test('that got no answer goes again where the gateway takes a key once, and is there once', async () => {
    const { road, simulator } = await stage({ keyHonoured: true }, { honoursKeys: true })
    const one = text('84900000502')
    expect(await road.send([one], never())).toMatchObject([{ kind: 'postponed', reason: 'cut_off', tried: true }])
    expect(await road.send([one], never())).toEqual([{ kind: 'accepted', ref: 'h1' }])
    expect(simulator.counts()).toMatchObject({ taken: 1, doubled: {} })
  })

  test('goes as a form, or all in its address, for gateways that want it so', async () => {
    const heard: string[] = []
    const server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => heard.push(chunk.toString()))
      request.on('end', () => {
        heard.push(request.url ?? '')
        response.end('OK')
      })
    }).listen(0, '127.0.0.1')
    open.push({ close: async () => void server.close() })
    await vi.waitFor(() => expect(server.address()).not.toBeNull())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const form = { url, bodyKind: 'form', body: 'to={toLocal}&text={text}' }
    expect(await roadTo(url, form).send([text('84912345678', 'a&b=ă')], never())).toEqual([{ kind: 'accepted' }])
    await roadTo(url, { url: `${url}?to={toPlus}&key={key}`, method: 'GET' }).send([text('84912345678')], never())
    expect(heard).toEqual([
      'to=0912345678&text=a%26b%3D%C4%83',
      '/',
      expect.stringMatching(/^\/\?to=%2B84912345678&key=/),
    ])
  })

  test.each([
    ['{"status":0,"id":"7"}', { kind: 'accepted', ref: '7' }],
    ['{"status":3}', { kind: 'postponed', reason: '3' }],
    ['{"status":9,"error":"số sai"}', { kind: 'refused', reason: '9 số sai' }],
    ['<html>', { kind: 'unknown', reason: 'no_result' }],
  ])('is judged by what the answer says: %s', async (body, expected) => {
    const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1')
    open.push({ close: async () => void server.close() })
    await vi.waitFor(() => expect(server.address()).not.toBeNull())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const road = roadTo(url, { url, resultPath: 'status', acceptedValues: '0', throttledValues: '3; 4' })
    expect(await road.send([text('84912345678')], never())).toMatchObject([expected])
  })

  test('is looked up by its key: arrived, failed, or never had', async () => {
    const { road } = await stage()
    for (const [to, kind] of [
      ['84900000502', 'delivered'],
      ['84900000410', 'failed'],
      ['84900000000', 'missing'],
    ] as const) {
      const one = text(to)
      await road.send([one], never())
      const asking = { deliveryId: one.deliveryId, releaseId: newId<'release'>(), gateway: null, ref: null, refs: [] }
      expect(await road.ask({ ...asking, outlet: null as never })).toEqual({ kind }) // the outlet is no part of the question
    }
  })
})

describe('what a gateway brings', () => {
  const gateway = { id: newId<'gateway'>(), code: 'HTTP-1', settings: {} } as unknown as Gateway // all that is read of it
  const brought = (given: { query?: string; headers?: Record<string, string>; body?: string }): Brought => ({
    query: new URLSearchParams(given.query),
    headers: new Headers(given.headers),
    body: Buffer.from(given.body ?? ''),
  })
  const signed = (body: string, secret = 'secret') => ({
    body,
    headers: { 'x-loa-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
  })
  const read = (given: Parameters<typeof brought>[0], secret = 'secret') =>
    readBrought(gateway, secret, brought(given), AT)

  test('is believed when it is signed, or has the token', () => {
    const receipt = { gatewayId: gateway.id, ref: '7', state: 'delivered', at: AT, detail: 'delivered' }
    const body = '{"id":7,"status":"delivered"}'
    const token = receiptToken('HTTP-1', 'secret')
    expect(read(signed(body))?.receipts).toEqual([receipt])
    expect(read({ body, headers: { authorization: `Bearer ${token}` } })?.receipts).toEqual([receipt])
    expect(read({ query: `id=7&status=delivered&token=${token}` })?.receipts).toEqual([receipt])
    expect(read({ query: `id=7&status=UNDELIV&token=${token}` })?.receipts).toMatchObject([
      { state: 'failed', detail: 'UNDELIV' },
    ])
  })

  test('is not believed otherwise', () => {
    const body = '{"id":7,"status":"delivered"}'
    expect(read({ body })).toBeNull()
    expect(read(signed(body, 'guessed'))).toBeNull()
    expect(read({ ...signed('{}'), body })).toBeNull()
    expect(read({ body, query: `token=${receiptToken('HTTP-2', 'secret')}` })).toBeNull()
    expect(read(signed(body, ''), '')).toBeNull()
  })

  test('may be many, of which some are under way and some are phones that want no more', () => {
    const many = [
      { id: 'a', status: 'delivered' },
      { id: 'b', status: 'queued' },
      { id: 'c', status: 'failed' },
      { from: '0912345678', text: 'Hủy' },
      { from: '0912345679', text: 'Xin chào' },
      null,
    ]
    const said = read(signed(JSON.stringify(many)))
    expect(said?.receipts.map(({ ref, state }) => [ref, state])).toEqual([
      ['a', 'delivered'],
      ['c', 'failed'],
    ])
    expect(said?.endFor).toEqual(['0912345678'])
  })

  test('that is no JSON says nothing', () => {
    expect(read(signed('OK'))).toEqual({ receipts: [], endFor: [] })
  })
})
