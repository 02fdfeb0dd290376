import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from './paper.ts'
import { readOutline } from './read-outline.ts'
import { writeOutline } from './write-outline.ts'

const kinds = (text: string) => readOutline(text).body.map((block) => [block.kind, 'text' in block ? block.text : ''])

describe('a text as people type it', () => {
  test('is read by what its lines begin with, whatever the numbers', () => {
    const typed = `Căn cứ Kế hoạch số 74/KH-UBND;
      Căn cứ tình hình thực tế.

      I. Kết quả
      1. Công tác chỉ đạo
      Sở đã ban hành 02 văn bản.
      1. Đã tổ chức 08 lớp tập huấn.
      a) Loa truyền thanh;
      c. Màn hình điện tử.
      - Xã Bản Hồ
      + Thôn La Ve
      Phần II: Kiến nghị`
    expect(kinds(typed)).toEqual([
      ['basis', 'Căn cứ Kế hoạch số 74/KH-UBND;'],
      ['basis', 'Căn cứ tình hình thực tế.'],
      ['section', 'Kết quả'],
      ['heading', 'Công tác chỉ đạo'],
      ['paragraph', 'Sở đã ban hành 02 văn bản.'],
      ['clause', 'Đã tổ chức 08 lớp tập huấn.'],
      ['point', 'Loa truyền thanh;'],
      ['point', 'Màn hình điện tử.'],
      ['dash', 'Xã Bản Hồ'],
      ['plus', 'Thôn La Ve'],
      ['part', 'Kiến nghị'],
    ])
  })

  test('takes rows pasted from a sheet as a table: numbers to the right, the sum in bold', () => {
    const [table] = readOutline('STT\tĐịa bàn\tSố buổi\n1\tXã Bản Hồ\t12\n2\tXã Bát Xát\t\n\tTổng cộng\t12').body
    expect(table).toMatchObject({
      kind: 'table',
      columns: [
        { title: 'STT', align: 'center' },
        { title: 'Địa bàn', align: 'left' },
        { title: 'Số buổi', align: 'right' },
      ],
      rows: [
        ['1', 'Xã Bản Hồ', '12'],
        ['2', 'Xã Bát Xát', ''],
        ['', 'Tổng cộng', '12'],
      ],
      total: true,
    })
  })

  test('begins an annex with its name', () => {
    const { body, annexes } = readOutline(
      'Báo cáo để biết.\n\nPhụ lục II. Theo địa bàn\n1. Các xã\nPhụ lục: Ảnh\nMột ảnh.',
    )
    expect(body.length).toBe(1)
    expect(annexes.map(({ title, body: blocks }) => [title, blocks.length])).toEqual([
      ['Theo địa bàn', 1],
      ['Ảnh', 1],
    ])
  })

  test('says by a mark what would be read as something else', () => {
    expect(kinds('\\- không phải gạch đầu dòng\n1) Một câu\n1. **Tên mục, dài.**\ndòng một\\\ndòng hai')).toEqual([
      ['paragraph', '- không phải gạch đầu dòng'],
      ['clause', 'Một câu'],
      ['heading', 'Tên mục, dài.'],
      ['paragraph', 'dòng một\ndòng hai'],
    ])
  })
})

const letters = fc.constantFrom(...'aăâbcđeêiIVX1.) -+;:|>*[]ạễ PCăn')
const words = fc
  .array(letters, { minLength: 1, maxLength: 40 })
  .map((all) => all.join('').normalize('NFC').trim())
  .filter((text) => text !== '')
const sentence = fc
  .tuple(words, fc.option(words, { nil: null }))
  .map(([first, second]) => (second === null ? first : `${first}\n${second}`))
const spoken = (kind: 'section' | 'clause' | 'point' | 'dash' | 'plus' | 'paragraph' | 'part') =>
  sentence.map((text): Block => ({ kind, text }))
const heading = words.filter((text) => !text.startsWith('**')).map((text): Block => ({ kind: 'heading', text }))
const table = fc
  .tuple(
    fc.array(
      fc.record({
        title: words,
        share: fc.integer({ min: 1, max: 40 }),
        align: fc.constantFrom('left', 'center', 'right'),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.boolean(),
  )
  .chain(([columns, total]) =>
    fc
      .array(fc.array(sentence, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 })
      .filter((rows) => !rows[0]?.every((cell) => /^:?-+:?$/u.test(cell)))
      .map((rows): Block => ({ kind: 'table', columns, rows, total: total && rows.length > 0 })),
  )
const picture = fc
  .tuple(words, words)
  .filter((both) => both.every((text) => !/[|\]]/u.test(text) && !/\s\s/u.test(text)))
  .map(([caption, alternative]): Block => ({ kind: 'picture', sha256: 'a1'.repeat(32), caption, alternative }))
const block = fc.oneof(
  ...(['section', 'clause', 'point', 'dash', 'plus', 'paragraph', 'part'] as const).map(spoken),
  heading,
  table,
  picture,
)

test('blocks written as a text are read as the same blocks', () => {
  fc.assert(
    fc.property(
      fc.array(sentence, { maxLength: 2 }),
      fc.array(block, { maxLength: 8 }),
      fc.array(fc.record({ title: words, body: fc.array(block, { maxLength: 3 }) }), { maxLength: 2 }),
      (bases, blocks, annexes) => {
        const body: Block[] = [...bases.map((text): Block => ({ kind: 'basis', text })), ...blocks]
        expect(readOutline(writeOutline({ body, annexes }))).toEqual({ body, annexes })
      },
    ),
    { numRuns: 2_000 },
  )
})
