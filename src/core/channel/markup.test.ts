import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMarkup } from './markup.ts'
import { plainOf } from './text-block.ts'

test('headings, lists, quotes, pictures and links are told apart', () => {
  const blocks = readMarkup(
    '## Nhận biết\n\nGọi **111**, xem [trang này](https://laocai.gov.vn/a).\n\n- một\n- hai\n\n> Tôi đã được giúp.\n\n![Tờ rơi](media:0190)',
  )
  expect(blocks.map((block) => block.kind)).toEqual(['heading', 'paragraph', 'list', 'quote', 'image'])
  expect(blocks[1]).toMatchObject({
    inlines: [
      { text: 'Gọi ' },
      { text: '111', strong: true },
      { text: ', xem ' },
      { text: 'trang này', href: 'https://laocai.gov.vn/a' },
      { text: '.' },
    ],
  })
  expect(blocks[2]).toMatchObject({ ordered: false, items: [[{ text: 'một' }], [{ text: 'hai' }]] })
  expect(blocks[4]).toEqual({ kind: 'image', media: '0190', alternative: 'Tờ rơi' })
})

test('HTML is kept as typed words, never as HTML', () => {
  expect(readMarkup('<script>x</script>')).toMatchObject([
    { kind: 'paragraph', inlines: [{ text: '<script>x</script>' }] },
  ])
  expect(readMarkup('a < b & c "d"')).toMatchObject([{ inlines: [{ text: 'a < b & c "d"' }] }])
})

test('no word of plain Vietnamese text is lost', () => {
  const word = fc.constantFrom('đường', 'dây', 'nóng', '111', 'Mông', 'ữ', 'tờ rơi', '30/7', '66,2 %')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
      const [block] = readMarkup(`Tin ${words.join(' ')}`)
      expect(block?.kind === 'paragraph' ? plainOf(block.inlines) : '').toBe(`Tin ${words.join(' ')}`)
    }),
  )
})
