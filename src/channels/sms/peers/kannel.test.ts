import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startSmscSimulator, type SmscSimulator } from '../simulators/smsc-simulator.ts'
import { startKannel, whyNoKannel, type Kannel } from './kannel.build.ts'

const LONG = 'Cảnh giác “việc nhẹ, lương cao”: hỏi công an xã trước khi đi. Cần giúp đỡ, hãy gọi tổng đài 111.'
/** What Kannel calls the ends of a text: 1 brought, 2 not brought; 16 refused by the centre. */
const [BROUGHT, NOT_BROUGHT, REFUSED] = ['1', '2', '16']

describe.skipIf(whyNoKannel !== '')(`Kannel at our centre${whyNoKannel}`, () => {
  let centre: SmscSimulator
  let kannel: Kannel
  let office: Server
  let officeUrl: string
  const reports: string[] = []

  beforeAll(async () => {
    centre = await startSmscSimulator({ password: 'kannel', receiptMs: 5 })
    office = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://office')
      if (pathname === '/report') reports.push(`${searchParams.get('to')} ${searchParams.get('state')}`)
      response.setHeader('content-type', 'text/plain')
      response.end(pathname === '/phone' ? `Ban viet: ${searchParams.get('text')}` : '')
    }).listen(0, '127.0.0.1')
    await once(office, 'listening')
    officeUrl = `http://127.0.0.1:${(office.address() as AddressInfo).port}`
    kannel = await startKannel({ centrePort: centre.port, windowSize: 10, phoneUrl: `${officeUrl}/phone` })
  })
  afterAll(async () => {
    await kannel?.stop()
    await centre?.close()
    office?.close()
  })

  async function send(to: string, text: string): Promise<number> {
    const report = `${officeUrl}/report?to=${to}&state=%d`
    const asked = { from: 'LAOCAI', to, text, charset: 'UTF-8', coding: '2', 'dlr-mask': '31', 'dlr-url': report }
    const response = await fetch(`${kannel.sendUrl}&${new URLSearchParams(asked)}`)
    return response.status
  }

  test('binds, sends a long text with diacritics in parts, and hears that it was brought', async () => {
    expect(await send('84912345678', LONG)).toBe(202)
    await vi.waitFor(() => expect(centre.taken('84912345678')).toHaveLength(2), { timeout: 5_000 })
    const parts = centre.taken('84912345678')
    expect(parts.map(({ part, parts }) => [part, parts])).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(parts.map(({ text }) => text).join('')).toBe(LONG)
    await vi.waitFor(() => expect(reports).toContain(`84912345678 ${BROUGHT}`), { timeout: 5_000 })
  })

  test.each([
    ['84900000404', REFUSED],
    ['84900000410', NOT_BROUGHT],
    ['84900000208', BROUGHT],
  ])('understands what our centre says of %s', async (to, state) => {
    await send(to, 'Goi 111')
    await vi.waitFor(() => expect(reports).toContain(`${to} ${state}`), { timeout: 5_000 })
  })

  test('takes what a phone writes, and its answer reaches the phone', async () => {
    centre.phoneSays('84987654321', '5656', 'Hủy')
    await vi.waitFor(() => expect(centre.taken('84987654321')).toHaveLength(1), { timeout: 5_000 })
    expect(centre.taken('84987654321')[0]?.from).toBe('5656')
    expect(centre.counts().waiting).toBe(0)
  })
})
