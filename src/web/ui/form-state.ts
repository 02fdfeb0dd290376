/** What a form gets back when it was refused: what was typed, and what stands in the way. No domain in it. */
export interface FormState {
  readonly typed: Readonly<Record<string, string>>
  /** What was ticked of several boxes of one name. */
  readonly ticked?: Readonly<Record<string, readonly string[]>>
  readonly problems: readonly { readonly field: string | null; readonly text: string }[]
  /** The id under which a fault of ours was logged. */
  readonly reference?: string
}

/** What is wrong with a field; an action may name it with what it stands in, as `row.name`. */
export function problemOf(form: FormState | null | undefined, name: string): string | null {
  return form?.problems?.find(({ field }) => field === name || field?.endsWith(`.${name}`))?.text ?? null
}
