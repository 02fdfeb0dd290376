import type { Fact } from '../../fact/index.ts'
import { stateOn } from '../../fact/index.ts'
import type { Day, Finding } from '../../kernel/index.ts'
import { findIn, type TextFields } from './text-fields.ts'

/** A body or place that is no more, and what took its place. */
export interface EndedName {
  readonly name: string
  readonly endedOn: Day
  readonly successor: string | null
}

/** Facts in plain words: ended numbers and laws block, ones nobody has verified in time warn; in any spelling. */
export function checkStaleFacts(fields: TextFields, facts: readonly Fact[], day: Day): Finding[] {
  const byCode = new Map(facts.map((fact) => [fact.code, fact]))
  return facts.flatMap((fact) => {
    const state = stateOn(fact, day)
    if (state === 'valid') return []
    const pattern = patternOf(fact)
    if (!pattern) return []
    const successor = fact.replacedBy ? (byCode.get(fact.replacedBy)?.value ?? null) : null
    return findIn(fields, pattern, (match, text) => {
      const said = { name: fact.name, value: fact.value, successor: successor ?? '' }
      if (state === 'unverified') return fact.kind === 'hotline' ? { code: 'stale.unverified', facts: said } : null
      if (state !== 'ended') return null
      const history = fact.kind === 'law' && isHistory(text, match.index)
      return { code: 'stale.ended', weight: history ? 'warn' : 'block', facts: said, mend: mendOf(fact, successor) }
    })
  })
}

function mendOf(fact: Fact, successor: string | null): string | null {
  return fact.kind === 'hotline' ? successor : null
}

function patternOf(fact: Fact): RegExp | null {
  if (fact.kind === 'hotline') {
    const digits = [...fact.value.replace(/\D/g, '')].join(String.raw`[\s.\-]?`)
    return new RegExp(String.raw`(?<![\d.,/])${digits}(?![\d]|[.,]\d)`, 'gu')
  }
  if (fact.kind !== 'law') return null
  // `193/QĐ-TTg`, `QĐ 193`, `Quyết định số 193`, `Luật … năm 2011`.
  const [number = '', code = ''] = fact.value.split('/')
  const written = escaped(fact.value).replaceAll('/', String.raw`\s?/\s?`)
  const decision = /^QĐ/.test(code) ? [String.raw`(?:QĐ|Quyết định)(?:\s+số)?\s+${escaped(number)}(?![\d/])`] : []
  const year = fact.issuedOn?.slice(0, 4)
  const law = fact.name.startsWith('Luật') && year ? [String.raw`${escaped(fact.name)}\s+(?:năm\s+)?${year}`] : []
  return new RegExp([String.raw`(?<!\d)${written}`, ...decision, ...law].join('|'), 'giu')
}

/** Bodies and places that have ended, named in plain words; with a year before them they are history and only warn. */
export function checkEndedNames(fields: TextFields, names: readonly EndedName[], day: Day): Finding[] {
  const ended = new Map(names.filter(({ endedOn }) => endedOn < day).map((one) => [one.name.toLowerCase(), one]))
  if (ended.size === 0) return []
  const all = [...ended.keys()].toSorted((one, other) => other.length - one.length).map(escaped)
  const pattern = new RegExp(String.raw`(?<!\p{L})(?:${all.join('|')})(?!\p{L})`, 'giu')
  return findIn(fields, pattern, (match, text) => {
    const one = ended.get(match[0].toLowerCase())
    if (!one) return null
    const facts = { name: one.name, endedOn: one.endedOn, successor: one.successor ?? '' }
    const weight = isHistory(text, match.index) ? 'warn' : 'block'
    return { code: 'stale.name', weight, facts, mend: one.successor }
  })
}

/** Said of a year that is past: `năm 2023, …` shortly before. */
function isHistory(text: string, at: number): boolean {
  return /(?:năm|tháng \d{1,2}\/|\d\/)\s?(?:19|20)\d{2}[^.\n]{0,80}$/iu.test(text.slice(Math.max(0, at - 100), at))
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
