/** Texts by a number from 0 on, in the order in which they were first said. */
export class Numbered {
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []

  get size(): number {
    return this.#texts.length
  }

  /** In the order of their numbers. */
  get texts(): readonly string[] {
    return this.#texts
  }

  /** Its number; a new one is given where it has none yet. */
  number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }
}
