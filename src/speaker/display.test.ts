import { generateKeyPairSync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BoardVillage, showing } from './board-village.build.ts'
import { MORNING_MS, scheduleOf, STATION } from './village.build.ts'

const atMs = (seconds: number) => MORNING_MS + seconds * 1_000

describe('a board', () => {
  test('shows the numbers to call while nothing stands, and each showing line by line from when until when', () => {
    const at = new BoardVillage()
    at.show([showing({ at: 60, over: 75, lines: ['Cảnh giác', 'Gọi 111'] })])
    at.pass(40)
    expect(at.now).toBe('111 Tổng đài')
    at.pass(18)
    expect(at.now).toBe('Cảnh giác')
    at.pass(6)
    expect(at.now).toBe('Gọi 111')
    at.pass(10)
    expect(at.now).toBe('111 Tổng đài')
  })

  test('shows by turns, what has priority twice in each round, and a screen all lines at once', () => {
    const at = new BoardVillage()
    const [one, two] = [showing({ lines: ['một', 'dòng'] }), showing({ lines: ['hai'] })]
    at.show([one, two, showing({ lines: ['ba'], class: 'priority' })], { takes: 'all' })
    at.pass(80)
    const round = ['ba', 'một|dòng', 'ba', 'hai']
    const seen = at.seen.filter(({ frame }) => frame.showingId !== null)
    expect(seen.map(({ frame }) => frame.lines.join('|'))).toEqual([...round, ...round])
  })

  test('gives all of itself to an emergency at once, and takes up again what it left when that is over', () => {
    const at = new BoardVillage()
    const usual = showing({ lines: ['Thường'] })
    at.show([usual])
    at.pass(14)
    at.show([usual, showing({ class: 'emergency', lines: ['Lũ quét'], over: 120 })])
    at.pass(1)
    expect(at.now).toBe('Lũ quét')
    const since = at.village.time.nowMs
    at.pass(90)
    expect(new Set(at.words(since))).toEqual(new Set(['Lũ quét']))
    at.pass(30)
    expect(at.now).toBe('Thường')
  })

  test('takes down at once what is no longer said, and tells for how long it stood', () => {
    const at = new BoardVillage()
    const one = showing({ lines: ['Nhầm'], seconds: 60 })
    at.show([one])
    at.pass(31)
    at.show([])
    at.pass(2)
    expect(at.now).toBe('111 Tổng đài')
    expect(at.shown()).toMatchObject([{ showingId: one.id, turns: 0, seconds: expect.closeTo(31, 0) }])
    const beats = at.village.province.told.get(at.board.identity.deviceId)
    expect(beats?.length, 'that it holds the newest is told').toBeGreaterThan(1)
  })

  test('tells its first turn at once and the others in sums, so that its log stays small', () => {
    const at = new BoardVillage()
    const one = showing({ seconds: 8 })
    at.show([one])
    at.pass(9)
    expect(at.shown()).toMatchObject([{ showingId: one.id, turns: 1, seconds: 8 }])
    at.pass(3_600)
    const told = at.shown()
    expect(told.length).toBeLessThan(20)
    expect(told.reduce((sum, { turns }) => sum + turns, 0)).toBeGreaterThan(400)
  })

  test('shows words alone until its picture lies there, and tells that it is lacking', () => {
    const at = new BoardVillage({ latencyMs: () => 1, fetchMs: () => 15_000 })
    const file = { sha256: 'a'.repeat(64), bytes: 1_000, mime: 'image/webp', alternative: 'Áp phích' }
    at.show([showing({ file })], { takes: 'all' })
    at.pass(40)
    const frames = at.seen
      .filter(({ frame }) => frame.showingId !== null)
      .map(({ frame }) => frame.file?.sha256 ?? null)
    expect([frames.at(0), frames.at(-1)]).toEqual([null, file.sha256])
    expect(at.village.province.told.get(at.board.identity.deviceId)).toContain('audio_lacking')
  })

  test('that is stopped is dark until it is told to go on; one that was revoked for good', () => {
    const at = new BoardVillage()
    at.show([showing({})])
    at.pass(5)
    at.village.command(at.board, 'stop')
    at.pass(120)
    expect(at.now).toBe('')
    at.village.command(at.board, 'resume')
    at.pass(10)
    expect(at.now).toBe('Cảnh giác')
    at.village.command(at.board, 'revoked')
    at.pass(10)
    at.show([showing({ class: 'emergency' })])
    at.board.kill()
    at.pass(600)
    expect(at.now).toBe('')
    expect(at.village.province.wrong).toEqual([])
  })

  test('whose panel takes nothing tells a fault and says of nothing that it was shown', () => {
    const at = new BoardVillage()
    at.takes = false
    at.show([showing({})])
    at.pass(120)
    expect(at.shown()).toEqual([])
    expect(at.village.province.told.get(at.board.identity.deviceId)?.at(-1)).toContain('panel_fault')
    at.takes = true
    at.pass(60)
    expect(at.shown().length).toBeGreaterThan(0)
    expect(at.village.province.told.get(at.board.identity.deviceId)?.at(-1)).toBe('')
  })
})

describe('without a network', () => {
  test('it shows on from its disk, also after the program died, and tells of it when the network is back', () => {
    const at = new BoardVillage()
    const [now, later] = [showing({ lines: ['Hôm nay'] }), showing({ at: 7_200, lines: ['Chiều nay'] })]
    at.show([now, later])
    at.pass(60)
    at.board.disconnect()
    at.board.kill()
    at.goesDark()
    at.pass(7_300)
    expect(new Set(at.words(atMs(7_200)))).toEqual(new Set(['Hôm nay', 'Chiều nay']))
    const before = at.shown().length
    at.village.connect(at.board)
    at.pass(10)
    expect(at.shown().length).toBeGreaterThan(before + 10)
    expect(at.village.province.wrong).toEqual([])
  })

  test('after a loss of power, not knowing the time, it shows a warning that is not over and no other message', () => {
    const at = new BoardVillage()
    at.board.rtcOffMs = null
    const usual = showing({ lines: ['Thường'] })
    at.show([usual])
    at.pass(60)
    at.board.powerOff()
    at.goesDark()
    at.pass(60)
    at.board.powerOn()
    at.pass(60)
    expect(at.now).toBe('111 Tổng đài')
    at.village.connect(at.board)
    at.pass(5)
    expect(at.now).toBe('Thường')
    at.show([usual, showing({ class: 'emergency', lines: ['Lũ quét'] })])
    at.pass(5)
    at.board.powerOff()
    at.goesDark()
    at.board.powerOn()
    at.pass(5)
    expect(at.now).toBe('Lũ quét')
  })
})

describe('is refused, written down, and not shown:', () => {
  const stranger = { id: 'k1', privateKey: generateKeyPairSync('ed25519').privateKey }
  const words = (at: BoardVillage) => at.told([showing({ lines: ['Giả'] })])
  test.each<[string, string, (at: BoardVillage) => Buffer]>([
    ['what a stranger signed', 'message: forged', (at) => down(at, `b/${STATION}`, { key: stranger })],
    ['what is for another board', 'showings: foreign', (at) => down(at, 'b/YH-02')],
    ['what is for a station of its code', 'showings: foreign', (at) => down(at, `s/${STATION}`)],
    ['what is over', 'showings: expired', (at) => down(at, `b/${STATION}`, { validUntilMs: MORNING_MS - 1 })],
    [
      'what was signed before, and replaced',
      'showings: replayed',
      (at) => {
        const old = down(at, `b/${STATION}`)
        at.show([])
        at.pass(1)
        return old
      },
    ],
    [
      'words without end',
      'message: malformed',
      ({ village, told }) =>
        village.province.down(`b/${STATION}`, {
          ...told,
          kind: 'showings',
          showings: [showing({ lines: [] })],
        } as never),
    ],
  ])('%s', (_what, refused, message) => {
    const at = new BoardVillage()
    at.board.receive(message(at))
    at.pass(60)
    expect(at.words()).not.toContain('Giả')
    expect(at.refusals()).toEqual([refused])
    expect(at.village.province.wrong).toEqual([])
  })

  function down(at: BoardVillage, to: string, given: Parameters<BoardVillage['village']['province']['down']>[2] = {}) {
    return at.village.province.down(to, words(at), given)
  }

  test('a loudspeaker’s schedule does nothing at a board, and a board’s programme nothing at a loudspeaker', () => {
    const at = new BoardVillage()
    const speaker = at.village.addReadyDevice()
    at.village.send(scheduleOf([{ at: 30 }]).body)
    at.show([showing({ lines: ['Chữ'] })])
    at.pass(120)
    expect(at.board.heard).toEqual([])
    expect(at.now).toBe('Chữ')
    expect(speaker.heard).toHaveLength(1)
  })
})

const blow = fc.record({
  at: fc.integer({ min: 6, max: 7_200 }),
  what: fc.constantFrom(
    'power' as const,
    'kill' as const,
    'line' as const,
    'clock' as const,
    'disk' as const,
    'emergency' as const,
  ),
  seconds: fc.integer({ min: 1, max: 2_000 }),
  writes: fc.integer({ min: 0, max: 4 }),
})

test('over any losses of power, line, clock and disk it never says that it showed more than stood on its lamps', () => {
  fc.assert(
    fc.property(fc.array(blow, { maxLength: 8 }), fc.integer({ min: 2, max: 40 }), (blows, seconds) => {
      const at = new BoardVillage()
      const usual = [showing({ seconds }), showing({ seconds: 7, class: 'priority', over: 5_000 })]
      at.show(usual)
      for (const one of blows) at.village.time.after(one.at * 1_000, () => strike(at, one, usual))
      at.pass(9_000)
      at.board.disk.isFull = false
      at.board.powerOn()
      at.village.connect(at.board)
      at.pass(900)
      expect(at.village.province.wrong).toEqual([])
      for (const [id, told] of Map.groupBy(at.shown(), ({ showingId }) => showingId)) {
        const stood = at.seen.filter(({ frame }) => frame.showingId === id)
        const ms = stood.reduce(
          (sum, { fromMs, untilMs }) => sum + Math.min(untilMs, at.village.time.nowMs) - fromMs,
          0,
        )
        // Each entry is rounded to a tenth.
        expect(told.reduce((sum, one) => sum + one.seconds, 0)).toBeLessThanOrEqual(
          ms / 1_000 + told.length * 0.05 + 0.001,
        )
        for (const { from, until, seconds: for_ } of told)
          expect(for_).toBeLessThanOrEqual((Date.parse(until) - Date.parse(from)) / 1_000 + 0.06)
      }
    }),
    { numRuns: 40, endOnFailure: true },
  )
}, 60_000)

type Blow = typeof blow extends fc.Arbitrary<infer One> ? One : never

function strike(at: BoardVillage, { what, seconds, writes }: Blow, usual: ReturnType<typeof showing>[]): void {
  const { board, village } = at
  const later = (call: () => void) => village.time.after(seconds * 1_000, call)
  const up = () => {
    board.powerOn()
    village.connect(board)
  }
  switch (what) {
    case 'power':
      board.powerOff(writes)
      if (!board.isOn) at.goesDark()
      return void later(up)
    case 'kill':
      at.goesDark()
      return board.kill()
    case 'line':
      board.disconnect()
      return void later(() => village.connect(board))
    case 'clock':
      board.wallOffMs += (seconds - 1_000) * 60_000
      return
    case 'disk':
      board.disk.isFull = true
      return void later(() => (board.disk.isFull = false))
    case 'emergency':
      at.show([...usual, showing({ id: randomUUID(), class: 'emergency', over: seconds })])
      return
    default:
      return what satisfies never
  }
}
