import type { TemplateContent, TemplateLine } from './template.ts'
import {
  END_WORDS,
  LIST_WORDS,
  MARKED,
  MOST_WORDS,
  NONE_WORDS,
  OPTION_WORDS,
  SHAPE_WORDS,
} from './template-notation.ts'

type Say = Extract<TemplateLine, { kind: 'say' }>
type Each = Extract<TemplateLine, { kind: 'each' }>

/** The lines and annexes of a template as a person types them; `readTemplate` reads the same again. */
export function writeTemplate({ lines, annexes }: Pick<TemplateContent, 'lines' | 'annexes'>): string {
  let [sections, headings] = [0, 0]
  const written = lines.map((line) => {
    if (line.kind === 'section') {
      headings = 0
      return `\n${roman(++sections)}. ${wordsOf(line.text)}`
    }
    return line.kind === 'heading' ? `${++headings}. ${wordsOf(line.text)}` : blockOf(line)
  })
  const last = annexes.map(({ title, by, indicators }) =>
    [`\n[Phụ lục theo ${LIST_WORDS[by]}] ${wordsOf(title)}`, ...items(indicators)].join('\n'),
  )
  return [...written, ...last].join('\n').trimStart()
}

function blockOf(line: TemplateLine): string {
  if (line.kind === 'say') return sayOf(line)
  if (line.kind === 'each') return eachOf(line)
  if (line.kind === 'notes') return '[Ý kiến các đơn vị]'
  if (line.kind === 'write') return `[Viết] ${wordsOf(line.text)}`
  return MARKED.test(line.text) ? `\\${wordsOf(line.text)}` : wordsOf(line.text)
}

function sayOf({ as, begin, phrases, end, ...wishes }: Say): string {
  const options = [
    ...(as === 'paragraph' ? [] : [SHAPE_WORDS[as]]),
    ...(['compare', 'plan', 'always'] as const).filter((name) => wishes[name]).map((name) => OPTION_WORDS[name]),
    ...(end === '.' ? [] : [`${END_WORDS} “${end}”`]),
  ]
  return [headOf('Câu', options, begin), ...items(phrases)].join('\n')
}

function eachOf({ of, as, indicators, begin, none, most }: Each): string {
  const options = [...(as === 'dash' ? [] : [SHAPE_WORDS[as]]), ...(most === 100 ? [] : [`${MOST_WORDS} ${most}`])]
  const missing = none === '' ? [] : [`${NONE_WORDS} ${wordsOf(none)}`]
  return [headOf(`Mỗi ${LIST_WORDS[of]}`, options, begin), ...items(indicators), ...missing].join('\n')
}

function headOf(name: string, options: readonly string[], begin: string): string {
  return `[${[name, options.join(', ')].filter(Boolean).join(': ')}] ${wordsOf(begin)}`.trimEnd()
}

function items(all: readonly string[]): string[] {
  return all.map((one) => `+ ${wordsOf(one)}`)
}

/** Words over several lines are one item: each line but the last ends with a mark. */
function wordsOf(text: string): string {
  return text.replaceAll('\n', '\\\n')
}

function roman(number: number): string {
  const tens = 'X'.repeat(Math.floor(number / 10))
  return tens + (['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][number % 10] ?? '')
}
