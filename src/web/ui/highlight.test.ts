import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './highlight.ts'

test('pieces add up to the text whatever the marks are', () => {
  const mark = fc.record({
    id: fc.uuid(),
    from: fc.integer({ min: -3, max: 40 }),
    to: fc.integer({ min: -3, max: 40 }),
    doubtful: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(mark, { maxLength: 8 }), (text, marks) => {
      expect(
        piecesOf(text, marks)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})

test('where marks nest, the inner one comes first and each begins once', () => {
  const pieces = piecesOf('treo băng rôn', [
    { id: 'duty', from: 0, to: 13, doubtful: false },
    { id: 'channel', from: 5, to: 13, doubtful: true },
  ])
  expect(
    pieces.map(({ text, marks, starts }) => [text, marks.map(({ id }) => id), starts.map(({ id }) => id)]),
  ).toEqual([
    ['treo ', ['duty'], ['duty']],
    ['băng rôn', ['channel', 'duty'], ['channel']],
  ])
})
