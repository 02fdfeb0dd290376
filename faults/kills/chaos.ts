import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Program } from './program.ts'
import type { Wire } from './proxy.ts'
import type { Stage } from './stage.ts'

/** How a run of kills is made up. */
export interface Chaos {
  readonly kills: number
  /** Kills of the database among them, at most. */
  readonly databaseKills: number
  /** Workers that are stopped for longer than their claims hold, and then go on as if nothing had been. */
  readonly sleepers: number
  readonly say: (line: string) => void
}

export interface Killed {
  readonly kills: Readonly<Record<'worker' | 'receiver' | 'office' | 'database', number>>
  readonly cuts: number
  readonly jumps: number
  readonly slept: number
  /** By how many milliseconds the clocks are wrong at the end. */
  readonly offsetMs: number
}

const SLEEP_MS = 75_000
const HOUR_MS = 3_600_000

/** Kills everything again and again, each at its own pace, cuts wires and turns clocks, until so many kills are done. */
export async function rage(stage: Stage, random: Random, chaos: Chaos): Promise<Killed> {
  const state = { kills: { worker: 0, receiver: 0, office: 0, database: 0 }, cuts: 0, jumps: 0, slept: 0, offsetMs: 0 }
  const total = () => Object.values(state.kills).reduce((sum, n) => sum + n, 0)
  let failed: unknown = null
  const over = () => failed !== null || total() >= chaos.kills
  const kill = async (name: 'worker' | 'receiver' | 'office', program: Program, longestMs: number) => {
    while (!over()) {
      await wait(random.below(longestMs))
      if (over()) return
      await program.kill()
      state.kills[name] += 1
      if (total() % 50 === 0) chaos.say(`  ${total()} kills, ${state.cuts} cuts, ${state.jumps} jumps of clocks`)
      // What it needs may be dead itself this moment: it is started until it works.
      while (!(await program.start())) await wait(200)
    }
  }
  const killDatabase = async () => {
    while (!over() && state.kills.database < chaos.databaseKills) {
      await wait(2_000 + random.below(8_000))
      if (over()) return
      stage.toDatabase.leadTo(await stage.database.killAndStart())
      state.kills.database += 1
    }
  }
  const cutWires = async () => {
    while (!over()) {
      await wait(random.below(3_000))
      cutOne(random.pick([stage.toDatabase, stage.toReceiver]), random)
      state.cuts += 1
    }
  }
  const turnClocks = async () => {
    while (!over()) {
      await wait(5_000 + random.below(15_000))
      if (over()) return
      state.offsetMs = random.pick([-3, -1, 0, 1, 2, 5]) * HOUR_MS
      await writeFile(stage.clockFile, String(state.offsetMs))
      state.jumps += 1
    }
  }
  const sleep = async () => {
    for (let sleeper = 0; sleeper < chaos.sleepers && !over(); sleeper += 1) {
      await sleepOnce(stage)
      state.slept += 1
    }
  }
  const [sleeper, ...killed] = stage.workers
  const all = [
    ...(chaos.sleepers > 0 ? killed : [sleeper, ...killed]).flatMap((worker) =>
      worker ? [kill('worker', worker, 2_500)] : [],
    ),
    kill('receiver', stage.receiver, 4_000),
    kill('office', stage.office, 8_000),
    killDatabase(),
    cutWires(),
    turnClocks(),
    sleep(),
  ]
  await Promise.all(all.map((one) => one.catch((thrown: unknown) => (failed = thrown))))
  if (failed) throw failed
  return state
}

function cutOne(wire: Wire, random: Random): void {
  random.pick([
    () => wire.cut(),
    () => wire.stall(200 + random.below(4_000)),
    () => wire.refuse(200 + random.below(1_500)),
    () => wire.cutAfter(random.below(2_000)),
  ])()
}

/** The first worker is never killed, but held asleep in the midst of whatever it does until its claims have lapsed. */
async function sleepOnce({ workers: [worker] }: Stage): Promise<void> {
  await wait(1_000)
  worker?.signal('SIGSTOP')
  await wait(SLEEP_MS)
  worker?.signal('SIGCONT')
}
