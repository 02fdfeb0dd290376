import { Refusal, tidy } from '../kernel/index.ts'
import type { TemplateAnnex, TemplateContent, TemplateLine } from './template.ts'
import { END_WORDS, LIST_WORDS, MOST_WORDS, NONE_WORDS, OPTION_WORDS, SHAPE_WORDS } from './template-notation.ts'

type Read = Pick<TemplateContent, 'lines' | 'annexes'>
type Shape = keyof typeof SHAPE_WORDS
type List = keyof typeof LIST_WORDS

/** A head in brackets with what stands under it. */
interface Piece {
  readonly head: string
  readonly words: string
  readonly items: string[]
  none: string
  readonly at: number
}

const HEAD = /^\[([^\]]*)\]\s*(.*)$/su
const ITEM = /^\+\s+(.*)$/su
const SECTION = /^[IVXL]+\.\s+(.*)$/su
const HEADING = /^\d+\.\s+(.*)$/su

/**
 * A template as a person types it: `I.` and `1.` are titles, `[Viết]` what a person has to write, `[Câu]` with lines of
 * `+` a sentence of phrases, `[Mỗi hình thức]` or `[Mỗi đơn vị]` a line for each with the indicators of its `+` lines,
 * `[Phụ lục theo đơn vị]` an annex, all else a paragraph.
 *
 * @throws Refusal `report.template_line` with the number of the line that says what is none of these.
 */
export function readTemplate(text: string): Read {
  const [lines, annexes]: [TemplateLine[], TemplateAnnex[]] = [[], []]
  let open: Piece | null = null
  const close = () => {
    if (open) put(open, lines, annexes)
    open = null
  }
  for (const [at, line] of linesOf(text)) {
    const item = ITEM.exec(line)?.[1]
    const head = HEAD.exec(line)
    if (item !== undefined) {
      if (!open) refuse(at)
      open.items.push(tidy(item))
    } else if (line.startsWith(NONE_WORDS) && open) {
      open.none = tidy(line.slice(NONE_WORDS.length))
    } else if (head) {
      close()
      open = { head: head[1] ?? '', words: tidy(head[2] ?? ''), items: [], none: '', at }
    } else {
      close()
      lines.push(titleOrParagraph(line))
    }
  }
  close()
  return { lines, annexes }
}

function titleOrParagraph(line: string): TemplateLine {
  if (line.startsWith('\\')) return { kind: 'paragraph', text: tidy(line.slice(1)) }
  const [section, heading] = [SECTION.exec(line)?.[1], HEADING.exec(line)?.[1]]
  if (section) return { kind: 'section', text: tidy(section) }
  return heading ? { kind: 'heading', text: tidy(heading) } : { kind: 'paragraph', text: line }
}

function put(piece: Piece, lines: TemplateLine[], annexes: TemplateAnnex[]): void {
  const { head, words, items, none, at } = piece
  const colon = head.indexOf(':')
  const name = tidy(colon < 0 ? head : head.slice(0, colon))
  const options = new Options(colon < 0 ? '' : head.slice(colon + 1))
  const [each, annex] = [listNamed(name, 'Mỗi '), listNamed(name, 'Phụ lục theo ')]
  if (name === 'Viết' && items.length === 0) lines.push({ kind: 'write', text: words })
  else if (name === 'Ý kiến các đơn vị' && items.length === 0) lines.push({ kind: 'notes' })
  else if (name === 'Câu' && items.length > 0) {
    lines.push({
      kind: 'say',
      as: options.shape() ?? 'paragraph',
      begin: words,
      phrases: items,
      end: options.end() ?? '.',
      always: options.has(OPTION_WORDS.always),
      compare: options.has(OPTION_WORDS.compare),
      plan: options.has(OPTION_WORDS.plan),
    })
  } else if (each && items.length > 0) {
    const [as, most] = [options.shape() ?? 'dash', options.most() ?? 100]
    lines.push({ kind: 'each', of: each, as, indicators: items, begin: words, none, most })
  } else if (annex && items.length > 0) annexes.push({ title: words, by: annex, indicators: items })
  else refuse(at)
  if (options.unread()) refuse(at)
}

/** What stands behind the colon of a head; each wish is taken once, and what nobody takes is a flaw. */
class Options {
  private left: string[]

  constructor(text: string) {
    this.left = text
      .split(/,(?![^“]*”)/u)
      .map(tidy)
      .filter(Boolean)
  }

  has(words: string): boolean {
    return this.take((one) => one === words) !== null
  }

  shape(): Shape | null {
    const shapes = Object.keys(SHAPE_WORDS) as Shape[] // the keys of that very table
    return shapes.find((shape) => this.has(SHAPE_WORDS[shape])) ?? null
  }

  most(): number | null {
    const found = this.take((one) => new RegExp(`^${MOST_WORDS} [1-9]\\d{0,3}$`, 'u').test(one))
    return found === null ? null : Number(found.slice(MOST_WORDS.length))
  }

  end(): string | null {
    const found = this.take((one) => one.startsWith(`${END_WORDS} “`) && one.endsWith('”'))
    return found === null ? null : found.slice(END_WORDS.length + 2, -1)
  }

  unread(): boolean {
    return this.left.length > 0
  }

  private take(fits: (one: string) => boolean): string | null {
    const found = this.left.find(fits) ?? null
    this.left = this.left.filter((one) => one !== found)
    return found
  }
}

function listNamed(name: string, before: string): List | null {
  const lists = Object.keys(LIST_WORDS) as List[] // the keys of that very table
  return lists.find((list) => name === before + LIST_WORDS[list]) ?? null
}

/** Lines with their numbers, without the empty ones; one that ends with `\` goes on in the next. */
function linesOf(text: string): [number, string][] {
  const found: [number, string][] = []
  let goesOn = false
  for (const [index, raw] of text.replaceAll('\r\n', '\n').split('\n').entries()) {
    const before = found.at(-1)
    const line = tidy(raw)
    if (goesOn && before) before[1] = `${before[1].slice(0, -1)}\n${line}`
    else if (line !== '') found.push([index + 1, line])
    goesOn = line.endsWith('\\')
  }
  return found
}

function refuse(line: number): never {
  throw new Refusal('report.template_line', { line }, 'text')
}
