import { writeFile } from 'node:fs/promises'
import { verifyAudit } from '../../src/core/audit/index.ts'
import { ledgerRows, miscounted } from '../ledger-rows.ts'
import { isRepeatable } from '../province.ts'
import { randomFrom } from '../random.ts'
import { judge, type Verdict } from '../verdict.ts'
import { rage, type Chaos, type Killed } from './chaos.ts'
import { allReleases, finish } from './finish.ts'
import { openStage, type Stage } from './stage.ts'

export interface KillsRun extends Killed {
  readonly verdict: Verdict
  /** Whether the counters and the record of the ledger are as its rows. */
  readonly whole: boolean
}

const WORKERS = 3
const FINISHES_WITHIN_MS = 240_000

/** Programs that are killed for real, and then are not any more; judged by what the receiver has in its journal. */
export async function runKills(seed: number, chaos: Chaos): Promise<KillsRun> {
  const random = randomFrom(seed)
  const stage = await openStage(seed, WORKERS)
  const programs = [stage.receiver, stage.office, ...stage.workers]
  try {
    for (const program of programs) {
      if (!(await program.start())) throw new Error(`${program.name} did not start: ${program.lastWords}`)
    }
    const killed = await rage(stage, random, chaos)
    chaos.say('  nothing is killed any more')
    return { ...killed, ...(await inPeace(stage, killed.offsetMs)) }
  } finally {
    for (const program of programs) await program.stop()
    await stage.close()
  }
}

/** What workers have in hand they finish; new ones bring the rest to its end. */
async function inPeace(stage: Stage, offsetMs: number): Promise<Pick<KillsRun, 'verdict' | 'whole'>> {
  await stage.office.stop()
  for (const worker of stage.workers) await worker.stop()
  await writeFile(stage.clockFile, String(offsetMs))
  await stage.receiver.start()
  for (const worker of stage.workers) await worker.start()
  const { office, db, close } = await stage.people()
  let counted = await stage.counted()
  const arrived = (id: string) => counted.has(id)
  const look = setInterval(() => void stage.counted().then((now) => (counted = now)), 1_000)
  await finish({ office, clockFile: stage.clockFile, arrived, offsetMs }, FINISHES_WITHIN_MS)
  clearInterval(look)
  counted = await stage.counted()
  const rows = await ledgerRows(db, await allReleases(db))
  const verdict = judge(rows, counted.taken, isRepeatable, (row) => row.stopped !== 'over')
  const whole = (await miscounted(db)) === 0 && (await verifyAudit(db)).whole
  await close()
  return { verdict, whole }
}
