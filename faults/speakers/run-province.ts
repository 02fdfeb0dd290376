import { addDays, dayAt } from '../../src/core/kernel/index.ts'
import { choosePlay, playsOfDay, setSilentHours, skipPlay } from '../../src/core/programme/index.ts'
import { STATES, type HubState } from '../../src/speaker/judge.build.ts'
import { MORNING_MS } from '../../src/speaker/village.build.ts'
import type { TestDatabase } from '../../src/testing/index.ts'
import { randomFrom, type Random } from '../random.ts'
import { badLines, Blows, HOUR } from './blows.ts'
import { RealProvince } from './real-province.ts'
import { verifyEnds, type Ends } from './verify-ends.ts'

export interface ProvinceRun extends Ends {
  readonly devices: number
  readonly blows: Blows['counts']
  readonly hubDeaths: number
  readonly warnings: number
}

const SILENT_HOURS = 6
/** A commune looks at what waits for it so often. */
const CHOOSES_EVERY = 8 * HOUR

/**
 * Days of a province's devices over the real hub, programme and ledger: power, lines and clocks go as they do in
 * `runSpeakers`, and the hub with its broker dies and is started anew. Communes choose, warnings go out.
 */
export async function runProvince(
  seed: number,
  devices: number,
  hours: number,
  say: (line: string) => void,
  database?: TestDatabase,
): Promise<ProvinceRun> {
  const random = randomFrom(seed)
  // Who waits for a database draws in another order each time: each has a chance of its own.
  const province = await RealProvince.open(devices, badLines(randomFrom(seed + 1)), database)
  const choices = randomFrom(seed + 2)
  const { stage, time } = province
  const blows = new Blows(random, time, MORNING_MS + hours * HOUR * 1_000, (device) => province.connect(device))
  for (const device of province.devices) {
    blows.hangUp(device)
    blows.strike(device)
  }
  const acts: (() => Promise<void>)[] = []
  const counts = { hubDeaths: 0, warnings: 0 }
  blows.every(20 * HOUR, () => {
    acts.push(async () => {
      counts.hubDeaths += 1
      await province.endHub()
      await province.pass(1 + random.below(2 * HOUR))
      await province.startHub()
      for (const device of province.devices) blows.later(random.below(90), () => province.connect(device))
    })
  })
  blows.every(20 * HOUR, () => {
    acts.push(async () => {
      counts.warnings += 1
      await stage.aired('emergency', { endsAt: new Date(time.nowMs + 6 * HOUR * 1_000) })
      await province.settled()
    })
  })
  blows.every(CHOOSES_EVERY, () => acts.push(() => choose(province, choices)))
  await setSilentHours(stage.system, { hours: SILENT_HOURS, seen: 0 })
  const endsAt = new Date(time.nowMs + (hours - 1) * HOUR * 1_000)
  for (const lane of ['priority', 'ordinary', 'ordinary'] as const) await stage.aired(lane, { endsAt })
  await province.settled()
  while (time.nowMs < MORNING_MS + hours * HOUR * 1_000) {
    await province.pass(600)
    for (const act of acts.splice(0)) await act()
    if (Math.round((time.nowMs - MORNING_MS) / 1_000) % (6 * HOUR) < 600) say(`${when(time.nowMs)} gone by`)
  }
  for (const device of province.devices) if (random.chance(0.9)) blows.wake(device)
  await province.pass(2 * HOUR)
  // Who is silent now stays so.
  for (const device of province.devices) device.powerOff()
  await province.pass((SILENT_HOURS + 1) * HOUR)
  await province.endHub()
  const ends = await verifyEnds(stage.ctx.db, province.devices)
  if (!database) await stage.database.close()
  return { ...ends, ...counts, devices: province.devices.length, blows: blows.counts }
}

/** Somebody in the commune goes through what waits: takes most, leaves some out, and overlooks the rest. */
async function choose({ stage, stations, time }: RealProvince, random: Random): Promise<void> {
  const { ctx, commune } = stage
  const today = dayAt(new Date(time.nowMs))
  for (const { id } of stations) {
    const plays = [...(await playsOfDay(ctx.db, id, today)), ...(await playsOfDay(ctx.db, id, addDays(today, 1)))]
    const waiting = plays.filter(({ state, plannedAt }) => state === 'offered' && plannedAt > ctx.clock.now())
    for (const { id: playId } of waiting) {
      if (random.chance(0.6)) await choosePlay(commune, { playId })
      else if (random.chance(0.3)) await skipPlay(commune, { playId, reason: 'Nhà có đám' })
    }
  }
}

function when(ms: number): string {
  return `${Math.round((ms - MORNING_MS) / 3_600_000)} hours`
}

/** The run in one sentence. */
export function provinceLine({
  devices,
  planned,
  states,
  blows,
  hubDeaths,
  warnings,
  entries,
  wrong,
}: ProvinceRun): string {
  const sum = STATES.map((state: HubState) => `${states[state]} ${state}`).join(' + ')
  const { powerLosses, lostLines, clockJumps } = blows
  const struck = `${powerLosses} losses of power, ${lostLines} of lines, ${clockJumps} jumps of clocks, ${hubDeaths} of the hub`
  return `over hub and ledger: ${devices} devices, ${struck}, ${warnings} warnings: ${planned} plays = ${sum}; ${entries} entries of logs verified, ${wrong.length} wrong`
}
