import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SimulatedDevice } from './simulated-device.build.ts'
import { emergencyOf, MORNING_MS, partOf, PART_SECONDS, scheduleOf, Village, warningOf } from './village.build.ts'

const MINUTE = 60

function ready() {
  const village = new Village()
  return { village, device: village.addReadyDevice(), playId: randomUUID() }
}

/** Ends that the province knows of a play: `state reason`. */
function endsOf(village: Village, device: SimulatedDevice, id: string): string[] {
  expect(village.province.wrong).toEqual([])
  const own = village.province.endsOf(device.identity.deviceId).filter(({ playId }) => playId === id)
  return own.map(({ state, reason }) => `${state} ${reason}`.trim())
}

function secondsOf(village: Village, device: SimulatedDevice, id: string): number {
  return village.province.endsOf(device.identity.deviceId).find(({ playId }) => playId === id)?.seconds ?? -1
}

function begunOf(village: Village, { identity }: SimulatedDevice): (string | number)[][] {
  const log = village.province.logs.get(identity.deviceId) ?? []
  return log.flatMap(({ entry }) => (entry.kind === 'began' ? [[entry.playId, entry.part]] : []))
}

test('a speech sounds while it is spoken, whole and in its order; that it began is told at once, and how long it was in the end', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 3, false)
  expect(begunOf(village, device)).toEqual([[playId, 1]])
  expect(endsOf(village, device, playId)).toEqual([])
  village.speakParts(playId, 4, 5)
  village.pass(10)
  expect(endsOf(village, device, playId)).toEqual(['played'])
  expect(secondsOf(village, device, playId)).toBeCloseTo(5 * PART_SECONDS, 1)
  expect(device.heard).toHaveLength(1)
  expect(device.heard[0]?.spoken).toBe([1, 2, 3, 4, 5].map((part) => partOf(playId, part).audio).join(''))
})

test('it cuts what sounds, in quiet hours too; what was cut does not go on, what comes later plays', () => {
  const { village, device, playId } = ready()
  const { body, ids } = scheduleOf([{ at: 600, seconds: 300 }, { at: 1_200 }])
  village.send({ ...body, quiet: { from: '07:10', to: '07:15' } })
  village.pass(11 * MINUTE)
  expect(device.heard, 'it is quiet').toHaveLength(0)
  village.send({ ...body, version: 2 })
  village.pass(30)
  expect(device.heard).toHaveLength(1)
  village.send({ ...body, version: 3, quiet: { from: '07:05', to: '07:15' } })
  village.speakParts(playId, 1, 4)
  village.pass(30 * MINUTE)
  expect(endsOf(village, device, ids[0]!)).toEqual(['preempted takeover'])
  expect(endsOf(village, device, playId)).toEqual(['played'])
  expect(endsOf(village, device, ids[1]!)).toEqual(['played'])
})

test('only an emergency cuts it; it does not go on behind it', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 3, false)
  const warning = emergencyOf(20)
  village.send(warningOf(warning))
  village.speakParts(playId, 4, 20)
  expect(endsOf(village, device, playId)).toEqual(['preempted emergency'])
  expect(endsOf(village, device, warning.playId)).toEqual(['played'])
  expect(secondsOf(village, device, playId)).toBeLessThan(3 * PART_SECONDS)
  expect(device.heard).toHaveLength(2)
})

test('it waits while an emergency sounds, and begins behind it with what is spoken then', () => {
  const { village, device, playId } = ready()
  const warning = emergencyOf(10)
  village.send(warningOf(warning))
  village.pass(1)
  village.speakParts(playId, 1, 10)
  village.pass(10)
  expect(endsOf(village, device, warning.playId)).toEqual(['played'])
  expect(endsOf(village, device, playId)).toEqual(['partial came_late'])
  expect(Number(begunOf(village, device)[0]?.[1])).toBeGreaterThan(4)
})

test('a stop silences it, and a device that was told to be silent does not begin one', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 2, false)
  village.command(device, 'stop')
  village.speakParts(playId, 3, 5)
  const next = randomUUID()
  village.speakParts(next, 1, 3)
  village.command(device, 'resume')
  village.speakParts(next, 4, 6)
  village.pass(10)
  expect(endsOf(village, device, playId)).toEqual(['partial stopped'])
  expect(endsOf(village, device, next)).toEqual(['failed stopped'])
  expect(device.heard).toHaveLength(1)
})

test('a part that is lost is passed over and told', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 2, false)
  village.speakParts(playId, 5, 6)
  village.pass(10)
  expect(endsOf(village, device, playId)).toEqual(['partial parts_lost'])
  expect(secondsOf(village, device, playId)).toBeCloseTo(4 * PART_SECONDS, 1)
})

test('where nothing comes for fifteen seconds it is over, and does not begin again', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 2, false)
  device.disconnect()
  village.pass(14)
  village.connect(device)
  village.speakParts(playId, 8, 9, false)
  expect(endsOf(village, device, playId), 'it goes on').toEqual([])
  village.pass(20)
  expect(endsOf(village, device, playId)).toEqual(['partial silence'])
  village.speakParts(playId, 20, 22)
  village.pass(20)
  expect(endsOf(village, device, playId)).toEqual(['partial silence'])
  expect(secondsOf(village, device, playId)).toBeCloseTo(4 * PART_SECONDS, 1)
  expect(device.heard).toHaveLength(1)
})

test('what a line brings in heaps is heard one after the other, and nothing of it is lost', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 1, false)
  for (let part = 2; part <= 6; part += 1) village.speak(partOf(playId, part, { last: part === 6 }))
  village.pass(30)
  expect(endsOf(village, device, playId)).toEqual(['played'])
  expect(secondsOf(village, device, playId)).toBeCloseTo(6 * PART_SECONDS, 1)
})

test('the province takes a speech back at once, also what has come and not sounded', () => {
  const { village, device, playId } = ready()
  for (let part = 1; part <= 4; part += 1) village.speak(partOf(playId, part))
  village.pass(3)
  village.speak({ kind: 'live', playId, part: 5, last: true, cut: true, seconds: 0, audio: '' })
  village.pass(1)
  expect(endsOf(village, device, playId)).toEqual(['partial cut_by_province'])
  expect(secondsOf(village, device, playId)).toBeLessThan(3)
  expect(device.heard[0]!.untilMs - MORNING_MS).toBeLessThan(10_000)
})

test('over a loss of power it ends in part with the seconds that are known, and does not begin again', () => {
  const { village, device, playId } = ready()
  village.speakParts(playId, 1, 6, false)
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.pass(2)
  village.speakParts(playId, 8, 12)
  village.pass(20)
  expect(endsOf(village, device, playId)).toEqual(['partial power_lost'])
  expect(secondsOf(village, device, playId)).toBeGreaterThan(3)
  expect(device.heard).toHaveLength(1)
})

test('who does not know the time refuses it, for it cannot tell whether it was kept by somebody', () => {
  const { village, device, playId } = ready()
  device.powerOff()
  device.rtcOffMs = null
  device.powerOn()
  device.receive(village.speak(partOf(playId, 1)))
  village.connect(device)
  village.pass(5)
  expect(device.heard).toEqual([])
  expect(village.province.refusalsOf(device.identity.deviceId)).toEqual(['live: no_time'])
  village.speakParts(playId, 2, 3)
  village.pass(10)
  expect(endsOf(village, device, playId)).toEqual(['partial came_late'])
})

test('a full disk does not silence it', () => {
  const { village, device, playId } = ready()
  device.disk.isFull = true
  village.speakParts(playId, 1, 3)
  village.pass(10)
  device.disk.isFull = false
  village.pass(120)
  expect(endsOf(village, device, playId)).toEqual(['played'])
})

test('a second speech takes the place of one that was not ended', () => {
  const { village, device, playId } = ready()
  const next = randomUUID()
  village.speakParts(playId, 1, 2, false)
  village.speakParts(next, 1, 2)
  village.speakParts(playId, 3, 4)
  village.pass(10)
  expect(endsOf(village, device, playId)).toEqual(['preempted takeover'])
  expect(endsOf(village, device, next)).toEqual(['played'])
})
