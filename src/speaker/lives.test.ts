import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from './judge.build.ts'
import type { SimulatedDevice } from './simulated-device.build.ts'
import { emergencyOf, MORNING_MS, partOf, PART_SECONDS, scheduleOf, Village } from './village.build.ts'

const HOURS = 6
const LAST_SECOND = HOURS * 3_600

const play = fc.record({
  at: fc.integer({ min: 60, max: LAST_SECOND }),
  seconds: fc.integer({ min: 5, max: 700 }),
  class: fc.constantFrom('ordinary' as const, 'priority' as const),
  ord: fc.integer({ min: 0, max: 3 }),
  untilMs: fc.oneof(
    { weight: 4, arbitrary: fc.constant(MORNING_MS + 8 * 86_400_000) },
    { weight: 1, arbitrary: fc.integer({ min: MORNING_MS, max: MORNING_MS + LAST_SECOND * 1_000 }) },
  ),
})
const blow = fc.record({
  at: fc.integer({ min: 6, max: LAST_SECOND }),
  what: fc.constantFrom('power', 'kill', 'line', 'clock', 'disk', 'emergency', 'live', 'again', 'stop'),
  /** How long it lasts, where it does. */
  seconds: fc.integer({ min: 1, max: 5_000 }),
  writes: fc.integer({ min: 0, max: 4 }),
  wallMs: fc.oneof(fc.integer({ min: -86_400_000, max: 86_400_000 }), fc.constant(-MORNING_MS)),
})
const life = fc.record({
  plays: fc.array(play, { minLength: 1, maxLength: 12 }),
  blows: fc.array(blow, { maxLength: 12 }),
  rtcOffMs: fc.constantFrom(null, 0, 3_600_000, -MORNING_MS),
  latencyMs: fc.integer({ min: 1, max: 3_000 }),
})
type Life = typeof life extends fc.Arbitrary<infer One> ? One : never

test('over any losses of power, deaths, broken lines, jumping clocks and full disks every due play ends once and never sounds twice', () => {
  fc.assert(
    fc.property(life, (one) => {
      const { village, device, planned } = live(one)
      const { states, wrong } = judge(device, village.province, planned)
      // A warning sounds though a full disk cannot hold that it did: the one thing that a loss of power may bring again.
      const isFull = one.blows.some(({ what }) => what === 'disk')
      const amiss = wrong.filter((words) => !(isFull && /^emergency .*: sounded twice/.test(words)))
      expect([...village.province.wrong, ...amiss]).toEqual([])
      // In the end it is on, connected, and knows the time: it has told of all it held. A broker keeps the newest warning
      // alone: one that came while the device was away and was followed by another never reached it.
      const silent = planned.filter(({ broadcast }, at) => states[at] === 'offline' && broadcast.class !== 'emergency')
      expect(silent).toEqual([])
    }),
    { numRuns: 60, endOnFailure: true },
  )
}, 120_000)

function live({ plays, blows, rtcOffMs, latencyMs }: Life) {
  const village = new Village({ latencyMs: () => latencyMs, fetchMs: () => 2_000 })
  const device = village.addReadyDevice()
  device.rtcOffMs = rtcOffMs
  village.pass(15)
  const { body, ids, broadcasts } = scheduleOf(plays)
  const planned = plays.map(({ at }, index) => ({
    id: ids[index] ?? '',
    atMs: MORNING_MS + at * 1_000,
    broadcast: broadcasts[index] as (typeof broadcasts)[number], // one for each
  }))
  village.send(body)
  village.pass(15)
  let version = 1
  for (const { at, what, seconds, writes, wallMs } of blows) {
    const after = (later: number, call: () => void) =>
      village.time.after(MORNING_MS + (at + later) * 1_000 - village.time.nowMs, call)
    const acts: Record<typeof what, () => void> = {
      power() {
        device.powerOff(writes)
        after(seconds, () => wake(village, device, wallMs))
      },
      kill: () => device.kill(),
      line() {
        device.disconnect()
        after(seconds, () => village.connect(device))
      },
      clock: () => void (device.wallOffMs += wallMs),
      disk() {
        device.disk.isFull = true
        after(seconds, () => void (device.disk.isFull = false))
      },
      emergency() {
        const emergency = emergencyOf(60)
        planned.push({ id: emergency.playId, atMs: village.time.nowMs, broadcast: emergency.broadcast })
        village.warn(emergency)
      },
      live() {
        const { playId, broadcast } = emergencyOf(60)
        planned.push({ id: playId, atMs: village.time.nowMs, broadcast })
        const count = Math.min(30, Math.ceil(seconds / PART_SECONDS))
        for (let part = 1; part <= count; part += 1)
          after((part - 1) * PART_SECONDS, () => village.speak(partOf(playId, part, { last: part === count })))
      },
      again: () => void village.send({ ...body, version: (version += 1) }),
      stop() {
        village.command(device, 'stop')
        after(seconds, () => village.command(device, 'resume'))
      },
    }
    after(0, acts[what])
  }
  village.time.runUntil(MORNING_MS + (LAST_SECOND + 6_000) * 1_000)
  device.disk.isFull = false
  wake(village, device, 0)
  village.pass(3_600)
  return { village, device, planned }
}

/** Whoever has died starts again; a wall clock without a battery then shows anything. */
function wake(village: Village, device: SimulatedDevice, wallMs: number): void {
  if (!device.isOn) device.wallOffMs = wallMs
  device.powerOn()
  village.connect(device)
}
