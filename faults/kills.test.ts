import { expect, test } from 'vitest'
import { runKills } from './kills/run-kills.ts'
import { isGood, verdictLine } from './verdict.ts'

/** A few of each: `npm run faults` does hundreds, and puts workers to sleep past their claims besides. */
const KILLS = 8

test(
  'workers, receiver, office and database are killed for real, wires cut, clocks turned: nothing is lost or doubled',
  {
    timeout: 300_000,
  },
  async () => {
    const said: string[] = []
    const run = await runKills(1, { kills: KILLS, databaseKills: 2, sleepers: 0, say: (line) => said.push(line) })
    expect(run.verdict.wrong, verdictLine(run.verdict)).toEqual([])
    expect(isGood(run.verdict), verdictLine(run.verdict)).toBe(true)
    expect(run.whole).toBe(true)
    expect(Object.values(run.kills).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(KILLS)
  },
)
