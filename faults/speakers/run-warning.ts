import { randomFrom } from '../random.ts'
import type { TestDatabase } from '../../src/testing/index.ts'
import { HOUR } from './blows.ts'
import { RealProvince } from './real-province.ts'
import { verifyEnds, type Ends } from './verify-ends.ts'

export interface WarningRun extends Ends {
  readonly devices: number
  /** Devices at which a notice sounded when the warning was pressed. */
  readonly sounding: number
  /** Seconds of the devices' time from the warning's first word to its sounding, one for each device where it sounded. */
  readonly after: readonly number[]
}

/** Four and a half hours after the morning a slot begins; half a minute later its notice sounds everywhere. */
const INTO_THE_SLOT = 4.5 * HOUR + 30

/** A warning is pressed while a notice sounds at every device of all stations, each of which then speaks at once. */
export async function runWarning(seed: number, count: number, database?: TestDatabase): Promise<WarningRun> {
  const random = randomFrom(seed)
  // Whose line breaks hears it later: that is the other run's matter.
  const province = await RealProvince.open(
    count,
    { latencyMs: () => 20 + random.below(800), fetchMs: () => 1_000 },
    database,
  )
  const { stage, time, devices } = province
  for (const device of devices) {
    device.powerOn()
    province.connect(device)
  }
  const [notice, warning] = [await stage.recorded(), await stage.recorded()]
  await stage.aired('priority', { messageId: notice, endsAt: new Date(time.nowMs + 5 * HOUR * 1_000) })
  await province.settled()
  await province.pass(INTO_THE_SLOT)
  const sounding = devices.filter(({ heard }) => (heard.at(-1)?.untilMs ?? 0) > time.nowMs).length
  await stage.aired('emergency', { messageId: warning, endsAt: new Date(time.nowMs + HOUR * 1_000) })
  const pressedMs = time.nowMs
  await province.settled()
  await province.pass(600)
  const after = devices.flatMap(({ heard }) => {
    const last = heard.at(-1)
    return last && last.fromMs >= pressedMs ? [(last.fromMs - pressedMs) / 1_000] : []
  })
  for (const device of devices) device.powerOff()
  await province.pass(50 * HOUR)
  await province.endHub()
  const ends = await verifyEnds(stage.ctx.db, devices)
  if (!database) await stage.database.close()
  return { ...ends, devices: devices.length, sounding, after: after.toSorted((one, other) => one - other) }
}

/** The run in one sentence. */
export function warningLine({ devices, sounding, after, states, wrong }: WarningRun): string {
  const [half, last] = [after[Math.floor(after.length / 2)], after.at(-1)]
  const heard = `heard by ${after.length}, by half of them after ${half} s, by the last after ${last} s`
  return `a warning at ${devices} devices while a notice sounded at ${sounding}: ${heard}; ${states.preempted} cut, ${states.played} played to their end, ${wrong.length} wrong`
}
