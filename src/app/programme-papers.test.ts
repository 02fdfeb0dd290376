import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { broadcastsByIds, closeDay, closeSilentPlays, endPlays, playsOfDay } from '../core/programme/index.ts'
import { stationOf } from '../core/station/index.ts'
import { drawLogBook } from '../platform/papers/draw-log-book.ts'
import { wordsOfPdf } from '../platform/papers/pdf-words.build.ts'
import { stillClock } from '../testing/index.ts'
import { logBookOf } from './log-book.ts'
import { mp3Pack } from './mp3-pack.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'
import { readWording } from './wording/read-wording.ts'

let stage: ProgrammeStage
const clock = stillClock('2026-11-02T01:00:00Z')
const TODAY = '2026-11-02'
const w = readWording('vi')

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
  await stage.aired('priority', { endsAt: new Date('2026-11-03T00:00:00Z') })
})
afterAll(() => stage.database.close())

test('the pack of a day holds its recordings by number, a list that names them, and what is read out, with its diacritics', async () => {
  const station = (await stationOf(stage.ctx.db, stage.stations.fm))!
  const files = unzipSync(await mp3Pack(stage.ctx, station, TODAY, w))
  expect(Object.keys(files).sort()).toEqual(['00-loi-doc.txt', '01-16-30-canh-giac-vi.mp3', 'playlist.m3u'])
  expect(strFromU8(files['playlist.m3u']!)).toContain('#EXTINF:100,Cảnh giác (Tiếng Việt)\r\n01-16-30-canh-giac-vi.mp3')
  const script = strFromU8(files['00-loi-doc.txt']!)
  for (const words of ['16:30 – Cảnh giác (Tiếng Việt, ưu tiên)', 'Hỏi xã trước khi đi', 'gọi một một một']) {
    expect(script).toContain(words)
  }
  // What the list names is in the pack, and is to the byte what was approved.
  const named = strFromU8(files['playlist.m3u']!)
    .split('\r\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(named).toEqual(Object.keys(files).filter((name) => name.endsWith('.mp3')))
  const [play] = await playsOfDay(stage.ctx.db, station.id, TODAY)
  const [broadcast] = (await broadcastsByIds(stage.ctx.db, [play!.broadcastId])).values()
  const hashes = named.map((name) => createHash('sha256').update(files[name]!).digest('hex'))
  expect(hashes).toEqual([broadcast?.sha256])
  await expect(mp3Pack(stage.ctx, station, '2026-12-01', w)).rejects.toMatchObject({
    code: 'programme.nothing_in_pack',
  })
})

test('the log book of a month says of every play when it sounded, for how long, and what became of it', async () => {
  const { a, fm } = stage.stations
  const [play] = await playsOfDay(stage.ctx.db, a, TODAY)
  clock.set('2026-11-02T09:31:00Z')
  const end = { playId: play!.id, state: 'played', startedAt: clock.now(), seconds: 100, reason: '', seq: 1 } as const
  await endPlays(stage.ctx, stage.devicesOf(a)[0]!, [end])
  await closeSilentPlays(stage.ctx)
  const [hand] = await playsOfDay(stage.ctx.db, fm, TODAY)
  await closeDay(stage.commune, { stationId: fm, day: TODAY, played: [hand!.id], photoSha256: null })
  const book = await logBookOf(stage.ctx, (await stationOf(stage.ctx.db, a))!, '2026-11', w)
  expect(book.days).toEqual([
    {
      heading: '02/11/2026',
      rows: [['16:31', 'Cảnh giác', 'Tiếng Việt', 'ưu tiên', `1'40"`, expect.stringContaining('1 đã phát'), 'máy ghi']],
    },
  ])
  const printed = (await wordsOfPdf(await drawLogBook(book))).map(({ text }) => text).join(' ')
  const cells = book.days.flatMap(({ heading, rows }) => [heading, ...rows.flat()])
  const around = [book.title, book.station, book.period, ...book.columns, ...book.totals, ...book.signs]
  for (const words of [...cells, ...around].filter(Boolean)) expect(squeezed(printed)).toContain(squeezed(words))
  expect(book.totals).toEqual([expect.stringMatching(/1 .*1 .*2/)])
  const byHand = await logBookOf(stage.ctx, (await stationOf(stage.ctx.db, fm))!, '2026-11', w)
  expect(byHand.days[0]?.rows[0]?.at(-1)).toBe('người khai')
  await expect(logBookOf(stage.ctx, (await stationOf(stage.ctx.db, a))!, '2026-13', w)).rejects.toMatchObject({
    code: 'programme.bad_month',
  })
})

/** Where a line is broken or a word set in capitals on paper is no matter. */
function squeezed(words: string): string {
  return words.replaceAll(/\s+/gu, '').toLowerCase()
}
