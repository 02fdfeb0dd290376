import type { Finding } from '../kernel/index.ts'
import type { Term } from './term.store.ts'

/** Where the source says a term and the translation does not say the approved word for it. Linear in terms and text. */
export function checkTerms(
  source: Readonly<Record<string, string>>,
  translation: Readonly<Record<string, string>>,
  terms: readonly Term[],
): Finding[] {
  const said = Object.values(source).join('\n').toLowerCase()
  return Object.entries(translation).length === 0
    ? []
    : terms
        .filter((term) => said.includes(term.source.toLowerCase()))
        .filter(
          (term) =>
            !Object.values(translation).some((words) => words.toLowerCase().includes(term.approved.toLowerCase())),
        )
        .map((term) => ({
          code: 'term.unapproved',
          weight: 'warn' as const,
          field: null,
          span: null,
          facts: { source: term.source, approved: term.approved },
          mend: null,
        }))
}
