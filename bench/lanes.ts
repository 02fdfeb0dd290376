/**
 * From the moment a release is written to the first call of its channel, lane by lane, while a million ordinary rows
 * wait and are being sent; and the memory of the worker from ten thousand rows to a million. The rows of a list are
 * written out as they are for real, so that is measured, too.
 */
import { startLedger } from '../src/app/work-ledger.ts'
import { countsOf, sendWith, type Release } from '../src/core/release/index.ts'
import { planDeliveries } from '../src/core/release/plan.store.ts'
import { milliseconds, openLedgerStage, percentile } from './ledger-stage.ts'

const RECIPIENTS = Number(process.env['LOA_RECIPIENTS'] ?? 1_000_000)
const FEW_RECIPIENTS = 10_000
const TIMES = 40
const LIMITS_MS = { emergency: 250, priority: 1_000, ordinary: 1_000 } as const
const LANES = ['emergency', 'priority', 'ordinary'] as const

const stage = await openLedgerStage()
try {
  const { ctx, loa } = stage
  await stage.addOutlets('press', 20)
  await stage.addList('bulletin', FEW_RECIPIENTS)

  /** When the first row of a release reached its channel. */
  const firstCall = new Map<string, number>()
  const takes = (channel: 'press' | 'bulletin', batch: number) =>
    sendWith({
      channel,
      withdraws: false,
      repeatable: true,
      batch,
      async send(_ctx, rows) {
        for (const { releaseId } of rows) if (!firstCall.has(releaseId)) firstCall.set(releaseId, Date.now())
        // A gateway that takes its time with every batch.
        await new Promise((resolve) => setTimeout(resolve, 50))
        return rows.map(() => ({ kind: 'delivered' }))
      },
    })
  takes('press', 20)
  takes('bulletin', 1_000)

  const stop = await startLedger(ctx, (called) => loa.listen('loa_ledger', called))
  const few = await bulk()
  await until(async () => (await countsOf(ctx.db, few.id)).delivered >= FEW_RECIPIENTS)
  const before = settledMemory()
  await stage.addList('bulletin', RECIPIENTS - FEW_RECIPIENTS)
  const many = await bulk()
  const expanded = await milliseconds(() =>
    until(async () => Object.values(await countsOf(ctx.db, many.id)).reduce((sum, n) => sum + n, 0) >= RECIPIENTS),
  )
  console.log(
    `${RECIPIENTS} recipients written out in ${(expanded / 1_000).toFixed(1)} s, ${Math.round(RECIPIENTS / (expanded / 1_000))} a second`,
  )

  for (const lane of LANES) {
    const waits: number[] = []
    for (let time = 0; time < TIMES; time += 1) {
      const now = new Date()
      // Written in one transaction, as pressing does: it is seen when it is whole.
      const release = await ctx.db.transaction().execute(async (db) => {
        const made = await stage.addRelease('press', now, { lane }, db)
        await planDeliveries(db, made, [{ ...stage.way, channel: 'press' }], now)
        return made
      })
      const written = Date.now()
      await until(async () => firstCall.has(release.id))
      waits.push(Math.max(0, (firstCall.get(release.id) ?? 0) - written))
    }
    const [half, most] = [percentile(waits, 0.5), percentile(waits, 0.95)]
    console.log(`${lane}: first call after ${half} ms (p50), ${most} ms (p95; limit ${LIMITS_MS[lane]})`)
    if (most > LIMITS_MS[lane]) process.exitCode = 1
  }
  const { delivered } = await countsOf(ctx.db, many.id)
  console.log(`meanwhile ${delivered} of the ${RECIPIENTS} had been sent`)
  console.log(
    `memory of the worker: ${before} MiB after ${FEW_RECIPIENTS} rows, ${settledMemory()} MiB with ${RECIPIENTS}`,
  )
  await stop()

  /** A release to all lists, whose rows the worker writes out. */
  async function bulk(): Promise<Release> {
    const now = new Date()
    return ctx.db.transaction().execute(async (db) => {
      const release = await stage.addRelease('bulletin', now, {}, db)
      await planDeliveries(db, release, [{ ...stage.way, channel: 'bulletin' }], now)
      return release
    })
  }
} finally {
  await stage.close()
}

function settledMemory(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 2 ** 20)
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5))
}
