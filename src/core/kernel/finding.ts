import type { RefusalFacts } from './refusal.ts'

/**
 * What a check found in a text: a block stops it from going out, a warning is shown to who decides.
 * The words stand in `wording/` under `finding_<code>` with dots as underscores.
 */
export interface Finding {
  readonly code: string
  readonly weight: 'block' | 'warn'
  /** Which field of the text; null when it is about the whole. */
  readonly field: string | null
  /** From where to where in that field, in code units; null when it is about the whole field. */
  readonly span: readonly [start: number, end: number] | null
  readonly facts: RefusalFacts
  /** What to put in the place of the span, as one tap; null when only a person can mend it. */
  readonly mend: string | null
}
