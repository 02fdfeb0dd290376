import { isDay } from '../kernel/index.ts'
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
  readonly reason: 'empty' | 'twice' | 'kind' | 'level' | 'place' | 'parent' | 'day' | 'order' | 'successor'
}

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

/** What an import would do, cell by cell; nothing is changed. */
export function previewRows(rows: readonly OrganisationRow[], known: Known): OrganisationPreview {
  const bad: BadCell[] = []
  const added: OrganisationRow[] = []
  const changed: OrganisationRow[] = []
  let same = 0
  const codes = new Set([...known.organisations.keys(), ...rows.map((row) => row.code)])
  const seen = new Set<string>()
  rows.forEach((row, at) => {
    const flaws = flawsOf(row, codes, known.places)
    if (seen.has(row.code)) flaws.push(['code', 'twice'])
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

function flawsOf(
  row: OrganisationRow,
  codes: ReadonlySet<string>,
  places: ReadonlySet<string>,
): [OrganisationColumn, BadCell['reason']][] {
  const flaws: [OrganisationColumn, BadCell['reason']][] = []
  if (row.code === '') flaws.push(['code', 'empty'])
  if (row.name === '') flaws.push(['name', 'empty'])
  if (!isOneOf(ORGANISATION_KINDS, row.kind)) flaws.push(['kind', 'kind'])
  if (!isOneOf(LEVELS, row.level)) flaws.push(['level', 'level'])
  if (!places.has(row.place)) flaws.push(['place', 'place'])
  if (row.parent !== '' && (!codes.has(row.parent) || row.parent === row.code)) flaws.push(['parent', 'parent'])
  for (const column of ['alive_from', 'alive_to'] as const) {
    if (row[column] !== '' && !isDay(row[column])) flaws.push([column, 'day'])
  }
  if (row.alive_from && row.alive_to && row.alive_from > row.alive_to) flaws.push(['alive_to', 'order'])
  if (row.successors !== '' && row.alive_to === '') flaws.push(['alive_to', 'empty'])
  if (listOf(row.successors).some((successor) => !codes.has(successor.code))) flaws.push(['successors', 'successor'])
  return flaws
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

/** The row as an organisation; only for rows that `previewRows` found good. */
export function organisationOf(
  row: OrganisationRow,
  ids: Pick<Organisation, 'id' | 'placeId' | 'parentId'>,
): Organisation {
  return {
    ...ids,
    code: row.code,
    name: row.name.normalize('NFC'),
    aliases: row.aliases
      .split(';')
      .map((alias) => alias.trim().normalize('NFC'))
      .filter(Boolean),
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
