import type { Fact } from '../fact/index.ts'

/** How a fact stands in a text: `{{111}}` for its value, `{{111:name}}` for its name, `{{111:full}}` for both. */
const MARK = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N}/._-]*)(?::(name|full))?\s*\}\}/gu

export interface Printed {
  readonly text: string
  /** Codes of the facts it refers to, each once, in their order. */
  readonly codes: readonly string[]
  /** Marks that name no fact, with their span in the text as typed. */
  readonly unknown: readonly { readonly code: string; readonly span: readonly [number, number] }[]
}

/** The text with every fact by its value of today; a mark that names no fact stays as it was typed. Linear. */
export function printFacts(text: string, facts: ReadonlyMap<string, Fact>): Printed {
  const codes = new Set<string>()
  const unknown: { code: string; span: [number, number] }[] = []
  const printed = text.replace(MARK, (mark: string, code: string, form: string | undefined, at: number) => {
    const fact = facts.get(code)
    if (!fact) {
      unknown.push({ code, span: [at, at + mark.length] })
      return mark
    }
    codes.add(code)
    return wordsOf(fact, form)
  })
  return { text: printed, codes: [...codes], unknown }
}

/** The mark that puts a fact into a text. */
export function markOf(code: string): string {
  return `{{${code}}}`
}

function wordsOf(fact: Fact, form: string | undefined): string {
  if (form === 'name') return fact.name
  if (form !== 'full') return fact.value
  return fact.kind === 'law' ? `${fact.name} (số ${fact.value})` : `${fact.name} ${fact.value}`
}
