import { expect, test } from 'vitest'
import { saidWords } from './said-words.ts'

const WORDS = [
  { word: 'UNESCO', reading: 'u-nét-xcô' },
  { word: 'internet', reading: 'in-tơ-nét' },
  { word: 'A/H5N1', reading: 'a hát năm nờ một' },
  { word: 'Sa Pả', reading: 'Xa Pả' },
  { word: 'Sa Pả Lớn', reading: 'Xa Pả Lớn' },
]

test.each([
  ['Theo UNESCO, internet có ích', 'Theo u-nét-xcô, in-tơ-nét có ích'],
  ['Internet có ích', 'In-tơ-nét có ích'],
  ['unesco viết thường là chữ khác', 'unesco viết thường là chữ khác'],
  ['cúm A/H5N1 ngày 30/7', 'cúm a hát năm nờ một ngày ba mươi tháng bảy'],
  ['về Sa Pả Lớn rồi Sa Pả', 'về Xa Pả Lớn rồi Xa Pả'],
  ['internetx UNESCOs', 'internetx UNESCOs'],
])('the dictionary is looked up for whole words, the longest first: %s', (written, said) => {
  expect(saidWords(written, WORDS)).toBe(said)
})

test('a reading is not looked up again, and no dictionary at all changes nothing', () => {
  const circle = [
    { word: 'một', reading: 'hai' },
    { word: 'hai', reading: 'một' },
  ]
  expect(saidWords('một hai', circle)).toBe('hai một')
  expect(saidWords('một hai', [])).toBe('một hai')
})

test('a voice of the south counts as the south does, also what its channel wrote in words before', () => {
  expect(saidWords('2.105 hộ, ba nghìn con', [], 'south')).toBe('hai ngàn một trăm lẻ năm hộ, ba ngàn con')
  expect(saidWords('2.105 hộ', [], 'central')).toBe('hai nghìn một trăm linh năm hộ')
})
