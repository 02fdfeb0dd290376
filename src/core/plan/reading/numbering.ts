import type { BlockKind } from './ground.ts'
import type { MarkerSeen } from './markers.ts'

/** How the place before a marker looks: what makes a number at the start of a line a marker or a wrapped sentence. */
export interface Before {
  /** The line above is blank, or there is none. */
  readonly gap: boolean
  /** The words above end like a sentence or are a heading. */
  readonly ended: boolean
  /** The words above end with a word that wants a number: `số`, `ngày`, `Điều`, `năm`. */
  readonly wantsNumber: boolean
  /** The block above is short and nothing stands under it yet. */
  readonly headed: boolean
}

interface Open {
  readonly kind: BlockKind
  readonly marker: string
  readonly value: number
  readonly rank: number
  readonly block: number
}

const RANK: Readonly<Record<BlockKind, number>> = {
  part: 10,
  chapter: 20,
  section: 30,
  capital: 40,
  roman: 50,
  article: 60,
  number: 70,
  dotted: 80,
  parenthesis: 90,
  letter: 100,
  bullet: 110,
  paragraph: 200,
}
const BULLET_RANK: Readonly<Record<string, number>> = { '*': 110, '-': 120, '–': 120, '—': 120, '•': 120, '+': 130 }
const HIGHEST_ITEM = 40

/** The clauses open at a place of the text, outermost first, and whether and where the next marker fits. */
export class Numbering {
  #open: Open[] = []

  reset(): void {
    this.#open = []
  }

  /** The block a plain paragraph stands under: the nearest that is no bullet. */
  paragraphParent(closing: boolean): number | null {
    const limit = closing ? RANK.article : RANK.bullet
    this.#open = this.#open.filter((one) => one.rank < limit)
    return this.#open.at(-1)?.block ?? null
  }

  /** Opens the clause and says what it stands under; undefined where the marker is none. */
  place(seen: MarkerSeen, block: number, before: Before): number | null | undefined {
    const depth = this.#depthFor(seen, before)
    if (depth === undefined) return undefined
    this.#open.length = depth
    const parent = this.#open.at(-1)?.block ?? null
    this.#open.push({ kind: seen.kind, marker: seen.marker, value: seen.value, rank: rankOf(seen), block })
    return parent
  }

  /** How many of the open clauses stay open above the new one. */
  #depthFor(seen: MarkerSeen, before: Before): number | undefined {
    if (seen.kind === 'bullet') return this.#bulletDepth(seen)
    if (before.wantsNumber && !before.gap) return undefined
    if (seen.kind === 'dotted') return this.#dottedDepth(seen, before)
    if (seen.kind === 'part' || seen.kind === 'chapter' || seen.kind === 'section') return this.#belowRank(rankOf(seen))
    const next = this.#open.findLastIndex((one) => one.kind === seen.kind && follows(one, seen))
    if (next >= 0) return next
    const same = this.#open.findLastIndex((one) => one.kind === seen.kind)
    const clear = before.gap || before.ended
    if (seen.value === 1) return clear ? this.#firstDepth(seen, same, before) : undefined
    if (!clear || seen.value > 40) return undefined
    if (same >= 0) return isNear(this.#open[same], seen) || before.gap ? same : undefined
    // A list whose beginning is lost; single letters alone are too weak a sign (`v.v`, `đ/c`).
    if (seen.kind === 'letter' || seen.kind === 'capital') return undefined
    return this.#belowRank(rankOf(seen))
  }

  #firstDepth(seen: MarkerSeen, same: number, before: Before): number {
    const top = this.#open.at(-1)
    // `1. Mục đích` and then `1.` again: the second list stands inside the first.
    if (top && before.headed && top.rank >= RANK.number && top.rank < RANK.bullet && rankOf(seen) >= HIGHEST_ITEM) {
      return rankOf(seen) > top.rank || seen.kind === 'number' ? this.#open.length : this.#belowRank(rankOf(seen))
    }
    return same >= 0 ? same : this.#belowRank(rankOf(seen))
  }

  #dottedDepth(seen: MarkerSeen, before: Before): number | undefined {
    const above = this.#open.findLastIndex((one) => one.marker === seen.prefix || sameNumber(one, seen.prefix))
    if (above >= 0) return above + 1
    if (!before.gap && !before.ended) return undefined
    const levels = seen.marker.split('.').length
    const sibling = this.#open.findIndex((one) => one.kind === 'dotted' && one.marker.split('.').length >= levels)
    return sibling >= 0 ? sibling : this.#belowRank(RANK.number)
  }

  #bulletDepth(seen: MarkerSeen): number {
    const same = this.#open.findIndex((one) => one.kind === 'bullet' && one.rank === rankOf(seen))
    return same >= 0 ? same : this.#belowRank(rankOf(seen))
  }

  #belowRank(rank: number): number {
    const at = this.#open.findIndex((one) => one.rank >= rank)
    return at < 0 ? this.#open.length : at
  }
}

function rankOf(seen: MarkerSeen): number {
  return seen.kind === 'bullet' ? (BULLET_RANK[seen.marker] ?? 125) : RANK[seen.kind]
}

function follows(one: Open, seen: MarkerSeen): boolean {
  if (one.value + 1 === seen.value) return true
  // Some lists leave đ out: c, d, e.
  return seen.kind === 'letter' && one.marker === 'd' && seen.marker === 'e'
}

/** A clause or two may be lost between them, or a number given twice. */
function isNear(one: Open | undefined, seen: MarkerSeen): boolean {
  return one !== undefined && seen.value >= one.value && seen.value <= one.value + 3
}

function sameNumber(one: Open, prefix: string): boolean {
  return one.kind === 'number' && Number(prefix) === one.value
}
