import { verifyAudit } from '../../src/core/audit/index.ts'
import { miscounted, mislaid } from '../ledger-rows.ts'
import { withOwnDatabase } from '../own-database.ts'
import { randomFrom } from '../random.ts'
import { NOTHING, together, verdictLine, type Verdict } from '../verdict.ts'
import { deathsBy, type Deaths } from './fates.ts'
import { PLOTS } from './plots.ts'
import { playStory } from './story.ts'
import { openWorld } from './world.ts'

/** Rounds of death in one story: until most of it has gone out. */
const ROUNDS = 100

export interface DeathsRun {
  readonly verdict: Verdict
  readonly deaths: number
  /** Whether the counters and the record of the ledger are as its rows. */
  readonly whole: boolean
  /** Pieces of work of which every fault point was once the last, with how many there were at most. */
  readonly swept: ReadonlyMap<string, number>
}

/** Stories one after the other on a database of their own, until so many lives have ended in them. */
export async function runDeaths(seed: number, wanted: number, say: (line: string) => void): Promise<DeathsRun> {
  return withOwnDatabase(async (database) => {
    const random = randomFrom(seed)
    const world = await openWorld(random, database)
    const deaths: Deaths = deathsBy(random, Infinity)
    let verdict = NOTHING
    for (let story = 0; deaths.count() < wanted; story += 1) {
      // Walks the list of plots; every one once before any comes again.
      const plot = PLOTS[story % PLOTS.length] as (typeof PLOTS)[number]
      const own = await playStory(world, plot, deaths, ROUNDS)
      for (const wrong of own.wrong) say(`  story ${story} of seed ${seed}, a release that ${plot.name}: ${wrong}`)
      verdict = together(verdict, own)
      if (story % 20 === 19) say(`  ${deaths.count()} deaths in ${story + 1} stories: ${verdictLine(verdict)}`)
    }
    const kept = (await miscounted(database.db)) + (await mislaid(database.db)) === 0
    const whole = kept && (await verifyAudit(database.db)).whole
    return { verdict, deaths: deaths.count(), whole, swept: deaths.swept() }
  })
}
