import type { Indicator } from '../evidence/index.ts'
import { fold } from '../kernel/index.ts'
import { writeOutline, type Block } from '../document/index.ts'
import { reachOf, rowsWithResults, valueIn, type FigureBook } from './figure-book.ts'
import type { FigureKey, ReportFigure } from './report-figure.ts'
import { tokenOf } from './tokens.ts'
import { PLACE, type TemplateContent, type TemplateLine } from './template.ts'

export interface ComposeWith {
  readonly book: FigureBook
  readonly indicators: readonly Indicator[]
  readonly asOf: Date
  /** `từ ngày 15/12/2025 đến ngày 14/6/2026`. */
  readonly period: string
  readonly scope: string
  readonly campaign: string
  /** What contributing bodies wrote. */
  readonly notes: readonly { readonly body: string; readonly text: string }[]
}

/** The text of a report in the notation of `readOutline`, with a token for each figure, and the figures behind them. */
export interface Composed {
  readonly text: string
  readonly figures: readonly ReportFigure[]
}

export const BODIES_UNIT = 'cơ quan, đơn vị'
/** Begins what only a person can write. */
export const TO_WRITE = '[Viết: '

/** Writes a report by its template: exact values alone, and nothing of a figure that is nought unless it is asked for. */
export function composeReport(template: TemplateContent, given: ComposeWith): Composed {
  const composing = new Composing(template, given)
  const body = template.lines.flatMap((line) => composing.blocksOf(line))
  return { text: writeOutline({ body, annexes: [] }), figures: composing.figures }
}

type Say = Extract<TemplateLine, { kind: 'say' }>
type Each = Extract<TemplateLine, { kind: 'each' }>
const WHOLE = { channel: null, organisation: null, reach: 'within' } as const

class Composing {
  readonly figures: ReportFigure[] = []
  readonly #template: TemplateContent
  readonly #given: ComposeWith
  readonly #known = new Map<string, ReportFigure>()

  constructor(template: TemplateContent, given: ComposeWith) {
    this.#template = template
    this.#given = given
  }

  blocksOf(line: TemplateLine): Block[] {
    switch (line.kind) {
      case 'section':
      case 'heading':
      case 'paragraph':
        return [{ kind: line.kind, text: this.#filled(line.text) }]
      case 'write':
        return [{ kind: 'paragraph', text: `${TO_WRITE}${this.#filled(line.text)}]` }]
      case 'say':
        return this.#sentence(line)
      case 'each':
        return this.#each(line)
      case 'notes':
        return this.#given.notes.map(({ body, text }) => ({ kind: 'dash', text: `${body}: ${text}` }))
      default:
        return line satisfies never
    }
  }

  #filled(text: string): string {
    const { period, scope, campaign } = this.#given
    return text.replaceAll('{period}', period).replaceAll('{scope}', scope).replaceAll('{campaign}', campaign)
  }

  #sentence(line: Say): Block[] {
    const phrases = line.phrases.flatMap((phrase) => this.#phrase(phrase, line))
    if (phrases.length === 0) return []
    // A phrase that says how its figures changed has commas in it.
    const between = line.compare || line.plan ? '; ' : ', '
    const text = [this.#filled(line.begin), phrases.join(between)].filter(Boolean).join(' ')
    return [{ kind: line.as, text: `${text}${line.end}` }]
  }

  /** Nothing where all its figures are nought. */
  #phrase(phrase: string, line: Say): string[] {
    const keys = [...phrase.matchAll(PLACE)].map(([, indicator = '']): FigureKey => ({ ...WHOLE, indicator }))
    const told = keys.some((key) => !isNought(valueIn(this.#given.book, key)))
    if (keys.length > 0 && !told && !line.always) return []
    const figures = keys.map((key) => this.#figure(key))
    const said = this.#filled(phrase).replace(PLACE, (_mark, indicator: string) =>
      tokenOf({ code: this.#figure({ ...WHOLE, indicator }).code, form: '' }),
    )
    return [[said, ...FURTHER.flatMap((form) => furtherWords(figures, form, line))].join(', ')]
  }

  #each({ of, as, indicators, most, begin, none }: Each): Block[] {
    const lines = (of === 'channel' ? this.#channels() : this.#bodies(indicators)).flatMap(({ name, key }) => {
      const told = indicators
        .map((indicator): FigureKey => ({ ...key, indicator }))
        .filter((one) => !isNought(valueIn(this.#given.book, one)))
        .map((one) => `${this.#nameBefore(one.indicator, name)}${tokenOf({ code: this.#figure(one).code, form: '' })}`)
      return told.length > 0 ? [`${name}: ${told.join(', ')}`] : []
    })
    const shown = lines.slice(0, most)
    if (shown.length === 0) return none === '' ? [] : [{ kind: 'paragraph', text: `${TO_WRITE}${this.#filled(none)}]` }]
    return [
      ...(begin === '' ? [] : [{ kind: 'paragraph' as const, text: this.#filled(begin) }]),
      ...shown.map((text, at) => ({ kind: as, text: `${text}${at === shown.length - 1 ? '.' : ';'}` })),
    ]
  }

  /** `tờ rơi ` before its number, where the unit alone would not tell which of two is meant. */
  #nameBefore(indicator: string, line: string): string {
    const { indicators } = this.#given
    const own = indicators.find(({ code }) => code === indicator)
    const shared = own && indicators.some(({ code, unit }) => code !== indicator && unit === own.unit)
    return shared && !fold(line).includes(fold(own.name))
      ? `${own.name.charAt(0).toLocaleLowerCase('vi')}${own.name.slice(1)} `
      : ''
  }

  #channels() {
    const names = this.#template.channels
    const order = Object.keys(names)
    const codes = [...this.#given.book.now.byChannel.keys()].filter((code) => code !== '')
    const rank = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length)
    return codes
      .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other))
      .map((channel) => ({ name: names[channel] ?? channel, key: { ...WHOLE, channel } }))
  }

  #bodies([first = '']: readonly string[]) {
    const { book } = this.#given
    return rowsWithResults(book.now.bodies)
      .map((row) => ({
        name: nameOfRow(book, row.id, row.kind),
        key: { channel: null, organisation: row.id, reach: reachOf(row) },
        size: Number(row.cells.get(first)?.counted ?? 0n),
      }))
      .sort((one, other) => other.size - one.size || one.name.localeCompare(other.name, 'vi'))
  }

  /** The same figure has the same code wherever it stands. */
  #figure(key: FigureKey): ReportFigure {
    const { book, indicators, asOf } = this.#given
    const known = this.#known.get(JSON.stringify(key))
    if (known) return known
    const unit = key.indicator === 'bodies' ? BODIES_UNIT : indicators.find(({ code }) => code === key.indicator)?.unit
    const figure = {
      code: `f${this.figures.length + 1}`,
      key,
      unit: unit ?? key.indicator,
      value: valueIn(book, key),
      asOf,
    }
    this.#known.set(JSON.stringify(key), figure)
    this.figures.push(figure)
    return figure
  }
}

const FURTHER = ['estimate', 'change', 'plan'] as const

/** What is said after a phrase of its figures: what was guessed, how they changed, how much of the plan they are. */
function furtherWords(
  figures: readonly ReportFigure[],
  form: (typeof FURTHER)[number],
  { compare, plan }: Say,
): string[] {
  const told = figures.filter(({ value }) => {
    if (form === 'estimate') return value.estimated > 0 && value.counted > 0
    return form === 'change' ? compare && value.before !== null && value.counted > 0 : plan && (value.target ?? 0) > 0
  })
  return told.length === 0 ? [] : [told.map(({ code }) => tokenOf({ code, form })).join(' và ')]
}

function isNought({ counted, estimated }: { readonly counted: number; readonly estimated: number }): boolean {
  return counted === 0 && estimated === 0
}

/** The name of a body as the tree of the report's day has it. */
export function nameOfRow(book: FigureBook, id: string | null, kind: string): string {
  const name = (id && book.now.bodies.tree?.node(id)?.name) || 'Chưa rõ đơn vị'
  return kind === 'divided' || kind === 'ended' ? `${name} (trước khi sắp xếp)` : name
}
