import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { entriesBefore } from '../core/audit/index.ts'
import { dayAt, type Id } from '../core/kernel/index.ts'
import { deviceByCode, playedAt, sendCommand, speakerKeys, stationOf } from '../core/station/index.ts'
import {
  approveTakeover,
  dropTakeover,
  loggedTakeovers,
  noteSaid,
  sayPart,
  setMostMinutes,
  stationsOfTakeover,
  stationsReached,
  stopTakeover,
  waitingFor,
  whyNotWatch,
} from '../core/takeover/index.ts'
import { encodeLive } from '../platform/sounds/live-speech.ts'
import { mp3Seconds } from '../platform/sounds/mp3-length.ts'
import { seal } from '../platform/speakers/envelope.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { logBookOf } from './log-book.ts'
import { readWording } from './wording/read-wording.ts'
import { openTakeoverStage, PATIENTLY, spokenPiece, type TakeoverStage } from './takeover.build.ts'

let stage: TakeoverStage
beforeAll(async () => {
  stage = await openTakeoverStage()
  for (const code of ['TB-LOA-A-001', 'TB-LOA-A-002', 'TB-LOA-B-001']) await stage.enrol(code)
  await vi.waitFor(() => expect(stage.broker().connected()).toBe(3), PATIENTLY)
})
afterAll(() => stage.close())

const refusing = (code: string) => expect.objectContaining({ code })
const BOTH = ['LOA-A', 'LOA-B']

async function approved(codes: readonly string[] = BOTH, minutes = 5): Promise<Id<'takeover'>> {
  const takeoverId = await stage.asked(codes, { minutes })
  await approveTakeover(stage.deputy, { takeoverId })
  return takeoverId
}

async function says(takeoverId: Id<'takeover'>, from: number, to: number, who = stage.chair): Promise<void> {
  for (let number = from; number <= to; number += 1)
    await sayPart(who, { takeoverId, number, samples: spokenPiece(number) })
}

const began = (takeoverId: Id<'takeover'>, count: number) =>
  vi.waitFor(async () => expect((await stage.reached(takeoverId)).began).toBe(count), PATIENTLY)
const kept = (takeoverId: Id<'takeover'>) =>
  vi.waitFor(async () => {
    const takeover = await stage.takeover(takeoverId)
    expect(takeover.keptAt).not.toBeNull()
    return takeover
  }, PATIENTLY)
const ended = (takeoverId: Id<'takeover'>, count: number) =>
  vi.waitFor(async () => {
    const reached = await stage.reached(takeoverId)
    expect(reached.began - reached.sounding).toBe(count)
    return reached
  }, PATIENTLY)

describe('two persons', () => {
  test('one asks who leads everywhere it would sound, and another approves: never the same, nor one from elsewhere', async () => {
    await expect(stage.asked(BOTH, {}, stage.deputy)).rejects.toEqual(refusing('access.role'))
    await expect(stage.asked(BOTH, {}, stage.communeLeader)).rejects.toEqual(refusing('takeover.outside'))
    const takeoverId = await stage.asked(BOTH)
    const own = { takeoverId }
    expect((await waitingFor(stage.deputy)).map(({ wording }) => wording)).toEqual(['takeover_waiting_approve'])
    expect(await waitingFor(stage.chair)).toEqual([])
    await expect(approveTakeover(stage.chair, own)).rejects.toEqual(refusing('takeover.second_person'))
    await expect(approveTakeover(stage.communeOfficer, own)).rejects.toEqual(refusing('takeover.outside'))
    await expect(approveTakeover(stage.writer, own)).rejects.toEqual(refusing('access.role'))
    await expect(says(takeoverId, 1, 1)).rejects.toEqual(refusing('takeover.not_approved'))
    await approveTakeover(stage.deputy, own)
    expect((await waitingFor(stage.chair)).map(({ wording }) => wording)).toEqual(['takeover_waiting_begin'])
    await expect(approveTakeover(stage.deputy, own)).rejects.toEqual(refusing('takeover.not_asked'))
    await expect(says(takeoverId, 1, 1, stage.deputy)).rejects.toEqual(refusing('takeover.not_speaker'))
    await dropTakeover(stage.deputy, { takeoverId, reason: 'Lũ đã rút' })
    await expect(says(takeoverId, 1, 1)).rejects.toEqual(refusing('takeover.is_over'))
    expect(await stage.takeover(takeoverId)).toMatchObject({ state: 'dropped', droppedReason: 'Lũ đã rút' })
    expect(await stage.heard('TB-LOA-A-001')).toEqual([])
  })

  test('a leader of a commune asks for its own station, with what it is for and who is heard', async () => {
    await expect(stage.asked(['LOA-A'], { reason: ' ' }, stage.communeLeader)).rejects.toEqual(
      refusing('input.invalid'),
    )
    const takeoverId = await stage.asked(['LOA-A'], {}, stage.communeLeader)
    await approveTakeover(stage.communeOfficer, { takeoverId })
    await dropTakeover(stage.communeLeader, { takeoverId, reason: 'Thôi' })
    await expect(whyNotWatch(stage.writer, await stage.takeover(takeoverId))).resolves.toEqual(refusing('access.role'))
  })

  test('nobody asks for longer than is set, nor for what the page did not show', async () => {
    await expect(stage.asked(BOTH, { minutes: 11 })).rejects.toEqual(refusing('takeover.too_long'))
    await expect(setMostMinutes(stage.ctx, { minutes: 31 })).rejects.toEqual(refusing('takeover.minutes'))
    await setMostMinutes(stage.ctx, { minutes: 20 })
    await dropTakeover(stage.chair, { takeoverId: await stage.asked(BOTH, { minutes: 20 }), reason: 'thử' })
    await setMostMinutes(stage.ctx, { minutes: 10 })
    await expect(stage.asked(BOTH, { devices: 2 })).rejects.toEqual(refusing('takeover.count_changed'))
  })

  test('what nobody approves within an hour, or begins within half an hour, has lapsed', async () => {
    const late = await stage.asked(['LOA-B'])
    const unused = await approved(['LOA-B'])
    stage.passes(31 * 60)
    await expect(says(unused, 1, 1)).rejects.toEqual(refusing('takeover.lapsed'))
    stage.passes(30 * 60)
    await expect(approveTakeover(stage.deputy, { takeoverId: late })).rejects.toEqual(refusing('takeover.lapsed'))
    expect(await waitingFor(stage.deputy)).toEqual([])
  })
})

describe('a speech', () => {
  test('is heard while it is spoken, on every device of its stations, and kept as it was sent', async () => {
    const takeoverId = await approved()
    await says(takeoverId, 1, 4)
    await began(takeoverId, 3)
    await says(takeoverId, 4, 4)
    await says(takeoverId, 5, 6)
    await expect(says(takeoverId, 9, 9)).rejects.toEqual(refusing('takeover.gap'))
    await expect(sayPart(stage.chair, { takeoverId, number: 7, samples: new Uint8Array(7) })).rejects.toEqual(
      refusing('takeover.bad_part'),
    )
    await stopTakeover(stage.chair, { takeoverId })
    const { sha256, bytes, seconds, endReason } = await kept(takeoverId)
    expect(endReason).toBe('stopped')
    expect(await ended(takeoverId, 3)).toMatchObject({ addressed: 3, began: 3, silent: 0, played: 3 })
    const file = Buffer.from(await stage.ctx.files.get(sha256!))
    expect(file.length).toBe(bytes)
    expect(mp3Seconds(file)).toBeCloseTo(seconds, 1)
    expect(Math.abs(seconds - 3)).toBeLessThan(0.3)
    for (const code of ['TB-LOA-A-001', 'TB-LOA-A-002', 'TB-LOA-B-001'])
      expect((await stage.heard(code))[0]?.equals(file), code).toBe(true)
    await expect(says(takeoverId, 7, 7)).rejects.toEqual(refusing('takeover.is_over'))
    expect(JSON.stringify(await entriesBefore(stage.ctx.db, null, 1))).toContain(sha256)
  })

  test('stands in the log book of each station, tells who was heard, and counts as no play of a release', async () => {
    const [stationId] = await stage.stationIds('LOA-A')
    const logged = await loggedTakeovers(stage.ctx.db, stationId!, '2020-01-01', '2099-12-31')
    expect(logged).toMatchObject([{ speaker: 'Ông Thắng', language: 'vi', played: 2, silent: 0 }])
    expect(logged[0]!.seconds).toBeGreaterThan(2.5)
    const entries = await playedAt(stage.ctx.db, ['station_id', stationId!], null, 20)
    expect(entries.filter(({ kind, spokenBy }) => kind === 'end' && spokenBy === 'Ông Thắng')).toHaveLength(2)
    const station = (await stationOf(stage.ctx.db, stationId!))!
    const month = dayAt(logged[0]!.beganAt).slice(0, 7)
    const book = await logBookOf(stage.ctx, station, month, readWording('vi'))
    expect(book.days.flatMap(({ rows }) => rows)).toMatchObject([
      [expect.any(String), 'Phát trực tiếp: Ông Thắng', 'Tiếng Việt', 'trực tiếp', `0'03"`, '2 đã phát', 'máy ghi'],
    ])
    expect(await stage.ctx.db.selectFrom('playEnd').select('playId').execute()).toEqual([])
  })

  test('falls silent at once where who approved stops it', async () => {
    const takeoverId = await approved(['LOA-B'])
    await says(takeoverId, 1, 1)
    await began(takeoverId, 1)
    await says(takeoverId, 2, 20)
    await expect(stopTakeover(stage.communeOfficer, { takeoverId })).rejects.toEqual(refusing('takeover.outside'))
    await stopTakeover(stage.deputy, { takeoverId })
    expect(await kept(takeoverId)).toMatchObject({ endReason: 'stopped_by_other', endedBy: expect.any(String) })
    expect(await ended(takeoverId, 1)).toMatchObject({ partial: 1 })
    expect(await stopTakeover(stage.deputy, { takeoverId }), 'it is over').toBe(false)
    await expect(stopTakeover(stage.deputy, { takeoverId: await approved() })).rejects.toEqual(
      refusing('takeover.not_speaking'),
    )
  })

  test('is over when its minutes are, and when nothing comes from the microphone', async () => {
    const long = await approved(['LOA-B'], 1)
    await says(long, 1, 2)
    stage.passes(61)
    expect(await kept(long)).toMatchObject({ endReason: 'time' })
    const lost = await approved(['LOA-B'])
    await says(lost, 1, 2)
    stage.passes(11)
    expect(await kept(lost)).toMatchObject({ endReason: 'lost' })
    await expect(says(lost, 3, 3)).rejects.toEqual(refusing('takeover.is_over'))
  })

  test('does not begin where another is spoken', async () => {
    const [one, other] = [await approved(['LOA-B']), await approved()]
    await says(one, 1, 1)
    await expect(says(other, 1, 1)).rejects.toEqual(refusing('takeover.station_taken'))
    await stopTakeover(stage.chair, { takeoverId: one })
    await kept(one)
    await says(other, 1, 1)
    await stopTakeover(stage.chair, { takeoverId: other })
    await kept(other)
  })

  test('is cut by a warning, silenced by a stop, and not begun by a device that was told to be silent', async () => {
    const [stationId] = await stage.stationIds('LOA-B')
    const takeoverId = await approved(['LOA-B'])
    await says(takeoverId, 1, 1)
    await began(takeoverId, 1)
    await sendCommand(stage.ctx, { stationId: stationId!, kind: 'stop' })
    expect(await ended(takeoverId, 1)).toMatchObject({ partial: 1, played: 0 })
    await stopTakeover(stage.chair, { takeoverId })
    await kept(takeoverId)
    const next = await approved(['LOA-B'])
    await says(next, 1, 1)
    await vi.waitFor(
      async () => expect(await stage.reached(next)).toMatchObject({ began: 0, silent: 1, failed: 1 }),
      PATIENTLY,
    )
    await stopTakeover(stage.chair, { takeoverId: next })
    await sendCommand(stage.ctx, { stationId: stationId!, kind: 'resume' })
    await kept(next)
    expect(await stationsReached(stage.ctx.db, next, null, 5)).toMatchObject([
      { code: 'LOA-B', addressed: 1, silent: 1 },
    ])
  })

  test('that was spoken when Loa was started anew is over, told to the devices, and kept as far as it was sent', async () => {
    const takeoverId = await approved()
    await says(takeoverId, 1, 3)
    await began(takeoverId, 3)
    await stage.restartHub()
    const takeover = await kept(takeoverId)
    expect(takeover).toMatchObject({ endReason: 'restarted', endedBy: null })
    expect(takeover.seconds).toBeGreaterThan(1)
    await vi.waitFor(() => expect(stage.broker().connected()).toBe(3), PATIENTLY)
    expect(await ended(takeoverId, 3)).toMatchObject({ addressed: 3, began: 3, silent: 0 })
    const again = await approved()
    await says(again, 1, 2)
    await began(again, 3)
    await stopTakeover(stage.chair, { takeoverId: again })
    expect(await ended(again, 3)).toMatchObject({ played: 3 })
  })
})

test('what somebody else signs, keeps or turns to another station sounds nowhere and is told; a device tells of its own station alone', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { signing } = await speakerKeys(stage.ctx)
  const sound = (await encodeLive('attack', spokenPiece(1))).sound
  const before = (await stage.heard('TB-LOA-B-001')).length
  const body = {
    kind: 'live',
    playId: randomUUID(),
    part: 1,
    last: false,
    seconds: mp3Seconds(sound),
    audio: base64(sound),
  }
  const down = { v: 1, to: 's/LOA-B', seq: Date.now() * 2, issuedAt: iso(0), validUntil: iso(20_000), body }
  const attacks = [
    seal(down, { id: signing.id, privateKey }),
    seal({ ...down, to: 's/LOA-A' }, signing),
    seal({ ...down, validUntil: iso(-1_000) }, signing),
    seal({ ...down, seq: 1 }, signing),
  ]
  for (const bytes of attacks) await stage.broker().publish(topics.live('LOA-B'), bytes, { retain: false })
  const [stationId] = await stage.stationIds('LOA-B')
  await vi.waitFor(async () => {
    const entries = await playedAt(stage.ctx.db, ['station_id', stationId!], null, 50)
    const refused = entries.filter(({ kind }) => kind === 'refused').map(({ what, why }) => `${what}: ${why}`)
    expect(refused.reverse()).toEqual(['message: forged', 'live: foreign', 'live: expired', 'live: replayed'])
  }, PATIENTLY)
  expect(await stage.heard('TB-LOA-B-001')).toHaveLength(before)

  const takeoverId = await stage.asked(['LOA-A'])
  const [first] = await stationsOfTakeover(stage.ctx.db, takeoverId)
  const device = (await deviceByCode(stage.ctx.db, 'TB-LOA-B-001'))!
  await noteSaid(stage.ctx, device.id, [{ playId: first!.playId, began: new Date() }])
  expect(await stage.reached(takeoverId)).toMatchObject({ addressed: 0, began: 0 })
})

const iso = (ms: number) => new Date(stage.ctx.clock.now().getTime() + ms).toISOString()
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
