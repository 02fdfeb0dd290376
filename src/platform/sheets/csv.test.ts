import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, writeCsv } from './csv.ts'

test('what is written is read back letter by letter, also what looks like a formula', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'ế', ',', ';', '"', '\n', ' ', "'", '=', '-', '\t'),
    maxLength: 6,
  })
  const row = fc.tuple(cell, cell).map(([one, other]) => [`x${one}`, other.replace(/\r$/, '')])
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (body) => {
      const rows = [['code', 'name'], ...body]
      expect(parseCsv(writeCsv(rows))).toEqual(rows)
    }),
  )
})

test('a file by a Vietnamese Excel, parted by semicolons, is read', () => {
  expect(parseCsv('\uFEFFcode;name\r\nA;"Sở; Tài chính"\r\n\r\n')).toEqual([
    ['code', 'name'],
    ['A', 'Sở; Tài chính'],
  ])
})

test('a comma inside a quoted head does not decide the separator', () => {
  expect(parseCsv('"code, short";name\nA;B')).toEqual([
    ['code, short', 'name'],
    ['A', 'B'],
  ])
})

test('a blank line in the middle keeps the count of rows that a spreadsheet shows', () => {
  expect(parseCsv('code,name\n\n,\nA,B\n\n')).toEqual([['code', 'name'], [], [], ['A', 'B']])
})

test('a cell that would run as a formula is disarmed', () => {
  expect(writeCsv([['=1+1']])).toContain("'=1+1")
})
