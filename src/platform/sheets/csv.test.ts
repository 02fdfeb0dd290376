import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, writeCsv } from './csv.ts'

test('what is written is read back, whatever letters are in the cells', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', 'ế', ',', ';', '"', '\n', ' '), maxLength: 6 })
    .map((text) => `x${text}`)
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }), (body) => {
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

test('a cell that would run as a formula is disarmed', () => {
  expect(writeCsv([['=1+1']])).toContain("'=1+1")
})
