/**
 * `npm run faults`: workers that die at every fault point, chosen and by chance; then programs that are killed for real,
 * wires that are cut and clocks that jump. What came of it is counted at the receiving side. A seed plays the same again.
 */
import { parseArgs } from 'node:util'
import { runDeaths } from './deaths/run-deaths.ts'
import { runKills } from './kills/run-kills.ts'
import { isGood, together, verdictLine } from './verdict.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    deaths: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '500' },
  },
})
const [seed, deaths, kills] = [Number(values.seed), Number(values.deaths), Number(values.kills)]
const say = (line: string) => console.log(line)
const began = Date.now()

say(`seed ${seed}: ${deaths} deaths, ${kills} kills`)
const died = deaths > 0 ? await runDeaths(seed, deaths, say) : null
if (died)
  say(`${died.deaths} deaths: ${verdictLine(died.verdict)}; counters and record ${died.whole ? 'whole' : 'BROKEN'}`)
const killed =
  kills > 0 ? await runKills(seed, { kills, databaseKills: Math.ceil(kills / 20), sleepers: 2, say }) : null
if (killed) {
  const each = Object.entries(killed.kills).map(([what, times]) => `${what} ${times}`)
  say(
    `killed: ${each.join(', ')}; wires cut ${killed.cuts}, clocks turned ${killed.jumps}, slept through a claim ${killed.slept}`,
  )
  say(`${verdictLine(killed.verdict)}; counters and record ${killed.whole ? 'whole' : 'BROKEN'}`)
}
const ran = [died, killed].filter((one) => one !== null)
const all = ran.map(({ verdict }) => verdict).reduce(together)
say(`${((Date.now() - began) / 60_000).toFixed(1)} minutes: ${verdictLine(all)}`)
for (const wrong of all.wrong.slice(0, 20)) say(`  ${wrong}`)
process.exitCode = isGood(all) && ran.every(({ whole }) => whole) ? 0 : 1
