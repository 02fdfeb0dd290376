import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  boardMedia,
  boardOf,
  boardsAfter,
  closeUnshownJob,
  enrolScreen,
  noteProofs,
  openBoard,
  proofsOf,
  registerBoard,
  screensOf,
  shutBoard,
  tokenOf,
  trustScreen,
} from '../core/board/index.ts'
import { boardSender } from '../channels/board/board-sender.ts'
import { addDays, dayAt, type Ctx, type Id } from '../core/kernel/index.ts'
import { addMedia } from '../core/media/index.ts'
import { addRendition, editRendition, messageById, renditionsOf, startMessage } from '../core/message/index.ts'
import {
  deliveriesOf,
  followersOf,
  pressRelease,
  proposeRelease,
  recallRelease,
  sendWith,
} from '../core/release/index.ts'
import { decideReview, submitMessage } from '../core/review/index.ts'
import { stillClock } from '../testing/index.ts'
import { BoardBrowser } from './board-browser.build.ts'
import { openFollowStage, type FollowStage } from './press.build.ts'
import { outletRow } from './release.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const BOARD = {
  kind: 'led_board',
  channel: 'board',
  means: 'machine',
  place: '02683',
  organisation: 'UBND-02683',
} as const
let stage: FollowStage
let ctx: Ctx
let nobody: Ctx

beforeAll(async () => {
  sendWith(boardSender)
  stage = await openFollowStage(
    clock,
    [outletRow({ ...BOARD, code: 'BT-1' }), outletRow({ ...BOARD, code: 'BT-2' })],
    ['board'],
  )
  ctx = stage.ctx
  nobody = { ...ctx, actor: { kind: 'nobody' } }
  const line = { code: 'BT-3', name: 'Bảng chữ chạy', place: '02683', organisation: 'UBND-02683' }
  await registerBoard(stage.system, { ...line, takes: 'line' })
})
afterAll(() => stage.database.close())

async function opened(code: string): Promise<BoardBrowser> {
  const outletId = await outletOf(code)
  await openBoard(stage.system, { outletId })
  return new BoardBrowser(ctx, (await tokenOf(ctx, await boardOf(ctx.db, outletId)))!).enrol()
}

/** Of a board of the stage, or of the one of letters, which was registered after it. */
async function outletOf(code: string): Promise<Id<'outlet'>> {
  const found = await ctx.db.selectFrom('outlet').select('id').where('code', '=', code).executeTakeFirstOrThrow()
  return found.id as Id<'outlet'> // as it was written
}

const later = (ms: number) => clock.set(new Date(clock.now().getTime() + ms).toISOString())
const stateAt = async (releaseId: Id<'release'>, code: string) => {
  const rows = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)
  const { state, reason } = rows.find((row) => row.code === code)!
  return reason === '' ? state : `${state} ${reason}`
}

describe('a release to boards', () => {
  test('waits for its proof where a screen has the address, and is refused where none has', async () => {
    const browser = await opened('BT-1')
    const releaseId = await stage.release(await stage.approved())
    expect(await stateAt(releaseId, 'BT-1')).toBe('accepted')
    expect(await stateAt(releaseId, 'BT-2')).toBe('failed board_no_address')
    const { showings, hotlines } = await browser.poll()
    expect(showings).toMatchObject([{ kind: 'notice', class: 'ordinary', turns: 1, media: null }])
    expect(showings[0]?.words).toContain('111')
    expect(hotlines.map(({ number }) => number)).toContain('111')
    later(20_000)
    expect(await browser.send(browser.entry(showings[0]!.id))).toBe(1)
    expect(await stateAt(releaseId, 'BT-1')).toBe('delivered')
  })

  test('on a board of letters is its one line', async () => {
    const [row] = (await boardsAfter(ctx.db, 'BT-2', 5, clock.now())).filter(({ code }) => code === 'BT-3')
    await openBoard(stage.system, { outletId: row!.outletId })
    const releaseId = await stage.release(await stage.approved())
    const token = (await tokenOf(ctx, await boardOf(ctx.db, row!.outletId)))!
    const { showings } = await (await new BoardBrowser(ctx, token).enrol()).poll()
    expect(showings).toMatchObject([{ kind: 'line' }])
    expect(showings[0]?.words).not.toContain('\n')
    expect(await stateAt(releaseId, 'BT-3')).toBe('accepted')
  })

  test('that is recalled comes down, and is done when the board has fetched so', async () => {
    const browser = await opened('BT-2')
    const releaseId = await stage.release(await stage.approved())
    const [showing] = (await browser.poll()).showings
    later(20_000)
    await browser.send(browser.entry(showing!.id))
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })
    await stage.work()
    const recall = (await followersOf(ctx.db, releaseId))[0]!.id
    expect(await stateAt(recall, 'BT-2')).toBe('accepted')
    expect((await browser.poll()).showings).toEqual([])
    expect(await stateAt(recall, 'BT-2')).toBe('delivered')
  })

  test('of which no screen has proof a day after its end was shown to nobody', async () => {
    const browser = await opened('BT-2')
    const releaseId = await stage.release(await stage.approved())
    await browser.poll()
    later(29 * 86_400_000)
    await closeUnshownJob.run(stage.system, {})
    expect(await stateAt(releaseId, 'BT-2')).toBe('accepted')
    later(3 * 86_400_000)
    await closeUnshownJob.run(stage.system, {})
    expect(await stateAt(releaseId, 'BT-2')).toBe('failed board_never_shown')
  })
})

describe('a film', () => {
  const FILM = { kind: 'video', mime: 'video/webm', bytes: 4 } as const

  /** An approved message whose board version carries a film, and that film. */
  async function withFilm(rightsUntil: string | null) {
    const { writer } = stage
    const sha256 = await ctx.files.put(Buffer.from(`\x1a\x45\xdf\xa3 ${rightsUntil}`, 'latin1'))
    const about = { title: 'Phim', alternative: '', rightsOwner: 'Sở VHTTDL', rightsTerms: '', rightsUntil }
    const { mediaId } = await addMedia(writer, {
      ...{ ...about, organisationId: stage.bodyOf('SVHTTDL-LC-2025'), fileName: 'phim.webm' },
      file: { ...FILM, sha256 },
    })
    const messageId = await startMessage(writer, {
      ...{ kind: 'notice', workingTitle: 'Phim', organisationId: stage.bodyOf('SVHTTDL-LC-2025'), title: 'Cảnh giác' },
      ...{ lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' },
    })
    await addRendition(writer, { messageId, channel: 'board', language: 'vi' })
    const [rendition] = await renditionsOf(ctx.db, messageId)
    await editRendition(writer, { renditionId: rendition!.id, basedOn: 1, fields: { media: mediaId } })
    await submitMessage(writer, { messageId })
    const { contentHash } = (await messageById(ctx.db, messageId))!
    await decideReview(stage.leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
    return { messageId, mediaId, sha256 }
  }

  test('is shown by a screen and its display counts; letters say its words alone; its file leaves by these boards alone', async () => {
    const browser = await opened('BT-1')
    const letters = await opened('BT-3')
    const { messageId, mediaId, sha256 } = await withFilm(null)
    const releaseId = await stage.release(messageId)
    const [shown] = (await browser.poll()).showings.filter(({ kind }) => kind === 'film')
    expect(shown).toMatchObject({ media: { id: mediaId }, words: expect.stringContaining('111') as unknown })
    const said = (await letters.poll()).showings.at(-1)
    expect(said).toMatchObject({ kind: 'line', media: null, words: expect.stringContaining('Cảnh giác') as unknown })
    expect(await boardMedia(ctx, stage.idOf('BT-1'), mediaId)).toMatchObject({ sha256, mime: 'video/webm' })
    expect(await boardMedia(ctx, await outletOf('BT-3'), mediaId), 'no board of letters needs it').toBeNull()
    later(90_000)
    expect(await browser.send(browser.entry(shown!.id, { seconds: 75.5, lasted: 76_000 }))).toBe(1)
    const [proof] = await proofsOf(ctx.db, stage.idOf('BT-1'), 1)
    expect(proof, 'it is not cut when its words have been read').toMatchObject({ doubt: '', seconds: 75.5 })
    expect(await stateAt(releaseId, 'BT-1')).toBe('delivered')
  })

  test('whose rights are over leaves its place to the words', async () => {
    const browser = await opened('BT-2')
    const tomorrow = addDays(dayAt(clock.now()), 1)
    const { messageId, mediaId } = await withFilm(tomorrow)
    await stage.release(messageId)
    const [film] = (await browser.poll()).showings.filter(({ media }) => media?.id === mediaId)
    expect(film?.kind).toBe('film')
    later(2 * 86_400_000)
    const [left] = (await browser.poll()).showings.filter(({ id }) => id === film?.id)
    expect(left).toMatchObject({ kind: 'notice', media: null, words: film?.words })
    expect(await boardMedia(ctx, stage.idOf('BT-2'), mediaId)).toBeNull()
  })
})

describe('proof of display', () => {
  let browser: BoardBrowser
  let showing: string
  let releaseId: Id<'release'>
  beforeEach(async () => {
    browser = await opened('BT-1')
    releaseId = await stage.release(await stage.approved())
    showing = (await browser.poll()).showings.at(-1)!.id
    later(60_000)
  })

  test('told again as it was is passed over; changed, forged or with a gap it is refused, and nothing of it counts', async () => {
    const first = browser.entry(showing)
    expect([await browser.send(first), await browser.send(first)]).toEqual([1, 1])
    await expect(browser.send({ ...first, seconds: 5 })).rejects.toMatchObject({ code: 'board.proof_changed' })
    const second = browser.entry(showing)
    await expect(browser.send({ ...second, seconds: 4 })).rejects.toMatchObject({ code: 'board.proof_forged' })
    const third = browser.entry(showing)
    await expect(browser.send(third)).rejects.toMatchObject({ code: 'board.proof_gap' })
    const other = await new BoardBrowser(ctx, browser.token).enrol()
    ;[other.enrolled, other.seq, other.previous] = [browser.enrolled, 1, createHash('sha256').digest('hex')]
    await expect(other.send(other.entry(showing))).rejects.toMatchObject({ code: 'board.proof_forged' })
    expect(await browser.send(first, second, third)).toBe(3)
    const mine = (await proofsOf(ctx.db, stage.idOf('BT-1'), 50)).slice(0, 3)
    expect(mine.map(({ doubt, seconds }) => [doubt, seconds])).toEqual([
      ['', 9.5],
      ['', 9.5],
      ['', 9.5],
    ])
  })

  test('of what was not there, too long, too short or yet to come is kept and does not count', async () => {
    const ahead = new Date(clock.now().getTime() + 3_600_000)
    const past = new Date(clock.now().getTime() - 3_600_000)
    await browser.send(
      browser.entry('019a0000-0000-7000-8000-000000000000'),
      browser.entry(showing, { seconds: 60 }),
      browser.entry(showing, { seconds: 0.4 }),
      browser.entry(showing, { at: ahead }),
      browser.entry(showing, { at: past }),
    )
    const doubts = (await proofsOf(ctx.db, stage.idOf('BT-1'), 5)).map(({ doubt }) => doubt)
    expect(doubts.toReversed()).toEqual(['no_showing', 'too_long', 'too_short', 'future', 'outside'])
    expect(await stateAt(releaseId, 'BT-1')).toBe('accepted')
  })

  test('of hours without a network comes in when it is back', async () => {
    const entries = Array.from({ length: 150 }, () => {
      later(20_000)
      return browser.entry(showing)
    })
    later(6 * 3_600_000)
    expect(await browser.send(...entries.slice(0, 100))).toBe(100)
    expect(await browser.send(...entries.slice(90))).toBe(150)
    expect(await stateAt(releaseId, 'BT-1')).toBe('delivered')
  })

  test('of a screen that waits, of another board or of a board that was shut is refused', async () => {
    const second = await new BoardBrowser(ctx, browser.token).enrol()
    expect(second.enrolled.state).toBe('waiting')
    await expect(second.send(second.entry(showing))).rejects.toMatchObject({ code: 'board.not_trusted' })
    await trustScreen(stage.system, { screenId: second.enrolled.id })
    second.seq = 0
    second.previous = ''
    expect(await second.send(second.entry(showing))).toBe(1)
    await expect(browser.send(browser.entry(showing))).rejects.toMatchObject({ code: 'board.not_trusted' })
    const elsewhere = await opened('BT-2')
    const stranger = noteProofs(nobody, {
      ...{ token: elsewhere.token, screenId: second.enrolled.id, entries: [second.entry(showing)] },
    })
    await expect(stranger).rejects.toMatchObject({ code: 'board.no_address' })
    await shutBoard(stage.system, { outletId: stage.idOf('BT-1') })
    await expect(second.send(second.entry(showing))).rejects.toMatchObject({ code: 'board.no_address' })
    expect((await screensOf(ctx.db, stage.idOf('BT-1'))).every(({ state }) => state === 'revoked')).toBe(true)
  })

  test('by a browser that comes again with its key goes on where it was', async () => {
    await browser.send(browser.entry(showing))
    const again = await enrolScreen(nobody, { token: browser.token, publicKey: browser.publicKey })
    expect(again).toMatchObject({ id: browser.enrolled.id, state: 'trusted', lastSeq: 1, lastHash: browser.previous })
  })
})

describe('an emergency', () => {
  test('goes before all that a board shows', async () => {
    const browser = await opened('BT-1')
    await stage.release(await stage.approved())
    const wish = { startsAt: clock.now(), lane: 'emergency', laneReason: 'Lũ quét', words: 'Hiện ngay' } as const
    const messageId = await stage.approved()
    const releaseId = await proposeRelease(stage.leader, { ...wish, messageId, channels: ['board'] })
    await pressRelease(stage.writer, { releaseId })
    await stage.work()
    const { showings } = await browser.poll()
    expect(showings.map((one) => one.class)).toContain('ordinary')
    expect(showings[0]).toMatchObject({ class: 'emergency' })
  })
})
