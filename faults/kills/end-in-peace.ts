import { writeFile } from 'node:fs/promises'
import { verifyAudit } from '../../src/core/audit/index.ts'
import type { Db } from '../../src/core/kernel/index.ts'
import { ledgerRows, miscounted } from '../ledger-rows.ts'
import { isRepeatable } from '../province.ts'
import { judge, type Verdict } from '../verdict.ts'
import { allReleases, finish } from './finish.ts'
import type { Stage } from './stage.ts'

export interface Ended {
  readonly verdict: Verdict
  /** Whether the counters and the record of the ledger are as its rows. */
  readonly whole: boolean
}

const RESTS_AT_MOST_MS = 120_000

/**
 * What workers have in hand they finish; then all clocks go on over the claims of the dead, and new workers bring the
 * rest to its end. Judged by what the receiver has in its journal. `offsetMs`: by how much the clocks are wrong now.
 */
export async function endInPeace(stage: Stage, offsetMs: number): Promise<Ended> {
  await stage.office.stop()
  for (const worker of stage.workers) await worker.stop()
  await stage.receiver.stop()
  await stage.receiver.start()
  const { office, db, close } = await stage.people()
  const offset = await overDeadClaims(db, offsetMs)
  await writeFile(stage.clockFile, String(offset))
  for (const worker of stage.workers) await worker.start()
  let counted = await stage.counted()
  const look = setInterval(() => void stage.counted().then((now) => (counted = now)), 1_000)
  const arrived = (id: string) => counted.has(id)
  await finish({ office, clockFile: stage.clockFile, arrived, offsetMs: offset }, RESTS_AT_MOST_MS)
  clearInterval(look)
  counted = await stage.counted()
  const rows = await ledgerRows(db, await allReleases(db))
  const verdict = judge(rows, counted.taken, isRepeatable, (row) => row.stopped !== 'over')
  const whole = (await miscounted(db)) === 0 && (await verifyAudit(db)).whole
  await close()
  return { verdict, whole }
}

/** Nobody works now: what is still claimed was by workers that are dead. */
async function overDeadClaims(db: Db, offsetMs: number): Promise<number> {
  const { last } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.max('leaseUntil').as('last'))
    .where('state', '=', 'claimed')
    .executeTakeFirstOrThrow()
  return last ? Math.max(offsetMs, last.getTime() - Date.now() + 1_000) : offsetMs
}
