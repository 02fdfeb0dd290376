import type { Indicator } from '../evidence/index.ts'
import type { Sum } from '../figure/index.ts'
import type { Block } from '../document/index.ts'
import { nameOfRow } from './compose-report.ts'
import type { FigureBook } from './figure-book.ts'
import { countWords } from './number-words.ts'
import type { TemplateAnnex, TemplateContent } from './template.ts'

type Table = Extract<Block, { kind: 'table' }>

/** A table of a report's annex, as it was answered. */
export interface ReportTable {
  readonly title: string
  readonly table: Table
}

/** The tables that a template asks for; indicators that nobody has a result of are left out, and a table without any. */
export function annexTables(
  { annexes, channels }: TemplateContent,
  book: FigureBook,
  indicators: readonly Indicator[],
): ReportTable[] {
  return annexes.flatMap((annex) => {
    const columns = annex.indicators.flatMap((code) => {
      const indicator = indicators.find((one) => one.code === code)
      return indicator && book.now.total.has(code) ? [indicator] : []
    })
    const rows = rowsOf(annex, channels, book)
    return columns.length === 0 ? [] : [{ title: annex.title, table: tableOf(annex, columns, rows, book) }]
  })
}

function rowsOf({ by }: TemplateAnnex, channels: TemplateContent['channels'], book: FigureBook) {
  if (by === 'channel') {
    const order = Object.keys(channels)
    return [...book.now.byChannel]
      .map(([code, cells]) => ({ name: channels[code] ?? code, at: order.indexOf(code) >>> 0, cells }))
      .sort((one, other) => one.at - other.at || one.name.localeCompare(other.name, 'vi'))
  }
  return book.now.bodies.rows
    .map(({ id, kind, cells }) => ({ name: nameOfRow(book, id, kind), cells }))
    .sort((one, other) => one.name.localeCompare(other.name, 'vi'))
}

function tableOf(
  { by }: TemplateAnnex,
  columns: readonly Indicator[],
  rows: readonly { readonly name: string; readonly cells: FigureBook['now']['total'] }[],
  book: FigureBook,
): Table {
  const told = rows.filter(({ cells }) => columns.some(({ code }) => cells.has(code)))
  const line = (number: string, name: string, cells: FigureBook['now']['total']) => [
    number,
    name,
    ...columns.map(({ code }) => cellWords(cells.get(code))),
  ]
  return {
    kind: 'table',
    columns: [
      { title: 'STT', share: 1, align: 'center' },
      { title: by === 'channel' ? 'Hình thức' : 'Đơn vị', share: 5, align: 'left' },
      ...columns.map(({ name, unit }) => ({ title: titleOf(name, unit), share: 2, align: 'right' as const })),
    ],
    rows: [
      ...told.map(({ name, cells }, at) => line(String(at + 1), name, cells)),
      line('', 'Tổng cộng', book.now.total),
    ],
    total: true,
  }
}

/** What was guessed stands beside what was counted, never in it. */
function cellWords(sum: Sum | undefined): string {
  if (!sum) return ''
  const counted = sum.counted === 0n && sum.estimated > 0n ? '' : countPlain(sum.counted)
  return [counted, sum.estimated > 0n ? `ước ${countPlain(sum.estimated)}` : ''].filter(Boolean).join('\n')
}

/** In a table numbers stand below one another: no nought before them. */
function countPlain(value: bigint): string {
  return countWords(Number(value)).replace(/^0(?=\d)/u, '')
}

/** How many cells differ, where the tables have the same rows and columns; else all of the newer. */
export function cellsChanged(kept: readonly ReportTable[], now: readonly ReportTable[]): number {
  const cells = (tables: readonly ReportTable[]) => tables.flatMap(({ table }) => table.rows.flat())
  const [old, fresh] = [cells(kept), cells(now)]
  if (old.length !== fresh.length) return Math.max(fresh.length, 1)
  return fresh.filter((cell, at) => cell !== old[at]).length
}

/** `Tờ rơi (tờ)`; a name that is its own unit says it once. */
function titleOf(name: string, unit: string): string {
  return name.toLocaleLowerCase('vi') === unit ? name : `${name} (${unit})`
}
