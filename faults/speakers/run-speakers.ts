import { judge, STATES, type HubState, type Planned } from '../../src/speaker/judge.build.ts'
import type { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'
import { emergencyOf, MORNING_MS, scheduleOf, Village, type WishedPlay } from '../../src/speaker/village.build.ts'
import { randomFrom, type Random } from '../random.ts'
import { badLines, Blows, HOUR } from './blows.ts'

export interface SpeakersRun {
  readonly devices: number
  /** Plays × devices. */
  readonly planned: number
  readonly states: Readonly<Record<HubState, number>>
  readonly powerLosses: number
  readonly lostLines: number
  readonly clockJumps: number
  readonly entries: number
  /** What must never be. */
  readonly wrong: readonly string[]
}

const DEVICES_A_STATION = 20
/** Seconds after seven in the morning at which slots begin. */
const SLOTS = [4.5 * HOUR, 10 * HOUR, 22 * HOUR]

/**
 * Days of a province's devices in minutes: their power goes, also between two writes, their lines and the broker break, their
 * clocks jump and have no battery. Each is the agent that runs on a pole; only wires, disk and loudspeaker are played.
 */
export function runSpeakers(seed: number, devices: number, hours: number, say: (line: string) => void): SpeakersRun {
  const states = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<HubState, number> // one number for each
  const sum = { devices: 0, planned: 0, powerLosses: 0, lostLines: 0, clockJumps: 0, entries: 0 }
  const wrong: string[] = []
  for (let station = 0; sum.devices < devices; station += 1) {
    const story = new Story(
      randomFrom(seed + station * 7_919),
      Math.min(DEVICES_A_STATION, devices - sum.devices),
      hours,
    )
    story.tell()
    const { village, planned, counts, atTheEnd } = story
    for (const device of village.devices) {
      const judged = judge(device, village.province, planned)
      for (const state of judged.states) states[state] += 1
      wrong.push(...judged.wrong)
      const silent = planned.filter(
        ({ broadcast }, at) => judged.states[at] === 'offline' && broadcast.class !== 'emergency',
      )
      if (atTheEnd.has(device) && silent.length > 0)
        wrong.push(`${silent.length} plays of a device that is there have no end`)
      sum.entries += village.province.logs.get(device.identity.deviceId)?.length ?? 0
    }
    wrong.push(...village.province.wrong)
    sum.devices += village.devices.length
    sum.planned += planned.length * village.devices.length
    sum.powerLosses += counts.powerLosses
    sum.lostLines += counts.lostLines
    sum.clockJumps += counts.clockJumps
    if (station % 10 === 9) say(`${sum.devices} devices, ${sum.planned} plays, ${wrong.length} wrong`)
  }
  return { ...sum, states, wrong }
}

/** One station over some days. */
class Story {
  readonly village: Village
  readonly planned: Planned[] = []
  /** Those that are on and connected when it ends. */
  readonly atTheEnd = new Set<SimulatedDevice>()
  readonly #random: Random
  readonly #hours: number
  readonly #blows: Blows
  #brokerIsUp = true

  constructor(random: Random, devices: number, hours: number) {
    this.#random = random
    this.#hours = hours
    this.village = new Village(badLines(random))
    const untilMs = MORNING_MS + hours * HOUR * 1_000
    this.#blows = new Blows(random, this.village.time, untilMs, (device) => this.#connect(device))
    for (let count = 0; count < devices; count += 1) this.#blows.hangUp(this.village.addDevice())
  }

  get counts(): Blows['counts'] {
    return this.#blows.counts
  }

  tell(): void {
    this.#programme()
    this.#brokerGoes()
    for (const device of this.village.devices) this.#blows.strike(device)
    this.village.pass(this.#hours * HOUR)
    this.#brokerIsUp = true
    // Some never come back: of what they did not tell nobody will know more than that.
    for (const device of this.village.devices) if (this.#random.chance(0.9)) this.atTheEnd.add(device)
    for (const device of this.atTheEnd) this.#blows.wake(device)
    this.village.pass(2 * HOUR)
  }

  #programme(): void {
    const plays: WishedPlay[] = []
    for (let day = 0; day < this.#hours / 24; day += 1) {
      for (const slot of SLOTS) {
        let at = day * 24 * HOUR + slot
        for (let count = 3 + this.#random.below(3); count > 0; count -= 1) {
          const seconds = 20 + this.#random.below(200)
          plays.push({ at, seconds, class: this.#random.chance(0.2) ? 'priority' : 'ordinary', ord: count })
          at += this.#random.chance(0.5) ? seconds : 30
        }
      }
    }
    const { body, ids, broadcasts } = scheduleOf(plays.filter(({ at }) => at < (this.#hours - 1) * HOUR))
    body.plays.forEach(({ at }, index) => {
      const broadcast = broadcasts[index]
      if (broadcast) this.planned.push({ id: ids[index] ?? '', atMs: Date.parse(at), broadcast })
    })
    this.village.send(body)
    let version = 1
    this.#blows.every(6 * HOUR, () => this.village.send({ ...body, version: (version += 1) }))
    this.#blows.every(30 * HOUR, () => {
      const emergency = emergencyOf(20 + this.#random.below(60), this.village.time.nowMs + 6 * HOUR * 1_000)
      this.planned.push({ id: emergency.playId, atMs: this.village.time.nowMs, broadcast: emergency.broadcast })
      this.village.warn(emergency)
    })
  }

  #brokerGoes(): void {
    this.#blows.every(20 * HOUR, () => {
      this.#brokerIsUp = false
      for (const device of this.village.devices) device.disconnect()
      this.#blows.later(1 + this.#random.below(2 * HOUR), () => {
        this.#brokerIsUp = true
        for (const device of this.village.devices)
          this.#blows.later(this.#random.below(90), () => this.#connect(device))
      })
    })
  }

  #connect(device: SimulatedDevice): void {
    if (this.#brokerIsUp) this.village.connect(device)
  }
}

/** The run in one sentence. */
export function speakersLine({
  devices,
  planned,
  states,
  powerLosses,
  lostLines,
  clockJumps,
  entries,
  wrong,
}: SpeakersRun): string {
  const sum = STATES.map((state) => `${states[state]} ${state}`).join(' + ')
  const blows = `${powerLosses} losses of power, ${lostLines} of lines, ${clockJumps} jumps of clocks`
  return `${devices} devices, ${blows}: ${planned} plays = ${sum}; ${entries} entries of logs verified, ${wrong.length} wrong`
}
