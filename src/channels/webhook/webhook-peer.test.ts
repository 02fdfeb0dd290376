import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFollowStage, type FollowStage } from '../../app/press.build.ts'
import { webhookOutlet } from '../../app/webhook.build.ts'
import { outletById } from '../../core/outlet/index.ts'
import { deliveriesOf, recallRelease, sendWith, type Sending } from '../../core/release/index.ts'
import { makeWebhookSecret } from '../../core/webhook/index.ts'
import { guardedRequest, networkPolicy } from '../../platform/http/index.ts'
import { stillClock } from '../../testing/index.ts'
import { MOST_BYTES, payloadOf } from './payload.ts'
import { signatureHeaders } from './sign-webhook.ts'
import { openWebhookSender } from './webhook-sender.ts'

const PYTHON = '/usr/bin/python3'
const present = spawnSync(PYTHON, ['--version']).status === 0
const whyNot = present ? '' : ' (no Python here; get it with: apt-get install python3)'

// A row of the ledger, of which only what is said of it is read.
const SENDING = {
  ...{ deliveryId: 'd', releaseId: 'r', ofReleaseId: null, messageId: 'm', lane: 'ordinary', kind: 'original' },
  ...{ corrects: false, expiresAt: null, attempt: 1, renditions: [] },
} as unknown as Sending

interface Said {
  readonly verdict: 'good' | 'forged' | 'stale'
  readonly id: string
  readonly payload: { readonly type: string; readonly data: Record<string, unknown> }
}

/** A receiver written in another language by the specification alone. */
async function startPeer(secrets: readonly string[]) {
  const peer: ChildProcess = spawn(PYTHON, [join(import.meta.dirname, 'peer/receive_webhooks.py')], {
    env: { ...process.env, WEBHOOK_SECRETS: secrets.join(' ') },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines: Interface = createInterface({ input: peer.stdout! })
  const reader = lines[Symbol.asyncIterator]()
  const port = Number((await reader.next()).value)
  return {
    port,
    said: async () => JSON.parse(String((await reader.next()).value)) as Said,
    stop: () => void peer.kill(),
  }
}

const clock = stillClock(new Date().toISOString())
let stage: FollowStage
let secret: string

beforeAll(async () => {
  stage = await openFollowStage(clock, [webhookOutlet('peer', 'http://127.0.0.1:1/')], ['webhook'])
  secret = await makeWebhookSecret(stage.system, { outletId: stage.idOf('peer') })
})
afterAll(() => stage.database.close())

describe.skipIf(!present)(`a receiver in Python${whyNot}`, () => {
  let peer: Awaited<ReturnType<typeof startPeer>>

  beforeAll(async () => {
    peer = await startPeer([secret])
    await stage.ctx.db
      .updateTable('outlet')
      .set({ address: `http://127.0.0.1:${peer.port}/` })
      .execute()
    sendWith(openWebhookSender({ policy: networkPolicy([`127.0.0.1:${peer.port}`]) }))
  })
  afterAll(() => peer?.stop())

  test('knows what a release and its recall say, and that it was us', async () => {
    const releaseId = await stage.release(await stage.approved())
    const [row] = await deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 1)
    const published = await peer.said()
    expect(published).toMatchObject({
      verdict: 'good',
      id: row!.id,
      payload: {
        type: 'release.published',
        data: { release: releaseId, delivery: row!.id, texts: [{ language: 'vi', title: 'Cảnh giác' }] },
      },
    })
    expect(row?.state).toBe('delivered')
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })
    await stage.work()
    const withdrawn = await peer.said()
    expect(withdrawn).toMatchObject({
      verdict: 'good',
      payload: { type: 'release.withdrawn', data: { ofRelease: releaseId, texts: [] } },
    })
    expect(withdrawn.id).not.toBe(row!.id)
  })

  test('that still has the old secret believes us while the new one is changed to; then no more', async () => {
    await makeWebhookSecret(stage.system, { outletId: stage.idOf('peer') })
    const releaseId = await stage.release(await stage.approved())
    expect(await peer.said()).toMatchObject({ verdict: 'good', payload: { data: { release: releaseId } } })
  })

  const call = (headers: Record<string, string>, body: string) =>
    guardedRequest(
      { url: `http://127.0.0.1:${peer.port}/`, method: 'POST', headers, body, timeoutMs: 5_000, mostBytes: 100 },
      { policy: networkPolicy([`127.0.0.1:${peer.port}`]) },
    )

  test('knows what was changed on its way, what is another’s and what is old', async () => {
    const [at, body] = [new Date(), '{"type":"x","data":{}}']
    const good = signatureHeaders([secret], { id: 'một', at, body })
    const calls = [
      [good, body.replace('x', 'y'), 'forged'],
      [{ ...good, 'webhook-id': 'hai' }, body, 'forged'],
      [signatureHeaders(['whsec_AAAA'], { id: 'ba', at, body }), body, 'forged'],
      [signatureHeaders([secret], { id: 'bốn', at: new Date(at.getTime() - 600_000), body }), body, 'stale'],
    ] as const
    for (const [headers, sent, verdict] of calls) {
      const plain = { ...headers, 'webhook-id': Buffer.from(headers['webhook-id'] ?? '').toString('latin1') }
      const answer = await call(plain, sent)
      expect([(await peer.said()).verdict, answer.status]).toEqual([verdict, 401])
    }
  })

  test('believes whatever words are in it', async () => {
    const bodies = fc
      .sample(fc.record({ type: fc.constant('x'), data: fc.object() }), 40)
      .map((one) => JSON.stringify(one))
    for (const [at, body] of bodies.entries()) {
      await call(signatureHeaders([secret], { id: `id-${at}`, at: new Date(), body }), body)
      expect((await peer.said()).verdict).toBe('good')
    }
  })
})

test('what is larger than most receivers take is refused before it leaves', async () => {
  const outlet = (await outletById(stage.ctx.db, stage.idOf('peer')))!
  const fields = { title: 'Tin', body: 'ữ'.repeat(MOST_BYTES / 3) }
  const renditions = [{ id: 'r', channel: 'webhook', language: 'vi', version: 1, fields, recording: null }]
  const sender = openWebhookSender({ policy: networkPolicy() })
  const [outcome] = await sender.send(stage.ctx, [{ ...SENDING, outlet, renditions }], AbortSignal.timeout(5_000))
  expect(outcome).toEqual({ kind: 'refused', reason: 'webhook_too_large' })
})

test('the same row says the same at every try', () => {
  expect(payloadOf(SENDING)).toBe(payloadOf({ ...SENDING, attempt: 2 }))
  expect(Buffer.byteLength(payloadOf(SENDING))).toBeLessThan(MOST_BYTES)
})
