import type { Finding, RefusalFacts } from '../../kernel/index.ts'

/** A text to check, field by field, in NFC. */
export type TextFields = Readonly<Record<string, string>>

interface Found {
  readonly code: string
  readonly weight?: Finding['weight']
  readonly facts?: RefusalFacts
  readonly mend?: string | null
}

/** A finding for every match of `pattern` in every field; `judge` says what it is, or null when it is none. */
export function findIn(
  fields: TextFields,
  pattern: RegExp,
  judge: (match: RegExpExecArray, text: string) => Found | null,
): Finding[] {
  return Object.entries(fields).flatMap(([field, text]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const found = judge(match, text)
      if (!found) return []
      const { code, weight = 'warn', facts = {}, mend = null } = found
      return [{ code, weight, field, span: [match.index, match.index + match[0].length] as const, facts, mend }]
    }),
  )
}
