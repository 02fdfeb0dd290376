import { factKind, type FactKind } from './fact-kind.ts'
import type { FactPage } from './fact-page.store.ts'

const FIRST_ROOM = 1_024

/** Texts by a number from 0 on, in the order in which they were first said. */
export class Numbered {
  readonly #numbers = new Map<string, number>()

  get size(): number {
    return this.#numbers.size
  }

  /** Its number; a new one is given where it has none yet. */
  number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#numbers.size)
    return this.#numbers.size - 1
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }

  /** In the order of their numbers. */
  texts(): Iterable<string> {
    return this.#numbers.keys()
  }
}

/**
 * Facts in columns of numbers, some fifty bytes each: a million are read through in hundredths of a second. What was taken
 * away stays as a row that counts at no moment.
 */
export class FactColumns {
  readonly places = new Numbered()
  readonly organisations = new Numbered()
  readonly kinds: FactKind[] = []
  readonly #kindNumbers = new Numbered()

  count = 0
  /** Rows that count at no moment any more. */
  gone = 0
  /** Of all that ever was added. */
  firstDay = Infinity
  lastDay = -Infinity
  place = new Int32Array(FIRST_ROOM)
  organisation = new Int32Array(FIRST_ROOM)
  kind = new Int32Array(FIRST_ROOM)
  /** Days since 1970-01-01. */
  day = new Int32Array(FIRST_ROOM)
  high = new Int32Array(FIRST_ROOM)
  low = new Uint32Array(FIRST_ROOM)
  /** Milliseconds since 1970; infinity where it never counts. */
  since = new Float64Array(FIRST_ROOM)
  /** Infinity while it counts. */
  until = new Float64Array(FIRST_ROOM)

  occasionCount = 0
  /** The first row of each occasion; those of the next begin where its own end. */
  occasionStart = new Int32Array(FIRST_ROOM)
  readonly #occasionParts = [0, 1, 2, 3].map(() => new Uint32Array(FIRST_ROOM))

  /** Adds the facts of whole occasions. */
  add(page: FactPage): void {
    this.#makeRoom(page.occasions.length)
    let last = ''
    for (const [at, occasion] of page.occasions.entries()) {
      if (occasion !== last) this.#begin(occasion)
      last = occasion
      this.#write(page, at)
    }
  }

  /** What these occasions said counts at no moment any more. */
  take(occasions: readonly string[]): void {
    const wanted = new Map<number, number[][]>()
    for (const occasion of occasions) {
      const parts = partsOf(occasion)
      const [first = 0] = parts
      wanted.set(first, [...(wanted.get(first) ?? []), parts])
    }
    const [firsts = new Uint32Array()] = this.#occasionParts
    for (let at = 0; at < this.occasionCount; at++) {
      const alike = wanted.get(firsts[at]!)
      if (alike?.some((parts) => this.#is(at, parts))) this.#takeRows(at)
    }
  }

  endOf(occasion: number): number {
    return occasion + 1 < this.occasionCount ? this.occasionStart[occasion + 1]! : this.count
  }

  #takeRows(occasion: number): void {
    for (let row = this.occasionStart[occasion]!; row < this.endOf(occasion); row++) {
      if (this.since[row] === Infinity) continue
      this.since[row] = Infinity
      this.until[row] = -Infinity
      this.gone++
    }
  }

  #is(occasion: number, parts: readonly number[]): boolean {
    return parts.every((part, at) => this.#occasionParts[at]![occasion] === part)
  }

  #begin(occasion: string): void {
    if (this.occasionCount === this.occasionStart.length) {
      this.occasionStart = grown(this.occasionStart)
      for (const [at, column] of this.#occasionParts.entries()) this.#occasionParts[at] = grown(column)
    }
    for (const [at, part] of partsOf(occasion).entries()) this.#occasionParts[at]![this.occasionCount] = part
    this.occasionStart[this.occasionCount++] = this.count
  }

  #write(page: FactPage, at: number): void {
    const row = this.count++
    this.place[row] = this.places.number(page.places[at]!)
    this.organisation[row] = this.organisations.number(page.organisations[at]!)
    this.kind[row] = this.#kindNumber(page.kinds[at]!)
    const day = page.days[at]!
    this.day[row] = day
    this.firstDay = Math.min(this.firstDay, day)
    this.lastDay = Math.max(this.lastDay, day)
    this.high[row] = page.highs[at]!
    this.low[row] = page.lows[at]!
    this.since[row] = page.since[at]!
    this.until[row] = page.until[at] ?? Infinity
  }

  #kindNumber(written: string): number {
    const number = this.#kindNumbers.number(written)
    if (number === this.kinds.length) this.kinds.push(factKind(written))
    return number
  }

  #makeRoom(more: number): void {
    while (this.count + more > this.place.length) {
      this.place = grown(this.place)
      this.organisation = grown(this.organisation)
      this.kind = grown(this.kind)
      this.day = grown(this.day)
      this.high = grown(this.high)
      this.low = grown(this.low)
      this.since = grown(this.since)
      this.until = grown(this.until)
    }
  }
}

/** An identifier as four numbers of 32 bits. */
function partsOf(id: string): number[] {
  const digits = id.replaceAll('-', '')
  return [0, 8, 16, 24].map((from) => Number.parseInt(digits.slice(from, from + 8), 16))
}

function grown<Column extends Int32Array | Uint32Array | Float64Array>(column: Column): Column {
  const wider = new (column.constructor as new (length: number) => Column)(column.length * 2)
  wider.set(column)
  return wider
}
