import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWebhookSender } from '../channels/webhook/webhook-sender.ts'
import { startWebhookSimulator, type WebhookSimulator } from '../channels/webhook/webhook-simulator.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { outletById } from '../core/outlet/index.ts'
import { deliveriesOf, eventsOfDelivery, recallRelease, redriveDelivery, sendWith } from '../core/release/index.ts'
import {
  attemptsAt,
  attemptsOf,
  endOldWebhookSecrets,
  makeWebhookSecret,
  signingSecrets,
} from '../core/webhook/index.ts'
import { networkPolicy } from '../platform/http/index.ts'
import { stillClock } from '../testing/index.ts'
import { openFollowStage, type FollowStage } from './press.build.ts'
import { webhookOutlet } from './webhook.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let stage: FollowStage
let ctx: Ctx
let simulator: WebhookSimulator
const KINDS = ['good', 'refused', 'gone', 'throttled', 'busy', 'silent', 'dies', 'moved', 'endless'] as const

beforeAll(async () => {
  simulator = await startWebhookSimulator()
  const policy = networkPolicy([`127.0.0.1:${simulator.port}`])
  sendWith(openWebhookSender({ policy, timeoutMs: 1_500 }))
  const rows = KINDS.map((kind) => webhookOutlet(kind, `http://127.0.0.1:${simulator.port}/${kind}`))
  const inside = webhookOutlet('inside', 'http://127.0.0.1:1/metadata')
  stage = await openFollowStage(clock, [...rows, inside, webhookOutlet('mute', rows[0]!.address)], ['webhook'])
  ctx = stage.ctx
  for (const code of [...KINDS, 'inside']) await makeWebhookSecret(stage.system, { outletId: stage.idOf(code) })
})
afterAll(async () => {
  await stage.database.close()
  await simulator.close()
})

const rowsOf = (releaseId: Id<'release'>) =>
  deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)
const row = async (releaseId: Id<'release'>, code: string) =>
  (await rowsOf(releaseId)).find((one) => one.code === code)!
async function later(seconds: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
  await stage.work()
}

describe('one release to receivers of every kind', () => {
  let releaseId: Id<'release'>
  beforeAll(async () => {
    releaseId = await stage.release(await stage.approved())
  })

  test('each comes to what it said, and none stops another', async () => {
    const states = Object.fromEntries(
      (await rowsOf(releaseId)).map(({ code, state, reason }) => [code, [state, reason]]),
    )
    expect(states).toEqual({
      good: ['delivered', ''],
      endless: ['delivered', ''],
      refused: ['failed', 'http_422'],
      gone: ['failed', 'http_410'],
      moved: ['failed', 'http_308'],
      inside: ['failed', 'call_private_network'],
      mute: ['failed', 'webhook_no_secret'],
      throttled: ['due', 'http_429'],
      busy: ['due', 'http_503'],
      silent: ['due', 'call_timeout'],
      dies: ['due', 'call_cut_off'],
    })
  })

  test('what may be tried again is, until it is taken; the receiver has each once', async () => {
    await later(3_600)
    for (const code of ['throttled', 'busy', 'dies']) {
      expect(await row(releaseId, code)).toMatchObject({ state: 'delivered', attempts: 2 })
    }
    const kept = [...simulator.counts().values()].filter((one) => one.kept).map(({ path }) => path)
    expect(kept.toSorted()).toEqual(['/busy', '/dies', '/endless', '/good', '/silent', '/throttled'])
    const dies = simulator.counts().get((await row(releaseId, 'dies')).id)
    expect(dies).toMatchObject({ calls: 2, kept: true, type: 'release.published' })
  })

  test('gone pauses the outlet, and says why', async () => {
    const outlet = await outletById(ctx.db, stage.idOf('gone'))
    expect(outlet).toMatchObject({ pausedReason: 'webhook_gone' })
    expect(outlet?.pausedAt).not.toBeNull()
  })

  test('every attempt is kept with its status, its time and the begin of the answer', async () => {
    const { id } = await row(releaseId, 'busy')
    expect(await attemptsOf(ctx.db, id, 9)).toMatchObject([
      { status: 204, outcome: 'delivered', answer: '' },
      { status: 503, outcome: 'postponed', answer: 'bảo trì', reason: 'http_503' },
    ])
    const [endless] = await attemptsAt(ctx.db, stage.idOf('endless'), null, 1)
    expect(endless?.answer).toHaveLength(500)
    const [silent] = await attemptsAt(ctx.db, stage.idOf('silent'), null, 1)
    expect(silent).toMatchObject({ status: null, reason: 'call_timeout', event: 'release.published' })
    expect(await attemptsAt(ctx.db, stage.idOf('inside'), null, 9)).toMatchObject([{ reason: 'call_private_network' }])
  })

  test('a person has a row sent again, under the same id; what is not to be sent again is refused', async () => {
    const [good, refused, throttled] = [
      await row(releaseId, 'good'),
      await row(releaseId, 'refused'),
      await row(releaseId, 'silent'),
    ]
    for (const { id } of [good, refused]) {
      await redriveDelivery(stage.writer, { releaseId, deliveryId: id, reason: 'Họ mất dữ liệu' })
    }
    const waiting = redriveDelivery(stage.writer, { releaseId, deliveryId: throttled.id, reason: 'x' })
    await expect(waiting).rejects.toMatchObject({ code: 'release.not_redrivable' })
    await stage.work()
    expect(simulator.counts().get(good.id)).toMatchObject({ calls: 2, kept: true })
    expect(await row(releaseId, 'good')).toMatchObject({ state: 'delivered' })
    expect(await row(releaseId, 'refused')).toMatchObject({ state: 'failed' })
    const events = await eventsOfDelivery(ctx.db, good.id)
    expect(events.map(({ kind }) => kind)).toEqual(['delivered', 'redriven', 'delivered'])
  })

  test('a recall tells those who have it, or may have it, without its words', async () => {
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })
    await stage.work()
    const withdrawn = [...simulator.counts().values()].filter(({ type }) => type === 'release.withdrawn')
    expect(withdrawn.map(({ path }) => path).toSorted()).toContain('/good')
    await expect(
      redriveDelivery(stage.writer, { releaseId, deliveryId: (await row(releaseId, 'good')).id, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'release.is_cancelled' })
  })
})

describe('a secret', () => {
  test('signs beside a newer one for a week, or until a person ends it', async () => {
    const outletId = stage.idOf('good')
    const [first] = await signingSecrets(ctx, outletId)
    const second = await makeWebhookSecret(stage.system, { outletId })
    expect(await signingSecrets(ctx, outletId)).toEqual([second, first])
    const third = await makeWebhookSecret(stage.system, { outletId })
    await endOldWebhookSecrets(stage.system, { outletId })
    expect(await signingSecrets(ctx, outletId)).toEqual([third])
    await expect(endOldWebhookSecrets(stage.system, { outletId })).rejects.toMatchObject({
      code: 'webhook.no_old_secret',
    })
    const fourth = await makeWebhookSecret(stage.system, { outletId })
    clock.set(new Date(clock.now().getTime() + 8 * 86_400_000).toISOString())
    expect(await signingSecrets(ctx, outletId)).toEqual([fourth])
  })

  test('is made by those who answer for the outlet, and for webhooks alone', async () => {
    await expect(makeWebhookSecret(stage.commune, { outletId: stage.idOf('good') })).rejects.toMatchObject({
      code: 'access.role',
    })
  })
})
