import type { Finding } from '#core/kernel/index.ts'

export interface ShownFinding {
  readonly key: string
  readonly blocks: boolean
  readonly field: string | null
  readonly sentence: string
  /** The words it is about. */
  readonly words: string
  readonly span: readonly [start: number, end: number] | null
  readonly mend: string | null
}

/** A finding as a page says it. */
export function shownFinding(w: App.Locals['w'], finding: Finding, text: object): ShownFinding {
  const { code, weight, field, span, facts, mend } = finding
  const words = field === null ? '' : String((text as Readonly<Record<string, unknown>>)[field] ?? '') // read by name alone
  return {
    key: [code, field, span?.join('-')].join(':'),
    blocks: weight === 'block',
    field,
    sentence: w(`finding_${code.replaceAll('.', '_')}`, facts),
    words: span ? words.slice(...span).slice(0, 160) : '',
    span,
    mend,
  }
}
