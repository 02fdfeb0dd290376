/**
 * npm run faults: workers die in stories between any two statements and calls; then programs are killed for real, wires
 * cut, clocks turned, a disk filled; loudspeakers lose power, lines and their time for three days, alone and over hub and
 * ledger. Counted at the receiving side; ends with 1 when anything is lost or doubled.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { runDeaths } from './deaths/run-deaths.ts'
import { runFullDisk, whyNoDisk } from './kills/full-disk.ts'
import { runKills } from './kills/run-kills.ts'
import { withOwnDatabase } from './own-database.ts'
import { provinceLine, runProvince } from './speakers/run-province.ts'
import { runSpeakers, speakersLine } from './speakers/run-speakers.ts'
import { runWarning, warningLine } from './speakers/run-warning.ts'
import { isGood, NOTHING, together, verdictLine, type Verdict } from './verdict.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    deaths: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '500' },
    devices: { type: 'string', default: '1000' },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)

/** What one part came to, in numbers and in words. */
interface Part {
  readonly verdict: Verdict
  readonly whole: boolean
  readonly words: string
}

const PARTS: Readonly<Record<string, () => Promise<Part>>> = { deaths, kills, disk, speakers, province, warning }

if (values.only) {
  const part = await PARTS[values.only]?.()
  console.log(JSON.stringify(part ?? { verdict: NOTHING, whole: false, words: `no part ${values.only}` }))
  process.exit(0)
}
const began = Date.now()
console.log(`seed ${seed}; the same seed tells the same stories: npm run faults -- --seed ${seed}`)
// Side by side: the one waits for its database, the others for programs to start.
const parts = await Promise.all([
  inProcess('deaths'),
  inProcess('kills').then(async (one) => {
    const parts = [one]
    for (const name of ['disk', 'speakers', 'province', 'warning']) parts.push(await inProcess(name))
    return parts
  }),
])
const all = parts.flat()
const verdict = all.reduce((sum, part) => together(sum, part.verdict), NOTHING)
for (const { words } of all) console.log(words)
for (const wrong of verdict.wrong) console.log(`wrong: ${wrong}`)
console.log(`${verdictLine(verdict)}; ${((Date.now() - began) / 60_000).toFixed(1)} minutes, seed ${seed}`)
const good = isGood(verdict) && all.every(({ whole }) => whole)
if (!good) console.log('To look into one part alone: npm run faults -- --only deaths --seed …')
process.exitCode = good ? 0 : 1

async function deaths(): Promise<Part> {
  const { verdict: own, whole, deaths: count, swept } = await runDeaths(seed, Number(values.deaths), say)
  const points = [...swept].map(([piece, n]) => `${piece} ${n}`).join(', ')
  return { verdict: own, whole, words: `${count} deaths in process; every fault point was once the last of: ${points}` }
}

async function kills(): Promise<Part> {
  const wanted = Number(values.kills)
  const chaos = { kills: wanted, databaseKills: Math.ceil(wanted / 10), sleepers: wanted >= 100 ? 2 : 0, say }
  const { verdict: own, whole, kills: killed, cuts, jumps, slept } = await runKills(seed, chaos)
  const total = Object.values(killed).reduce((sum, n) => sum + n, 0)
  const each = Object.entries(killed)
    .map(([name, n]) => `${n} of the ${name}`)
    .join(', ')
  const words = `${total} kills -9 (${each}); ${cuts} cuts of wires, ${jumps} jumps of clocks, ${slept} workers asleep past their claims`
  return { verdict: own, whole, words }
}

async function disk(): Promise<Part> {
  const reason = whyNoDisk()
  if (reason) return { verdict: NOTHING, whole: true, words: `full disk: left out; ${reason}` }
  const { verdict: own, whole, full } = await runFullDisk(seed)
  return { verdict: own, whole, words: `a disk that was full ${full} times` }
}

async function speakers(): Promise<Part> {
  const run = runSpeakers(seed, Number(values.devices), 72, say)
  return { verdict: { ...NOTHING, wrong: run.wrong }, whole: run.wrong.length === 0, words: speakersLine(run) }
}

async function province(): Promise<Part> {
  const run = await withOwnDatabase((database) => runProvince(seed, Number(values.devices), 72, say, database))
  return { verdict: { ...NOTHING, wrong: run.wrong }, whole: run.wrong.length === 0, words: provinceLine(run) }
}

async function warning(): Promise<Part> {
  const run = await withOwnDatabase((database) => runWarning(seed, Number(values.devices), database))
  const all = [run.sounding, run.after.length, run.states.preempted].every((count) => count === run.devices)
  return { verdict: { ...NOTHING, wrong: run.wrong }, whole: all && run.wrong.length === 0, words: warningLine(run) }
}

function say(line: string): void {
  console.log(line)
}

/** Each part in a program of its own: what one registers is no matter of the other. */
async function inProcess(name: string): Promise<Part> {
  const args = [
    import.meta.filename,
    '--only',
    name,
    '--seed',
    String(seed),
    '--deaths',
    values.deaths,
    '--kills',
    values.kills,
    '--devices',
    values.devices,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (said + chunk.toString()).split('\n')
    said = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('{')) said = `${line}\n${said}`
      else console.log(`${name}: ${line.trim()}`)
    }
  })
  await once(child, 'exit')
  const last = said.split('\n').find((line) => line.startsWith('{'))
  return last
    ? (JSON.parse(last) as Part)
    : { verdict: NOTHING, whole: false, words: `${name} did not come to its end` }
}
