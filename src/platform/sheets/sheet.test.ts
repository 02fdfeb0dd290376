import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { readSheet, writeSheet } from './sheet.ts'

const ROWS = [
  ['code', 'name', 'note'],
  ['02647', 'Phường Lào Cai', ''],
  [],
  ['A;B', '=1+1 "Đền ơn", đáp nghĩa', 'hai\ndòng'],
]

describe.each(['csv', 'xlsx'] as const)('a %s file', (format) => {
  test('comes back letter by letter, leading zeros and blank rows kept', async () => {
    expect(await readSheet(await writeSheet(ROWS, format))).toEqual(ROWS)
  })
})

test('a day that a spreadsheet made a moment is read as ISO', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('x').addRow(['UBND', new Date('2025-07-01T00:00:00Z')])
  expect(await readSheet(new Uint8Array(await workbook.xlsx.writeBuffer()))).toEqual([['UBND', '2025-07-01']])
})

test('Unicode text of Excel (UTF-16, tabs) is read', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('code\tname\r\nA\tSở Y tế\r\n', 'utf16le')])
  expect(await readSheet(bytes)).toEqual([
    ['code', 'name'],
    ['A', 'Sở Y tế'],
  ])
})

test.each([
  ['a ZIP that is no workbook', Buffer.from('PK\x03\x04 không phải'), 'sheet.broken'],
  ['an old or locked workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'sheet.broken'],
  ['letters of an unknown encoding', Buffer.from([0x63, 0xe0, 0xff, 0x0a]), 'sheet.not_utf8'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'sheet.not_utf8'],
  ['a file without measure', new Uint8Array(20_000_001), 'sheet.too_large'],
  ['a table without end', Buffer.from('a\n'.repeat(20_002)), 'sheet.too_long'],
])('%s is refused', async (_what, bytes, code) => {
  await expect(readSheet(bytes)).rejects.toMatchObject({ code, field: 'file' })
})

test('a workbook is refused when it cuts off in the middle', async () => {
  const bytes = await writeSheet(ROWS, 'xlsx')
  await expect(readSheet(bytes.slice(0, bytes.length / 2))).rejects.toMatchObject({ code: 'sheet.broken' })
})
