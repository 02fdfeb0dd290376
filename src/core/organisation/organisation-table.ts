import { fold, isDay } from '../kernel/index.ts'
import { LEVELS, ORGANISATION_KINDS, type Level, type Organisation, type OrganisationKind } from './organisation.ts'

/** The columns of the table of organisations, for import and export alike. */
export const ORGANISATION_COLUMNS = [
  'code',
  'name',
  'aliases',
  'kind',
  'level',
  'place',
  'parent',
  'alive_from',
  'alive_to',
  'successors',
  'note',
] as const
export type OrganisationColumn = (typeof ORGANISATION_COLUMNS)[number]

/** A row as written: every cell a text, aliases and successors parted by `;`. */
export type OrganisationRow = Readonly<Record<OrganisationColumn, string>>

export interface BadCell {
  /** From 1, counting the head. */
  readonly row: number
  readonly column: OrganisationColumn
  readonly value: string
  /** Wording key without `organisation_cell_`. */
  readonly reason: Flaw
}
type Flaw =
  | 'empty'
  | 'twice'
  | 'letters'
  | 'long'
  | 'kind'
  | 'level'
  | 'place'
  | 'parent'
  | 'circle'
  | 'day'
  | 'order'
  | 'successor'

export interface OrganisationPreview {
  readonly added: readonly OrganisationRow[]
  readonly changed: readonly OrganisationRow[]
  readonly same: number
  readonly bad: readonly BadCell[]
}

export interface Known {
  /** Rows that stand, by code. */
  readonly organisations: ReadonlyMap<string, OrganisationRow>
  readonly places: ReadonlySet<string>
}

const MOST_LETTERS = 300
const MOST_NOTE_LETTERS = 2_000

/** What an import would do, cell by cell; nothing is changed. Blank rows are passed over but counted. */
export function previewRows(given: readonly OrganisationRow[], known: Known): OrganisationPreview {
  const rows = given.map(tidyRow)
  const bad: BadCell[] = []
  const added: OrganisationRow[] = []
  const changed: OrganisationRow[] = []
  let same = 0
  const all = new Map([...known.organisations, ...rows.map((row) => [row.code, row] as const)])
  const seen = new Set<string>()
  rows.forEach((row, at) => {
    if (ORGANISATION_COLUMNS.every((column) => row[column] === '')) return
    const flaws = flawsOf(row, all, known.places)
    if (row.code !== '' && seen.has(row.code)) flaws.push(['code', 'twice'])
    seen.add(row.code)
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (flaws.length > 0) return
    const standing = known.organisations.get(row.code)
    if (!standing) added.push(row)
    else if (ORGANISATION_COLUMNS.some((column) => standing[column] !== row[column])) changed.push(row)
    else same++
  })
  return { added, changed, same, bad }
}

/** One way to write each row, so that only a change of meaning is a change. */
export function tidyRow(row: OrganisationRow): OrganisationRow {
  const tidy = (cell: string) => cell.normalize('NFC').trim()
  const list = (cell: string) => [...new Set(tidy(cell).split(';').map(tidy).filter(Boolean))]
  const cells = Object.fromEntries(ORGANISATION_COLUMNS.map((column) => [column, tidy(row[column])]))
  return {
    ...(cells as OrganisationRow), // every column, as the row has them
    aliases: list(row.aliases).join(';'),
    successors: [...new Set(listOf(row.successors).map(successorText))].sort().join(';'),
  }
}

function flawsOf(
  row: OrganisationRow,
  all: ReadonlyMap<string, OrganisationRow>,
  places: ReadonlySet<string>,
): [OrganisationColumn, Flaw][] {
  const flaws: [OrganisationColumn, Flaw][] = []
  if (row.code === '') flaws.push(['code', 'empty'])
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u.test(row.code)) flaws.push(['code', 'letters'])
  if (row.name === '' || fold(row.name) === '') flaws.push(['name', 'empty'])
  if (row.name.length > MOST_LETTERS) flaws.push(['name', 'long'])
  for (const column of ['aliases', 'note', 'successors'] as const) {
    if (row[column].length > MOST_NOTE_LETTERS) flaws.push([column, 'long'])
  }
  if (!isOneOf(ORGANISATION_KINDS, row.kind)) flaws.push(['kind', 'kind'])
  if (!isOneOf(LEVELS, row.level)) flaws.push(['level', 'level'])
  if (!places.has(row.place)) flaws.push(['place', 'place'])
  if (row.parent !== '' && !all.has(row.parent)) flaws.push(['parent', 'parent'])
  else if (isUnderItself(row, all)) flaws.push(['parent', 'circle'])
  for (const column of ['alive_from', 'alive_to'] as const) {
    if (row[column] !== '' && !isDay(row[column])) flaws.push([column, 'day'])
  }
  if (row.alive_from && row.alive_to && row.alive_from > row.alive_to) flaws.push(['alive_to', 'order'])
  if (row.successors !== '' && row.alive_to === '') flaws.push(['alive_to', 'empty'])
  const heirs = listOf(row.successors)
  if (heirs.some(({ code }) => !all.has(code) || code === row.code)) flaws.push(['successors', 'successor'])
  return flaws
}

function isUnderItself(row: OrganisationRow, all: ReadonlyMap<string, OrganisationRow>): boolean {
  const above = new Set<string>()
  for (let at: string | undefined = row.parent; at; at = all.get(at)?.parent) {
    if (at === row.code) return true
    // A circle further up is the flaw of the rows in it.
    if (above.has(at)) return false
    above.add(at)
  }
  return false
}

/** `A;B=press` → the successors and which duty each carries on. */
export function listOf(cell: string): { readonly code: string; readonly duty: string }[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [code = '', duty = ''] = part.split('=')
      return { code: code.trim(), duty: duty.trim() }
    })
}

/** The successor as `listOf` reads it back. */
export function successorText({ code, duty }: { readonly code: string; readonly duty: string }): string {
  return duty ? `${code}=${duty}` : code
}

/** The row as an organisation; only for rows that `previewRows` found good. */
export function organisationOf(
  row: OrganisationRow,
  ids: Pick<Organisation, 'id' | 'placeId' | 'parentId'>,
): Organisation {
  return {
    ...ids,
    code: row.code,
    name: row.name,
    aliases: row.aliases.split(';').filter(Boolean),
    kind: row.kind as OrganisationKind, // checked by flawsOf
    level: row.level as Level, // checked by flawsOf
    aliveFrom: row.alive_from || null,
    aliveTo: row.alive_to || null,
    note: row.note || null,
  }
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value)
}
