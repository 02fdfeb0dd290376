import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskContact, readContact } from './contact.ts'
import { readSubscriberRows, type SubscriberRow } from './subscriber-table.ts'

test.each([
  ['hoa@example.vn', 'hoa@example.vn'],
  ['  Hoa.Nguyen+tin@Example.VN ', 'Hoa.Nguyen+tin@example.vn'],
  ['hoa@thưđiệntử.vn', 'hoa@xn--thint-6ya62ii46m3ja.vn'],
  ['hoa', null],
  ['hoa@localhost', null],
  ['hoa@@example.vn', null],
  ['hoa @example.vn', null],
  ['<hoa@example.vn>', null],
  ['hoa@example.vn, lan@example.vn', null],
  ['.hoa@example.vn', null],
  ['ho..a@example.vn', null],
  ['hòa@example.vn', null],
  ['hoa@-example.vn', null],
  ['hoa@example.vn\r\nBcc: x@y.vn', null],
  [`${'a'.repeat(65)}@example.vn`, null],
])('the address %j is kept as %j', (written, kept) => {
  expect(readContact('mail', written)).toBe(kept)
})

test.each([
  ['0912345678', '+84912345678'],
  ['+84 912 345 678', '+84912345678'],
  ['84912345678', '+84912345678'],
  ['0912.345.678', '+84912345678'],
  ['01234567890', null],
  ['111', null],
  ['0212345678', null],
  ['+1 912 345 6789', null],
])('the number %j is kept as %j', (written, kept) => {
  expect(readContact('phone', written)).toBe(kept)
})

test('what is kept is read again as itself, and no mask tells it', () => {
  const local = fc.stringMatching(/^[a-z][a-z0-9]{3,20}$/)
  fc.assert(
    fc.property(local, fc.stringMatching(/^[a-z]{3,10}\.vn$/), (name, domain) => {
      const kept = readContact('mail', `${name}@${domain}`)
      expect(kept).toBe(`${name}@${domain}`)
      expect(maskContact('mail', kept ?? '')).toBe(`${name[0]}…@${domain}`)
    }),
  )
  expect(maskContact('phone', '+84912345678')).toBe('09…78')
})

describe('a table of contacts', () => {
  const ROW: SubscriberRow = {
    contact: 'hoa@example.vn',
    language: '',
    consent_on: '2026-06-30',
    consent_note: 'Họp chi bộ',
  }
  const read = (...rows: Partial<SubscriberRow>[]) =>
    readSubscriberRows(
      rows.map((row) => ({ ...ROW, ...row })),
      'mail',
      '2026-07-01',
    )
  test.each([
    [{ contact: '' }, ['contact', 'empty']],
    [{ contact: 'hoa' }, ['contact', 'contact']],
    [{ language: 'tiếng Việt' }, ['language', 'language']],
    [{ consent_on: '' }, ['consent_on', 'empty']],
    [{ consent_on: '30/6/2026' }, ['consent_on', 'day']],
    [{ consent_on: '2026-07-02' }, ['consent_on', 'future']],
    [{ consent_note: '' }, ['consent_note', 'empty']],
    [{ consent_note: 'x'.repeat(501) }, ['consent_note', 'long']],
  ])('with %j is told where it is wrong', (change, told) => {
    const { bad, good } = read(change)
    expect([bad.map(({ row, column, reason }) => [row, column, reason]), good]).toEqual([[[2, ...told]], []])
  })

  test('passes over blank rows, and tells one that stands twice however it is written', () => {
    const blank = { contact: '', language: '', consent_on: '', consent_note: '' }
    const { good, bad } = read({}, blank, { contact: 'HOA@Example.vn' }, { contact: 'lan@example.vn', language: 'en' })
    expect(good.map(({ contact, language }) => [contact, language])).toEqual([
      ['hoa@example.vn', null],
      ['lan@example.vn', 'en'],
    ])
    expect(bad).toMatchObject([{ row: 4, column: 'contact', reason: 'twice' }])
  })
})
