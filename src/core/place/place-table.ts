import { isDay } from '../kernel/index.ts'
import { PLACE_KINDS, PLACE_LEVELS, type Place, type PlaceKind, type PlaceLevel } from './place.ts'

/** The columns of the table of places, for import and export alike. */
export const PLACE_COLUMNS = [
  'code',
  'kind',
  'level',
  'name',
  'parent',
  'alive_from',
  'alive_to',
  'latitude',
  'longitude',
  'area_km2',
  'languages',
  'successors',
  'note',
] as const
export type PlaceColumn = (typeof PLACE_COLUMNS)[number]

/** A row as written: every cell a text, languages and successors parted by `;`. */
export type PlaceRow = Readonly<Record<PlaceColumn, string>>

export interface BadPlaceCell {
  /** From 1, counting the head. */
  readonly row: number
  readonly column: PlaceColumn
  readonly value: string
  /** Wording key without `place_cell_`. */
  readonly reason: Flaw
}
type Flaw =
  | 'empty'
  | 'twice'
  | 'letters'
  | 'long'
  | 'kind'
  | 'level'
  | 'parent'
  | 'day'
  | 'order'
  | 'number'
  | 'language'
  | 'successor'

export interface PlacePreview {
  readonly added: readonly PlaceRow[]
  readonly changed: readonly PlaceRow[]
  readonly same: number
  readonly bad: readonly BadPlaceCell[]
}

/** What an import would do to the rows that stand (by code); nothing is changed. Blank rows are passed over but counted. */
export function previewPlaceRows(given: readonly PlaceRow[], standing: ReadonlyMap<string, PlaceRow>): PlacePreview {
  // A table that says nothing of languages leaves them to who does.
  const rows = given
    .map(tidyRow)
    .map((row) => ({ ...row, languages: row.languages || (standing.get(row.code)?.languages ?? '') }))
  const bad: BadPlaceCell[] = []
  const added: PlaceRow[] = []
  const changed: PlaceRow[] = []
  let same = 0
  const all = new Map([...standing, ...rows.map((row) => [row.code, row] as const)])
  const seen = new Set<string>()
  rows.forEach((row, at) => {
    if (PLACE_COLUMNS.every((column) => given[at]?.[column].trim() === '')) return
    const flaws = flawsOf(row, all)
    if (row.code !== '' && seen.has(row.code)) flaws.push(['code', 'twice'])
    seen.add(row.code)
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (flaws.length > 0) return
    const before = standing.get(row.code)
    if (!before) added.push(row)
    else if (PLACE_COLUMNS.some((column) => before[column] !== row[column])) changed.push(row)
    else same++
  })
  return { added, changed, same, bad }
}

/** One way to write each row, so that only a change of meaning is a change. */
function tidyRow(row: PlaceRow): PlaceRow {
  const tidy = (cell: string) => cell.normalize('NFC').trim()
  const cells = Object.fromEntries(PLACE_COLUMNS.map((column) => [column, tidy(row[column])]))
  const number = (cell: string) => (decimalOf(cell) === null ? tidy(cell) : String(decimalOf(cell)))
  return {
    ...(cells as PlaceRow), // every column, as the row has them
    latitude: number(row.latitude),
    longitude: number(row.longitude),
    area_km2: number(row.area_km2),
    languages: listOf(row.languages).join(';'),
    successors: listOf(row.successors).sort().join(';'),
  }
}

/** How far from zero each number may lie. */
const MOST = { latitude: 90, longitude: 180, area_km2: 1_000_000 } as const

function flawsOf(row: PlaceRow, all: ReadonlyMap<string, PlaceRow>): [PlaceColumn, Flaw][] {
  const flaws: [PlaceColumn, Flaw][] = []
  if (row.code === '') flaws.push(['code', 'empty'])
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u.test(row.code)) flaws.push(['code', 'letters'])
  if (row.name === '') flaws.push(['name', 'empty'])
  if (row.name.length > 300) flaws.push(['name', 'long'])
  if (row.note.length > 2_000) flaws.push(['note', 'long'])
  if (!isOneOf(PLACE_KINDS, row.kind)) flaws.push(['kind', 'kind'])
  if (!isOneOf(PLACE_LEVELS, row.level)) flaws.push(['level', 'level'])
  if (row.parent !== '' && !isAbove(all.get(row.parent), row)) flaws.push(['parent', 'parent'])
  for (const column of ['alive_from', 'alive_to'] as const) {
    if (row[column] !== '' && !isDay(row[column])) flaws.push([column, 'day'])
  }
  if (row.alive_from && row.alive_to && row.alive_from > row.alive_to) flaws.push(['alive_to', 'order'])
  for (const column of ['latitude', 'longitude', 'area_km2'] as const) {
    if (row[column] === '') continue
    const value = decimalOf(row[column])
    const least = column === 'area_km2' ? 0 : -MOST[column]
    if (value === null || value > MOST[column] || value < least) flaws.push([column, 'number'])
  }
  // A language of two or three letters with what narrows it (BCP 47): vi, hmn, zh-Latn.
  if (!listOf(row.languages).every((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag))) {
    flaws.push(['languages', 'language'])
  }
  if (row.successors !== '' && row.alive_to === '') flaws.push(['alive_to', 'empty'])
  if (listOf(row.successors).some((code) => !all.has(code) || code === row.code)) {
    flaws.push(['successors', 'successor'])
  }
  return flaws
}

/** The place named as above stands and is of a higher level: a commune lies in a district or a province. */
function isAbove(above: PlaceRow | undefined, row: PlaceRow): boolean {
  const depth = ({ level }: PlaceRow) => PLACE_LEVELS.findIndex((one) => one === level)
  return above !== undefined && depth(above) < depth(row)
}

/** The parts of a cell, each once. */
export function listOf(cell: string): string[] {
  return [...new Set(cell.split(';').map((part) => part.trim()))].filter(Boolean)
}

/** A number as written here or in a Vietnamese spreadsheet (`22,4989`); null for anything else. */
function decimalOf(cell: string): number | null {
  const written = cell.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : null
}

/** The row as a place; only for rows that `previewPlaceRows` found good. */
export function placeOf(row: PlaceRow, ids: Pick<Place, 'id' | 'parentId'>): Place {
  return {
    ...ids,
    code: row.code,
    kind: row.kind as PlaceKind, // checked by flawsOf
    level: row.level as PlaceLevel, // checked by flawsOf
    name: row.name,
    aliveFrom: row.alive_from || null,
    aliveTo: row.alive_to || null,
    languages: listOf(row.languages),
    latitude: decimalOf(row.latitude),
    longitude: decimalOf(row.longitude),
    areaKm2: decimalOf(row.area_km2),
    note: row.note || null,
  }
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value)
}
