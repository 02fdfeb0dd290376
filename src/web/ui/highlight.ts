/** A stretch of text to be marked. */
export interface Mark {
  readonly id: string
  /** In code units of the text. */
  readonly from: number
  readonly to: number
  readonly doubtful: boolean
}

export interface Piece {
  readonly at: number
  readonly text: string
  /** The marks that cover this piece, the shortest first: the one that means it most closely. */
  readonly marks: readonly Mark[]
  /** Marks that begin with this piece: their anchors stand here. */
  readonly starts: readonly Mark[]
}

/** Cuts a text at every border of a mark, so that marks may overlap and nest. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const valid = marks
    .map((mark) => ({ ...mark, from: Math.max(0, mark.from), to: Math.min(text.length, mark.to) }))
    .filter((mark) => mark.to > mark.from)
    .sort((one, other) => one.from - other.from)
  const borders = [...new Set([0, text.length, ...valid.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  const pieces: Piece[] = []
  let next = 0
  let open: Mark[] = []
  for (let at = 0; at + 1 < borders.length; at++) {
    const [from, to] = [borders[at] ?? 0, borders[at + 1] ?? 0]
    open = open.filter((mark) => mark.to > from)
    const starts: Mark[] = []
    for (let mark = valid[next]; mark && mark.from === from; mark = valid[++next]) starts.push(mark)
    open = [...open, ...starts].sort((one, other) => one.to - one.from - (other.to - other.from))
    pieces.push({ at: from, text: text.slice(from, to), marks: open, starts })
  }
  return pieces
}
