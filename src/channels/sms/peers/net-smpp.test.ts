import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { settingsOf } from '../../../core/gateway/index.ts'
import { newId } from '../../../core/kernel/index.ts'
import type { Receipt } from '../../../core/release/index.ts'
import type { Road } from '../road.ts'
import { readUcs2 } from '../smpp/alphabet.ts'
import { SMPP_FIELDS } from '../smpp/settings.ts'
import { openSmppRoad } from '../smpp/smpp-road.ts'

const whyNot = hasNetSmpp() ? '' : ' (no Net::SMPP here; get it with: apt-get install libnet-smpp-perl)'
const TEXT = 'Cảnh giác “việc nhẹ, lương cao”: hỏi công an xã trước khi đi. Cần giúp đỡ, hãy gọi tổng đài 111.'

describe.skipIf(whyNot !== '')(`our client at a centre of Net::SMPP${whyNot}`, () => {
  const heard: string[] = []
  const receipts: Receipt[] = []
  let centre: ChildProcess
  let road: Road
  const lines = (about: string) => heard.filter((line) => line.split(' ')[0] === about)

  beforeAll(async () => {
    centre = spawn('perl', [join(import.meta.dirname, 'centre.pl')], { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: centre.stdout! }).on('line', (line) => heard.push(line))
    await vi.waitFor(() => expect(lines('port')).toHaveLength(1), { timeout: 10_000 })
    const port = Number(heard[0]?.split(' ')[1])
    const settings = settingsOf(SMPP_FIELDS, {
      host: '127.0.0.1',
      port,
      systemId: 'loa',
      from: 'LAOCAI',
      enquireSeconds: 1,
    })
    const gateway = { id: newId<'gateway'>(), settings, password: 'bimat', windowSize: 10, ratePerSecond: 1_000 }
    road = openSmppRoad(gateway, {
      now: () => new Date('2026-11-24T02:00:00Z'),
      noteReceipts: async (some) => void receipts.push(...some),
      endFor: async () => false,
    })
  })
  afterAll(async () => {
    await road?.close()
    centre?.kill()
  })

  test('is bound as transceiver, and is asked whether it is there', async () => {
    await vi.waitFor(() => expect(lines('enquire_link_resp')).toEqual(['enquire_link_resp 0']), { timeout: 10_000 })
    expect(lines('bind')).toEqual(['bind loa bimat 52'])
  })

  test('hands over a long text with diacritics in parts that the centre reads, and hears of each', async () => {
    const deliveryId = newId<'delivery'>()
    const text = { deliveryId, to: '84912345678', text: TEXT, expiresAt: new Date('2026-11-24T12:00:00Z') }
    const outcomes = await road.send([text], new AbortController().signal)
    expect(outcomes).toEqual([{ kind: 'accepted', refs: ['4711', '4712'] }])
    const named =
      'submit source_addr_ton=5 source_addr_npi=0 source_addr=LAOCAI dest_addr_ton=1 dest_addr_npi=1 destination_addr=84912345678 ' +
      'esm_class=64 data_coding=8 registered_delivery=1 validity_period=261124120000000+'
    const parts = lines('submit').map((line) => line.split(' '))
    expect(parts.map((words) => words.slice(0, -1).join(' '))).toEqual([named, named])
    const octets = parts.map((words) => Buffer.from(words.at(-1) ?? '', 'hex'))
    const reference = Number.parseInt(deliveryId.slice(-2), 16)
    expect(octets.map((part) => [...part.subarray(0, 6)])).toEqual([1, 2].map((n) => [5, 0, 3, reference, 2, n]))
    expect(octets.map((part) => readUcs2(part.subarray(6))).join('')).toBe(TEXT)
    await vi.waitFor(() =>
      expect(receipts.map(({ ref, state }) => [ref, state])).toEqual([
        ['4711', 'delivered'],
        ['4712', 'delivered'],
      ]),
    )
    expect(receipts[0]?.at).toEqual(new Date('2026-11-23T19:01:00Z'))
    await vi.waitFor(() => expect(lines('deliver_sm_resp')).toEqual(['deliver_sm_resp 0', 'deliver_sm_resp 0']))
  })

  test('goes in the plain alphabet where that holds every letter', async () => {
    const text = { deliveryId: newId<'delivery'>(), to: '84912345679', text: 'Goi 111 {€}', expiresAt: null }
    await road.send([text], new AbortController().signal)
    expect(lines('submit').at(-1)).toMatch(/ esm_class=0 data_coding=0 .* 476f6920313131201b281b651b29$/)
  })

  test('asks what became of one, asks whether the centre is there, and says good-bye', async () => {
    const asking = {
      deliveryId: newId<'delivery'>(),
      releaseId: newId<'release'>(),
      gateway: null,
      ref: '4711',
      refs: [],
    }
    expect(await road.ask({ ...asking, outlet: null as never })).toEqual({ kind: 'delivered' }) // the outlet is no part of the question
    await vi.waitFor(() => expect(lines('enquire_link').length).toBeGreaterThan(0), { timeout: 5_000 })
    await road.close()
    await vi.waitFor(() => expect(heard.at(-1)).toBe('unbind'))
    expect(lines('other')).toEqual([])
  })
})

function hasNetSmpp(): boolean {
  try {
    execFileSync('perl', ['-MNet::SMPP', '-e', '1'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
