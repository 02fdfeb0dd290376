import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesFor, secondsOf } from './board-lines.ts'

const syllable = fc.constantFrom('Cảnh', 'GIÁC', 'việc', 'nhẹ', 'lương', 'cao', 'nghiêng', 'Đừng', '18001567', 'Ở', 'a')
const words = fc.array(syllable, { minLength: 1, maxLength: 60 }).map((all) => all.join(' '))

test('words are parted between words: no letter is lost, changed or added, and none of the lines is too long', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 8, max: 40 }), (given, letters) => {
      const lines = linesFor(given, letters)
      expect(lines.join(' ')).toBe(given)
      expect(lines.every((line) => [...line].length <= letters)).toBe(true)
      // As full as can be: the first word of the next line had no room.
      lines.slice(1).forEach((line, at) => {
        expect([...`${lines[at]} ${line.split(' ')[0]}`].length).toBeGreaterThan(letters)
      })
    }),
  )
})

test('a word that is longer than a line is cut, and letters that were typed in pieces are put together', () => {
  expect(linesFor('https://congan.laocai.gov.vn', 10)).toEqual(['https://co', 'ngan.laoca', 'i.gov.vn'])
  expect(linesFor('Cảnh giác'.normalize('NFD'), 9)).toEqual(['Cảnh giác'])
})

test('without a limit lines stay as they were written, and empty ones are none', () => {
  expect(linesFor('Cảnh giác\n\n  Gọi   111 ', null)).toEqual(['Cảnh giác', 'Gọi 111'])
})

test('nobody is asked to read a line in less than two seconds', () => {
  expect([secondsOf(8, 12), secondsOf(30, 2), secondsOf(8, 900)]).toEqual([24, 30, 600])
})
