import { expect, test } from 'vitest'
import type { SimulatedDevice } from './simulated-device.build.ts'
import { emergencyOf, MORNING_MS, scheduleOf, Village, warningOf } from './village.build.ts'

const MINUTE = 60

/** Ends as the province knows them, by the plays that were asked for: `state reason`. */
function ends(village: Village, device: SimulatedDevice, ids: readonly string[]): string[] {
  const all = village.province.endsOf(device.identity.deviceId)
  expect(village.province.wrong).toEqual([])
  return ids.map((id) =>
    all
      .filter(({ playId }) => playId === id)
      .map(({ state, reason }) => `${state} ${reason}`.trim())
      .join(', '),
  )
}

function begins({ heard }: SimulatedDevice): number[] {
  return heard.map(({ fromMs }) => Math.round((fromMs - MORNING_MS) / 1_000))
}

test('what is planned plays at its moment, and the province hears of it under the signature of the device', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 10 * MINUTE }, { at: 20 * MINUTE, seconds: 90 }])
  village.send(body)
  village.pass(30 * MINUTE)
  expect(ends(village, device, ids)).toEqual(['played', 'played'])
  expect(begins(device)).toEqual([10 * MINUTE, 20 * MINUTE])
  expect(device.heard.every(({ whole, volume }) => whole && volume === 80)).toBe(true)
})

test('what comes due while another sounds waits for it; after ten minutes it is too late', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([
    { at: 600, seconds: 900 },
    { at: 601, ord: 1 },
    { at: 1_000, ord: 2 },
  ])
  village.send(body)
  village.pass(3_600)
  expect(ends(village, device, ids)).toEqual(['played', 'failed late', 'played'])
  expect(begins(device)).toEqual([600, 1_500])
})

test('of one minute priority goes first, even when its own second is still to come', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600 }, { at: 600, ord: 1 }, { at: 630, class: 'priority' }])
  village.send(body)
  village.pass(3_600)
  expect(ends(village, device, ids)).toEqual(['played', 'played', 'played'])
  expect(device.heard.map(({ playId }) => ids.indexOf(playId))).toEqual([2, 0, 1])
  expect(begins(device)).toEqual([630, 690, 750])
})

test('an emergency cuts what sounds, quiet hours or not; what was cut is told with its seconds and does not go on', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600, seconds: 300 }, { at: 610 }], { quiet: { from: '07:20', to: '09:00' } })
  village.send(body)
  village.pass(660 - 5)
  const emergency = emergencyOf()
  village.warn(emergency)
  village.pass(3_600)
  expect(ends(village, device, [...ids, emergency.playId])).toEqual(['preempted emergency', 'played', 'played'])
  expect(device.heard.map(({ untilMs, fromMs }) => Math.round((untilMs - fromMs) / 1_000))).toEqual([60, 30, 60])
  expect(village.province.endsOf(device.identity.deviceId)[0]).toMatchObject({ seconds: expect.closeTo(60, 0) })
})

test('an emergency does not cut another, and is not played twice though the broker keeps it', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const [first, second] = [emergencyOf(60), emergencyOf(30)]
  village.warn(first)
  village.pass(10)
  village.warn(second)
  village.pass(120)
  device.disconnect()
  device.kill()
  village.connect(device)
  village.pass(120)
  expect(ends(village, device, [first.playId, second.playId])).toEqual(['played', 'played'])
  expect(device.heard).toHaveLength(2)
})

test('who was away hears every warning that still holds, in its order; what was taken back before it began sounds nowhere', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  device.disconnect()
  const [flood, dyke, wrong, over] = [
    emergencyOf(60),
    emergencyOf(30),
    emergencyOf(30),
    emergencyOf(30, MORNING_MS + 200_000),
  ]
  for (const one of [over, flood, dyke, wrong]) village.warn(one)
  village.pass(600)
  village.connect(device)
  village.pass(10)
  village.send(warningOf(flood, dyke))
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.pass(600)
  expect(
    ends(
      village,
      device,
      [flood, dyke, wrong, over].map(({ playId }) => playId),
    ),
  ).toEqual(['partial power_lost', 'played', 'failed withdrawn', 'failed no_audio'])
  const last = emergencyOf(60)
  village.send(warningOf(flood, dyke, last))
  village.pass(10)
  village.send(warningOf())
  village.pass(600)
  expect(ends(village, device, [last.playId]), 'what sounds goes on').toEqual(['played'])
  expect(device.heard).toHaveLength(3)
})

test('in quiet hours nothing sounds, nor what would go on into them', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const plays = [{ at: 30 * MINUTE - 60, seconds: 59 }, { at: 45 * MINUTE }, { at: 60 * MINUTE - 20, seconds: 30 }]
  const { body, ids } = scheduleOf(plays, { quiet: { from: '07:30', to: '07:59' } })
  village.send(body)
  village.pass(2 * 60 * MINUTE)
  expect(ends(village, device, ids)).toEqual(['played', 'failed quiet', 'played'])
  const night = scheduleOf([{ at: 15.5 * 3_600 }, { at: 21 * 3_600, seconds: 10 }], {
    quiet: { from: '22:00', to: '05:00' },
  })
  village.send(night.body)
  village.pass(26 * 3_600)
  expect(ends(village, device, night.ids)).toEqual(['failed quiet', 'failed quiet'])
})

test('days ahead are played without any network, and told when it is back', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const plays = Array.from({ length: 12 }, (_, at) => ({ at: 600 + at * 12 * 3_600 }))
  const { body, ids } = scheduleOf(plays)
  village.send(body)
  village.pass(60)
  device.disconnect()
  village.pass(6.5 * 86_400)
  expect(village.province.endsOf(device.identity.deviceId)).toEqual([])
  village.connect(device)
  village.pass(60)
  expect(ends(village, device, ids)).toEqual(plays.map(() => 'played'))
})

test('an expired broadcast never plays; what never came is told as lacking', () => {
  const village = new Village({ latencyMs: () => 1, fetchMs: () => null })
  const device = village.addReadyDevice()
  const { body, ids, broadcasts } = scheduleOf([{ at: 600, untilMs: MORNING_MS + 300_000 }, { at: 900 }])
  village.send(body)
  device.holds(broadcasts[0]?.sha256 ?? '')
  village.pass(3_600)
  expect(ends(village, device, ids)).toEqual(['failed expired', 'failed no_audio'])
  expect(device.heard).toEqual([])
})

test('a stopped device is silent, emergencies too, until it may go on; over a restart as well', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600, seconds: 120 }, { at: 1_200 }, { at: 3_000 }])
  village.send(body)
  village.pass(640 - 5)
  village.command(device, 'stop')
  village.pass(60)
  device.kill()
  village.connect(device)
  const emergency = emergencyOf()
  village.warn(emergency)
  village.pass(2_000)
  village.command(device, 'resume')
  village.pass(3_600)
  expect(ends(village, device, [...ids, emergency.playId])).toEqual([
    'partial stopped',
    'failed stopped',
    'played',
    'failed stopped',
  ])
})

test('loudness follows the hour; what is set at the device holds elsewhere, and is never louder than the hour', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const hours = [{ from: '07:10', to: '07:20', volume: 40 }]
  const { body } = scheduleOf([{ at: 660 }, { at: 1_500 }, { at: 2_100 }, { at: 2_700 }], { volumeHours: hours })
  village.send(body)
  village.pass(1_800)
  village.command(device, 'volume', 25)
  village.pass(600)
  village.command(device, 'volume')
  village.pass(3_600)
  expect(device.heard.map(({ volume }) => volume)).toEqual([40, 80, 25, 80])
})

test('a test tone sounds unless something else does, and gives way to a play', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600 }])
  village.send(body)
  village.pass(593.5)
  village.command(device, 'test_tone')
  village.pass(30)
  village.command(device, 'test_tone')
  village.pass(120)
  expect(ends(village, device, ids)).toEqual(['played'])
  expect(device.heard.map(({ playId, whole }) => `${playId === 'tone'} ${whole}`)).toEqual(['true false', 'false true'])
  const log = village.province.logs.get(device.identity.deviceId) ?? []
  const answers = log.flatMap(({ entry }) => (entry.kind === 'command' ? [entry.answer] : []))
  expect(answers).toEqual(['done', 'busy'])
})

test('what the newest schedule does not hold is not played; what was due and waited has its end', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600, seconds: 120 }, { at: 610 }, { at: 1_200 }])
  village.send(body)
  village.pass(640)
  village.send({ ...body, version: 2, plays: [] })
  village.pass(3_600)
  expect(ends(village, device, ids)).toEqual(['played', 'failed withdrawn', ''])
})

test('a device that is revoked plays nothing any more, whatever it is sent and however often it is started', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  village.send(scheduleOf([{ at: 600 }]).body)
  village.command(device, 'revoked')
  village.pass(60)
  device.powerOff()
  device.powerOn()
  village.connect(device)
  village.warn(emergencyOf())
  village.pass(3_600)
  expect(device.heard).toEqual([])
})

test('where the disk is full plays fail by that, a warning sounds and a stop stops all the same, and the log goes on later', () => {
  const village = new Village()
  const device = village.addReadyDevice()
  const { body, ids } = scheduleOf([{ at: 600 }, { at: 2_000 }, { at: 3_000 }])
  const emergency = emergencyOf()
  village.send(body)
  village.pass(300)
  device.disk.isFull = true
  village.pass(1_300)
  village.warn(emergency)
  village.pass(200)
  expect(device.heard.map(({ playId }) => playId)).toEqual([emergency.playId])
  village.command(device, 'stop')
  village.pass(1_000)
  village.command(device, 'resume')
  device.disk.isFull = false
  village.pass(3_600)
  const [first, second, third, warning] = ends(village, device, [...ids, emergency.playId])
  expect([first, second, third, warning]).toEqual(['failed disk_full', 'failed stopped', 'played', 'played'])
})
