/** More cells or rows than this are counted, not shown. */
const MOST_SHOWN = 200

interface NamedRow {
  readonly code: string
  readonly name: string
}

export interface Preview<Column extends string> {
  readonly added: readonly NamedRow[]
  readonly changed: readonly NamedRow[]
  readonly same: number
  readonly bad: readonly {
    readonly row: number
    readonly column: Column
    readonly value: string
    readonly reason: string
  }[]
}

/** What a page shows of a preview: counts, the first rows, and each bad cell by the letter of its column. */
export function shownPreview<Column extends string>(
  { added, changed, same, bad }: Preview<Column>,
  letters: Readonly<Record<Column, string>>,
) {
  const few = (rows: readonly NamedRow[]) => rows.slice(0, MOST_SHOWN).map(({ code, name }) => ({ code, name }))
  return {
    counts: { added: added.length, changed: changed.length, same, bad: bad.length },
    added: few(added),
    changed: few(changed),
    bad: bad.slice(0, MOST_SHOWN).map((cell) => ({ ...cell, letter: letters[cell.column] })),
  }
}
