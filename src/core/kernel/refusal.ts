export type RefusalFacts = Readonly<Record<string, string | number>>

/**
 * A no that a person can act on: a code and what the sentence needs, no HTTP, no words in any language.
 * The words stand in `wording/` under `refusal_<code>` with dots as underscores; the edges translate it.
 */
export class Refusal extends Error {
  readonly code: string
  readonly facts: RefusalFacts
  /** Which field of the input it is about; null when it is about the whole. */
  readonly field: string | null

  constructor(code: string, facts: RefusalFacts = {}, field: string | null = null) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
    this.field = field
  }
}

/** Throws the refusal that a `whyNot…` rule answered, or goes on when it answered null. */
export function refuseIf(refusal: Refusal | null): void {
  if (refusal) throw refusal
}

/** Several refusals of one input at once, one a field, so that a form can show them all. */
export class InputRefusal extends Refusal {
  readonly problems: readonly Refusal[]

  constructor(problems: readonly Refusal[]) {
    super('input.invalid', { count: problems.length }, problems[0]?.field ?? null)
    this.problems = problems
  }
}
