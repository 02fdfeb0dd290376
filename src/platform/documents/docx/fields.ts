const PAGE_FIELDS = /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b/i

/** Knows whether the parser stands in the result of a page number field, which is no part of the text. */
export class Fields {
  inInstruction = false
  readonly #open: { instruction: string; inResult: boolean }[] = []

  open(name: string, attributes: Record<string, string>): void {
    const type = attributes['w:fldCharType']
    if (name === 'w:fldSimple') this.#open.push({ instruction: attributes['w:instr'] ?? '', inResult: true })
    else if (type === 'begin') this.#open.push({ instruction: '', inResult: false })
    else if (type === 'end') this.#open.pop()
    else if (type === 'separate') {
      const field = this.#open.at(-1)
      if (field) field.inResult = true
    }
  }

  closeSimple(): void {
    this.#open.pop()
  }

  instruct(text: string): void {
    const field = this.#open.at(-1)
    if (field) field.instruction += text
  }

  get silent(): boolean {
    return this.#open.some((field) => field.inResult && PAGE_FIELDS.test(field.instruction))
  }
}
