import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { readTemplate } from './read-template.ts'
import { TemplateContent, type TemplateLine } from './template.ts'
import { writeTemplate } from './write-template.ts'

const EXAMPLES = join(import.meta.dirname, '../../../examples/reports')
const given = readdirSync(EXAMPLES).map((name) => {
  const { content } = JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')) as { content: unknown }
  return [name, v.parse(TemplateContent, content)] as const
})

test.each(given)('%s is typed and read as the same again', (_, { lines, annexes }) => {
  expect(readTemplate(writeTemplate({ lines, annexes }))).toEqual({ lines, annexes })
})

test('a template as a person types it', () => {
  const text = `I. Kết quả
    1. Chỉ đạo
    [Viết] văn bản đã ban hành
    [Câu: gạch đầu dòng, so sánh, kết bằng “;”] Tuyên truyền trực tiếp:
    + tổ chức {drives} tuyên truyền
    + thu hút {attendances}, trong đó có người có uy tín

    [Mỗi đơn vị: nhiều nhất 12] Theo đơn vị:
    + drives
    Nếu không có: nêu lý do
    [Ý kiến các đơn vị]
    Trên đây là báo cáo.
    [Phụ lục theo hình thức] Kết quả theo hình thức
    + plays
    + minutes`
  const { lines, annexes } = readTemplate(text)
  expect(lines.map(({ kind }) => kind)).toEqual(['section', 'heading', 'write', 'say', 'each', 'notes', 'paragraph'])
  expect(lines[3]).toMatchObject({ as: 'dash', compare: true, plan: false, end: ';', begin: 'Tuyên truyền trực tiếp:' })
  expect(lines[4]).toMatchObject({ of: 'organisation', as: 'dash', most: 12, none: 'nêu lý do' })
  expect(annexes).toEqual([{ title: 'Kết quả theo hình thức', by: 'channel', indicators: ['plays', 'minutes'] }])
})

test.each([
  ['a head nobody knows', 'Mở đầu\n[Bảng] x', 2],
  ['a wish nobody knows', '[Câu: in đậm] x\n+ {drives}', 1],
  ['a sentence without phrases', '[Câu] x', 1],
  ['an item under nothing', 'Mở đầu.\n\n+ drives', 3],
])('%s is refused with the number of its line', (_, text, line) => {
  expect(() => readTemplate(text)).toThrow(
    expect.objectContaining({ code: 'report.template_line', facts: { line }, field: 'text' }),
  )
})

const letters = fc.constantFrom(...'aăđếIVX1.[]+-\\“”,:{} \nN')
const words = fc
  .array(letters, { minLength: 1, maxLength: 20 })
  .map((all) =>
    all
      .join('')
      .replace(/\s*\n\s*/gu, '\n')
      .replaceAll('\\', '/')
      .trim(),
  )
  .filter((text) => text !== '')
const shape = fc.constantFrom('paragraph', 'clause', 'point', 'dash')
const line: fc.Arbitrary<TemplateLine> = fc.oneof(
  fc.record({ kind: fc.constantFrom('section', 'heading', 'paragraph', 'write'), text: words }),
  fc.record({
    kind: fc.constant('say'),
    as: shape,
    begin: fc.oneof(words, fc.constant('')),
    phrases: fc.array(words, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom('.', '', ';', ', và'),
    always: fc.boolean(),
    compare: fc.boolean(),
    plan: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('each'),
    of: fc.constantFrom('channel', 'organisation'),
    as: shape,
    indicators: fc.array(fc.constantFrom('drives', 'plays'), { minLength: 1, maxLength: 3 }),
    begin: fc.oneof(words, fc.constant('')),
    none: fc.oneof(words, fc.constant('')),
    most: fc.integer({ min: 1, max: 300 }),
  }),
  fc.constant({ kind: 'notes' }),
) as fc.Arbitrary<TemplateLine>

test('whatever a template says, it is typed and read as the same again', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      expect(readTemplate(writeTemplate({ lines, annexes: [] }))).toEqual({ lines, annexes: [] })
    }),
    { seed: 74, numRuns: 1_000 },
  )
})
