import { expect, test } from 'vitest'
import { MORNING_MS, scheduleOf, Village } from './village.build.ts'
import { VirtualTime } from './virtual-time.build.ts'

test('who has just come up and learns the time tells of no fault', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  expect(village.province.told.get(device.identity.deviceId)).toEqual([''])
})

test('who gets no answer tells that it does not know the time, and once it does no longer', () => {
  const time = new VirtualTime(MORNING_MS)
  let latencyMs = 4_000
  const village = new Village({ latencyMs: () => latencyMs, fetchMs: () => 1 }, time)
  const device = village.addDevice()
  device.rtcOffMs = null
  device.powerOn()
  village.connect(device)
  village.pass(20)
  latencyMs = 1
  village.pass(60)
  expect(village.province.told.get(device.identity.deviceId)).toEqual(['no_time', ''])
})

test('a fault that is over, and a schedule that is new, are told before the next heartbeat is due', () => {
  const village = new Village({ latencyMs: () => 1, fetchMs: () => 7_000 })
  const device = village.addReadyDevice()
  village.send(scheduleOf([{ at: 600 }]).body)
  village.pass(30)
  expect(village.province.told.get(device.identity.deviceId)).toEqual(['', 'audio_lacking', ''])
})
