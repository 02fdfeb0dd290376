import { factKind, type FactKind } from './fact-kind.ts'
import type { FactPage } from './fact-page.store.ts'
import { Numbered } from './numbered.ts'

const FIRST_ROOM = 1_024
/** Identifiers that were given in the same minute begin alike, and end by chance. */
const LAST_PART = 3
/** The bits of it that are looked at first. */
const ENDING = 0xffff

/** How far facts had come: no two states of the same facts share one. */
export interface Moment {
  /** Rows there were. */
  readonly count: number
  /** Of these, rows that were taken. */
  readonly gone: number
}

interface Fact {
  readonly place: string
  readonly organisation: string
  readonly kind: string
  readonly day: number
  readonly high: number
  readonly low: number
  readonly since: number
  readonly until: number
}

/**
 * Facts in columns of numbers, some fifty bytes each: a million are read through in hundredths of a second. What was taken
 * away stays as a row that counts at no moment, and when it did is remembered beside.
 */
export class FactColumns implements Moment {
  readonly places = new Numbered()
  readonly organisations = new Numbered()
  readonly kinds: FactKind[] = []
  readonly #kindNumbers = new Numbered()
  /** Rows in the order in which they were taken, each with since when and until when it counted before. */
  readonly #taken = { rows: [] as number[], since: [] as number[], until: [] as number[] }

  count = 0
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

  /** Rows that count at no moment any more. */
  get gone(): number {
    return this.#taken.rows.length
  }

  /** Adds the facts of whole occasions. */
  add(page: FactPage): void {
    this.#makeRoom(page.occasions.length)
    let last = ''
    for (const [at, occasion] of page.occasions.entries()) {
      if (occasion !== last) this.#begin(occasion)
      last = occasion
      this.#write(factOf(page, at))
    }
  }

  /**
   * What some occasions say now, instead of what they said: the whole of it, or nothing.
   * @throws ValiError where a page does not hold what its statement says.
   */
  renew(occasions: readonly string[], pages: readonly FactPage[]): void {
    for (const { kinds } of pages) for (const kind of kinds) this.#kindNumber(kind)
    this.#take(occasions)
    for (const page of pages) this.add(page)
  }

  /** Adds a row of other facts, as one that counted since and until. */
  copy(others: FactColumns, row: number, since: number, until: number): void {
    this.#makeRoom(1)
    this.#write({
      place: others.places.texts[others.place[row]!]!,
      organisation: others.organisations.texts[others.organisation[row]!]!,
      kind: others.#kindNumbers.texts[others.kind[row]!]!,
      ...{ day: others.day[row]!, high: others.high[row]!, low: others.low[row]!, since, until },
    })
  }

  /** The row that was taken as the `at`th, and when it counted before. */
  takenAt(at: number): { readonly row: number; readonly since: number; readonly until: number } {
    const { rows, since, until } = this.#taken
    return { row: rows[at]!, since: since[at]!, until: until[at]! }
  }

  endOf(occasion: number): number {
    return occasion + 1 < this.occasionCount ? this.occasionStart[occasion + 1]! : this.count
  }

  /** What these occasions said counts at no moment any more. */
  #take(occasions: readonly string[]): void {
    const wanted = Map.groupBy(occasions.map(partsOf), (parts) => parts[LAST_PART]!)
    const lasts = this.#occasionParts[LAST_PART]!
    // Few of a million get past this look, which costs a tenth of one into the map.
    const endings = new Uint8Array(ENDING + 1)
    for (const last of wanted.keys()) endings[last & ENDING] = 1
    for (let at = 0; at < this.occasionCount; at++) {
      if (endings[lasts[at]! & ENDING] === 0) continue
      if (wanted.get(lasts[at]!)?.some((parts) => this.#is(at, parts))) this.#takeRows(at)
    }
  }

  #takeRows(occasion: number): void {
    for (let row = this.occasionStart[occasion]!; row < this.endOf(occasion); row++) {
      if (this.since[row] === Infinity) continue
      this.#taken.rows.push(row)
      this.#taken.since.push(this.since[row]!)
      this.#taken.until.push(this.until[row]!)
      this.since[row] = Infinity
      this.until[row] = -Infinity
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

  #write(fact: Fact): void {
    const row = this.count++
    this.place[row] = this.places.number(fact.place)
    this.organisation[row] = this.organisations.number(fact.organisation)
    this.kind[row] = this.#kindNumber(fact.kind)
    this.day[row] = fact.day
    this.firstDay = Math.min(this.firstDay, fact.day)
    this.lastDay = Math.max(this.lastDay, fact.day)
    this.high[row] = fact.high
    this.low[row] = fact.low
    this.since[row] = fact.since
    this.until[row] = fact.until
  }

  #kindNumber(written: string): number {
    const known = this.#kindNumbers.find(written)
    if (known !== undefined) return known
    this.kinds.push(factKind(written))
    return this.#kindNumbers.number(written)
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

function factOf(page: FactPage, at: number): Fact {
  return {
    place: page.places[at]!,
    organisation: page.organisations[at]!,
    kind: page.kinds[at]!,
    day: page.days[at]!,
    high: page.highs[at]!,
    low: page.lows[at]!,
    since: page.since[at]!,
    until: page.until[at] ?? Infinity,
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
