import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawBulletin } from '../platform/papers/draw-bulletin.ts'
import { drawSheets } from '../platform/papers/draw-sheets.ts'
import { wordsOfPdf } from '../platform/papers/pdf-words.build.ts'
import { readSquare } from '../platform/papers/read-square.build.ts'
import { sheetRowOfTask, sheetRowsOf, workLedger, type SheetRows, type TaskSheet } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const clock = stillClock('2026-07-01T01:00:00Z')
const STATION = { channel: 'loudspeaker', means: 'manual', place: '02683', organisation: 'UBND-02683' } as const
let stage: ReleaseStage
let found: SheetRows

beforeAll(async () => {
  stage = await openReleaseStage(clock, [
    ...FEW_OUTLETS,
    outletRow({ ...STATION, code: 'LOA-3', name: 'Loa thôn La Ve' }),
  ])
  const releaseId = await stage.released({
    channels: ['portal', 'loudspeaker'],
    startsAt: new Date('2026-07-01T02:00:00Z'),
    words: 'Đọc mỗi sáng.',
  })
  clock.set('2026-07-01T03:00:00Z')
  while ((await workLedger(stage.ctx)) > 0);
  found = await sheetRowsOf(stage.ctx, releaseId, { channel: null, taskId: null })
})
afterAll(() => stage.database.close())

test('there is a sheet for each row that people carry out, with exactly what was approved for it', () => {
  expect(found.rows.map(({ outlet }) => outlet.code)).toEqual(['LOA-1', 'LOA-3'])
  for (const { row, renditions } of found.rows) {
    expect(row.taskId).not.toBeNull()
    expect(renditions.map(({ channel, language }) => [channel, language])).toEqual([['loudspeaker', 'vi']])
  }
  expect(found.hotlines.map(({ number }) => number)).toEqual(['111'])
  expect(found.title).toBe('Cảnh giác')
})

test('of one task there is its own sheet, of one way out only those, and of none a refusal', async () => {
  const { row } = found.rows[1]!
  const own = await sheetRowOfTask(stage.ctx, row.taskId!)
  expect(own.rows.map(({ outlet }) => outlet.name)).toEqual(['Loa thôn La Ve'])
  await expect(sheetRowsOf(stage.ctx, row.releaseId, { channel: 'portal', taskId: null })).rejects.toMatchObject({
    code: 'release.no_sheets',
  })
})

const SHEET: TaskSheet = {
  kicker: 'Tờ việc · Loa truyền thanh',
  title: 'Việc nhẹ, lương cao: hỏi kỹ trước khi đi',
  facts: [['Ở đâu', 'Đài truyền thanh xã Bản Hồ']],
  texts: [{ heading: 'Lời đọc', words: 'Không đưa giấy tờ cho người lạ.\nHỏi xã trước khi đi.' }],
  hotlines: [{ name: 'Tổng đài quốc gia', number: '111' }],
  ticks: ['Đã làm'],
  signHere: 'Người làm:',
  address: 'https://loa.example.vn/tasks/1',
  addressWords: 'Quét để báo đã làm',
}

test('sheets begin a page each, say their words to the letter and the number to call large, the same bytes again', async () => {
  const sheets = { title: 'Tờ việc', madeOn: '2026-07-01', sheets: [SHEET, { ...SHEET, title: 'Tờ thứ hai' }, SHEET] }
  const pdf = await drawSheets(sheets)
  const words = await wordsOfPdf(pdf)
  const said = (page: number) => words.filter((one) => one.page === page).map(({ text }) => text)
  expect(Math.max(...words.map(({ page }) => page))).toBe(3)
  expect(said(2).join(' ')).toContain('Tờ thứ hai')
  for (const page of [1, 2, 3]) expect(said(page)).toContain('Không đưa giấy tờ cho người lạ.')
  expect(words.find(({ text }) => text === '111')?.size).toBe(30)
  expect(Buffer.compare(pdf, await drawSheets(sheets))).toBe(0)
})

test('the square of a sheet is read back from its page as the very address of its task', async () => {
  const addresses = [
    'https://loa.example.vn/g/AaIXCTwVc3mzH7HVhEhTyw',
    'http://127.0.0.1:40931/g/0123456789-_ABCDEFGHIJ',
    'http://10.0.0.1/g/a',
  ]
  const sheets = addresses.map((address) => ({ ...SHEET, address }))
  const pdf = await drawSheets({ title: 'Tờ việc', madeOn: '2026-07-01', sheets })
  const read = []
  for (const page of [1, 2, 3]) read.push(await readSquare(pdf, page))
  expect(read).toEqual(addresses)
})

test('a number of the bulletin holds its articles in two columns and the number to call on its page', async () => {
  const article = { title: 'Cảnh giác', body: `${'Không đưa giấy tờ cho người lạ. '.repeat(20)}\nHỏi xã trước khi đi.` }
  const bulletin = {
    title: 'Bản tin thông tin cơ sở',
    publisher: 'Sở Văn hóa, Thể thao và Du lịch',
    number: 7,
    day: '2026-07-01',
    dayWords: 'Ngày 01 tháng 7 năm 2026',
    articles: [article, article, article, article],
    hotlines: [{ name: 'Tổng đài quốc gia', number: '111' }],
    imprint: 'In 500 bản.',
  }
  const words = await wordsOfPdf(drawBulletin(bulletin))
  const heads = words.filter(({ text }) => text === 'Cảnh giác')
  expect(heads.length).toBe(4)
  expect(new Set(heads.map(({ x }) => Math.round(x))).size).toBe(2)
  for (const text of ['Bản tin thông tin cơ sở', 'Số 07', '111', 'In 500 bản.']) {
    expect(words.map((one) => one.text)).toContain(text)
  }
})
