import { randomFrom } from '../random.ts'
import { rage, type Chaos, type Killed } from './chaos.ts'
import { endInPeace, type Ended } from './end-in-peace.ts'
import { openStage } from './stage.ts'

export type KillsRun = Killed & Ended

const WORKERS = 3

/** Programs that are killed for real, and then are not any more; judged by what the receiver has in its journal. */
export async function runKills(seed: number, chaos: Chaos): Promise<KillsRun> {
  const random = randomFrom(seed)
  const stage = await openStage({ seed, workers: WORKERS })
  const programs = [stage.receiver, stage.office, ...stage.workers]
  try {
    for (const program of programs) {
      if (!(await program.start())) throw new Error(`${program.name} did not start: ${program.lastWords}`)
    }
    const killed = await rage(stage, random, chaos)
    chaos.say('  nothing is killed any more')
    return { ...killed, ...(await endInPeace(stage, killed.offsetMs)) }
  } finally {
    for (const program of programs) await program.stop()
    await stage.close()
  }
}
