import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Indicator } from '../evidence/index.ts'
import { NO_SUM, questionOf, type Cells, type FigureRow, type Sum } from '../figure/index.ts'
import { annexTables, cellsChanged } from './annex-tables.ts'
import { composeReport } from './compose-report.ts'
import type { FigureBook } from './figure-book.ts'
import { figureWords } from './report-figure.ts'
import type { TemplateContent } from './template.ts'
import { printTokens, tokensIn, whyNotText } from './tokens.ts'

const indicators: Indicator[] = [
  ['sessions', 'Buổi tuyên truyền', 'buổi'],
  ['attendances', 'Lượt người dự', 'lượt người'],
  ['trainings', 'Lớp tập huấn', 'lớp'],
  ['leaflets', 'Tờ rơi', 'tờ'],
  ['folders', 'Tờ gấp', 'tờ'],
].map(([code = '', name = '', unit = ''], ordinal) => ({
  code,
  name,
  unit,
  ordinal,
  definition: '',
  counting: '',
  people: false,
  endedOn: null,
}))
const template: TemplateContent = {
  subject: 'Kết quả {period}',
  lines: [
    { kind: 'paragraph', text: 'Số liệu {period} của {scope}.' },
    { kind: 'section', text: 'Kết quả' },
    {
      kind: 'say',
      as: 'paragraph',
      begin: 'Đã',
      phrases: ['tổ chức {sessions}', 'mở {trainings} tập huấn', 'phát {leaflets} rơi'],
      end: '.',
      always: false,
      compare: true,
      plan: true,
    },
    {
      kind: 'each',
      of: 'channel',
      as: 'dash',
      indicators: ['sessions', 'leaflets', 'folders'],
      most: 100,
      begin: 'Theo hình thức:',
      none: 'lý do',
    },
    { kind: 'each', of: 'organisation', as: 'dash', indicators: ['sessions'], most: 2, begin: '', none: '' },
    { kind: 'notes' },
  ],
  annexes: [{ title: 'Theo đơn vị', by: 'organisation', indicators: ['sessions', 'leaflets', 'trainings'] }],
  channels: { talk: 'Tuyên truyền miệng', leaflet: 'Tờ rơi' },
  photos: 'Hình ảnh',
}

const sum = (counted: number, estimated = 0): Sum => {
  const pair = { counted: BigInt(counted), estimated: BigInt(estimated) }
  return { ...NO_SUM, ...pair, byGrade: { ...NO_SUM.byGrade, declared: pair } }
}
const cells = (given: Record<string, Sum>): Cells => new Map(Object.entries(given))
const question = questionOf({ from: '2026-01-01', to: '2026-01-31', by: 'organisation', mapDay: '2026-01-31' })

function bookOf(total: Cells, before: Cells | null, targets: Record<string, number> = {}): FigureBook {
  const rows = ['Xã A', 'Xã B', 'Xã C'].map((id, at): FigureRow => ({
    kind: 'below',
    id,
    cells: at === 0 ? total : cells({ sessions: sum(at) }),
  }))
  const tree = {
    day: '2026-01-31',
    ids: [],
    node: (id: string) => ({ name: id }),
    placed: () => null,
    pathTo: () => [],
  }
  const pages = (all: Cells) => ({
    total: all,
    byChannel: new Map([['talk', all]]),
    bodies: { question, rows, total: all, tree: tree as unknown as FigureBook['now']['bodies']['tree'] }, // as far as names are read
  })
  return { question, now: pages(total), before: before && pages(before), targets: new Map(Object.entries(targets)) }
}

function composed(total: Cells, before: Cells | null = null, targets: Record<string, number> = {}) {
  const book = bookOf(total, before, targets)
  const given = { book, indicators, asOf: new Date(0), period: 'tháng 01/2026', scope: 'tỉnh', campaign: '' }
  const { text, figures } = composeReport(template, { ...given, notes: [{ body: 'Xã A', text: 'Khó khăn.' }] })
  const words = (code: string, form: string) => {
    const figure = figures.find((one) => one.code === code)
    return figure ? figureWords(figure, form, 'kỳ trước') : null
  }
  return { text, figures, words, printed: printTokens(text, ({ code, form }) => words(code, form)) }
}

describe('the text of a report', () => {
  test('says exact values, what changed, and how much of the plan it is', () => {
    const { printed } = composed(
      cells({ sessions: sum(1_234), leaflets: sum(8, 500) }),
      cells({ sessions: sum(1_000) }),
      { sessions: 1_000 },
    )
    expect(printed).toContain(
      'Đã tổ chức 1.234 buổi, tăng 234 buổi (23,4%) so với kỳ trước, đạt 123,4% kế hoạch; phát 08 tờ rơi, ngoài ra ước tính 500 tờ, kỳ trước không có.',
    )
    expect(printed).toContain('- Tuyên truyền miệng: 1.234 buổi, tờ rơi 08 tờ.')
    expect(printed).toContain('- Xã A: 1.234 buổi;\n- Xã C: 02 buổi.')
    expect(printed).toContain('- Xã A: Khó khăn.')
    expect(printed).not.toContain('tập huấn')
  })

  test('leaves a sentence out where there is nothing to say', () => {
    expect(composed(cells({ folders: sum(3) })).printed).not.toContain('Đã')
    expect(composed(cells({ trainings: sum(3) })).printed).toContain('[Viết: lý do]')
    expect(composed(cells({ trainings: sum(3) })).printed).not.toContain('Theo hình thức:')
  })

  test('of any figures holds tokens that can all be printed, no typed number, and no token twice for two figures', () => {
    const figure = fc.tuple(fc.nat(2_000_000), fc.nat(500)).map(([counted, estimated]) => sum(counted, estimated))
    const some = fc.dictionary(fc.constantFrom(...indicators.map(({ code }) => code)), figure).map(cells)
    fc.assert(
      fc.property(some, fc.option(some, { nil: null }), (total, before) => {
        const { text, figures, words, printed } = composed(total, before)
        const units = indicators.map(({ unit }) => unit)
        expect(whyNotText(text, { knows: ({ code, form }) => words(code, form) !== null, units })).toBeNull()
        expect(new Set(figures.map(({ code }) => code)).size).toBe(figures.length)
        expect(tokensIn(printed)).toEqual([])
        expect(printed).not.toMatch(/(?<![\d.,])0 \p{L}/u)
      }),
    )
  })
})

test('the tables of an annex add up, leave out what nobody has, and count the cells that differ', () => {
  const now = annexTables(template, bookOf(cells({ sessions: sum(10), leaflets: sum(0, 500) }), null), indicators)
  expect(now[0]?.table.columns.map(({ title }) => title)).toEqual([
    'STT',
    'Đơn vị',
    'Buổi tuyên truyền (buổi)',
    'Tờ rơi (tờ)',
  ])
  expect(now[0]?.table.rows[0]).toEqual(['1', 'Xã A', '10', 'ước 500'])
  const later = annexTables(template, bookOf(cells({ sessions: sum(11), leaflets: sum(0, 500) }), null), indicators)
  expect(cellsChanged(now, later)).toBe(2)
  expect(cellsChanged(now, now)).toBe(0)
})
