/** The ledger on the embedded database: previewing and planning 85,000 rows, and claim → outcome to a channel that does nothing. */
import { sql } from 'kysely'
import { countsOf, ledgerWork, sendWith } from '../src/core/release/index.ts'
import { planDeliveries, previewDeliveries } from '../src/core/release/plan.store.ts'
import { milliseconds, openLedgerStage } from './ledger-stage.ts'

const OUTLETS = 85_000
const BATCH = 1_000
const PREVIEW_LIMIT_MS = 500
const PLAN_LIMIT_MS = 3_000
/** Rows a second that are asked for on two cores with nothing else running. */
const RATE_GOAL = 10_000

const stage = await openLedgerStage()
try {
  const { ctx } = stage
  await stage.addOutlets('portal', OUTLETS)
  await sql`analyze`.execute(ctx.db)
  const way = { ...stage.way, channel: 'portal' }
  const reach = { channels: ['portal' as const], places: [], day: '2026-11-24' }
  const now = new Date('2026-11-24T02:00:00Z')

  let preview = Infinity
  for (let round = 0; round < 3; round += 1) {
    preview = Math.min(preview, await milliseconds(() => previewDeliveries(ctx.db, reach, [way], now)))
  }
  console.log(`preview of ${OUTLETS} rows: ${preview.toFixed(0)} ms (limit ${PREVIEW_LIMIT_MS})`)

  for (const workers of [1, 2, 4]) {
    const release = await stage.addRelease('portal', now)
    const planned = await milliseconds(() => planDeliveries(ctx.db, release, [way], now))
    console.log(`planning ${OUTLETS} rows: ${planned.toFixed(0)} ms (limit ${PLAN_LIMIT_MS})`)
    if (planned > PLAN_LIMIT_MS || preview > PREVIEW_LIMIT_MS) process.exitCode = 1
    sendWith({
      channel: 'portal',
      withdraws: true,
      repeatable: true,
      batch: BATCH,
      send: async (_ctx, rows) => rows.map(() => ({ kind: 'delivered' })),
    })
    const clock = { now: () => new Date(now.getTime() + 3_600_000) }
    const sending = ledgerWork().find(({ name }) => name === 'portal:1')
    const worked = await milliseconds(() =>
      Promise.all(
        Array.from({ length: workers }, async () => {
          while (sending && (await sending.run({ ...ctx, clock })) > 0);
        }),
      ),
    )
    const { delivered } = await countsOf(ctx.db, release.id)
    const rate = Math.round(delivered / (worked / 1_000))
    console.log(`${workers} at once: ${delivered} delivered, ${rate} rows a second (goal ${RATE_GOAL})`)
    if (delivered !== OUTLETS) process.exitCode = 1
  }
} finally {
  await stage.close()
}
