/** Columns of the table by which stations, clusters and devices come and go, as its first row names them. */
export const STATION_COLUMNS = [
  'kind',
  'code',
  'name',
  'station',
  'cluster',
  'place',
  'organisation',
  'village',
  'carriage',
  'latitude',
  'longitude',
  'languages',
  'horns',
  'minutes_a_day',
  'repeats_a_day',
  'volume',
  'volume_hours',
  'chime',
  'undecided',
  'quiet_from',
  'quiet_to',
  'alive_from',
  'alive_to',
  'note',
] as const
export type StationColumn = (typeof STATION_COLUMNS)[number]

export const ROW_KINDS = ['station', 'cluster', 'speaker'] as const
/** What a row of the table is: a station, a cluster of one, or the device at a cluster. */
export type RowKind = (typeof ROW_KINDS)[number]

/**
 * A row as written: every cell a text. A cluster names its station and a device its cluster by code, in this table or
 * standing; `carriage` of a cluster is its network; languages are parted by `;`, hours of volume read `05:00-06:00=60`.
 */
export type StationRow = Readonly<Record<StationColumn, string>>

/** A row of which nothing is written yet. */
export const BARE_STATION_ROW: StationRow = Object.freeze(
  Object.fromEntries(STATION_COLUMNS.map((column) => [column, ''])) as StationRow, // each column once
)

export interface BadStationCell {
  /** As a spreadsheet numbers it: the head is row 1. */
  readonly row: number
  readonly column: StationColumn
  readonly value: string
  /** Wording key without `station_cell_`. */
  readonly reason: string
}

export interface StationPreview {
  readonly added: readonly StationRow[]
  readonly changed: readonly StationRow[]
  readonly same: number
  readonly bad: readonly BadStationCell[]
}

const COMMON = ['kind', 'code', 'name', 'languages', 'latitude', 'longitude', 'alive_from', 'alive_to', 'note'] as const

/** Which cells a row of each kind may fill; another is told, so that nothing that was written is lost unseen. */
export const COLUMNS_OF: Readonly<Record<RowKind, ReadonlySet<StationColumn>>> = {
  station: new Set<StationColumn>([
    ...COMMON,
    'place',
    'organisation',
    'carriage',
    'minutes_a_day',
    'repeats_a_day',
    'volume',
    'volume_hours',
    'chime',
    'undecided',
    'quiet_from',
    'quiet_to',
  ]),
  cluster: new Set<StationColumn>([...COMMON, 'station', 'village', 'carriage', 'horns']),
  speaker: new Set<StationColumn>(['kind', 'code', 'cluster']),
}

export function isRowKind(kind: string): kind is RowKind {
  return (ROW_KINDS as readonly string[]).includes(kind)
}

/** A station, a cluster and a device may bear one code; two of the same sort may not. */
export function keyOf({ kind, code }: Pick<StationRow, 'kind' | 'code'>): string {
  return `${kind}:${code}`
}

export function listOf(cell: string): string[] {
  return [...new Set(cell.split(';').map((part) => part.trim()))].filter(Boolean)
}

/** The cells as they are kept: composed, trimmed, numbers and hours one way, and what is left empty as it is at first. */
export function tidyRow(row: StationRow): StationRow {
  const cells = STATION_COLUMNS.map((column) => [column, row[column].normalize('NFC').trim()] as const)
  const tidy = Object.fromEntries(cells) as StationRow // every column, as the row has them
  const number = (cell: string) => (/^-?\d+([.,]\d+)?$/.test(cell) ? String(Number(cell.replace(',', '.'))) : cell)
  const initial = FIRST[tidy.kind as RowKind] ?? {}
  return {
    ...tidy,
    ...Object.fromEntries(Object.entries(initial).filter(([column]) => tidy[column as StationColumn] === '')),
    languages: listOf(tidy.languages).join(';'),
    latitude: number(tidy.latitude),
    longitude: number(tidy.longitude),
    volume_hours: listOf(tidy.volume_hours).map(hoursTidy).toSorted().join(';'),
    quiet_from: clockTidy(tidy.quiet_from),
    quiet_to: clockTidy(tidy.quiet_to),
  }
}

const FIRST: Partial<Record<RowKind, Partial<StationRow>>> = {
  station: { volume: '80', chime: 'yes', undecided: 'skip' },
  cluster: { horns: '1' },
}

/** `6:00` as `06:00`; what is no hour stays, to be shown. */
function clockTidy(cell: string): string {
  const found = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(cell.trim())
  return found ? `${(found[1] ?? '').padStart(2, '0')}:${found[2]}` : cell.trim()
}

function hoursTidy(part: string): string {
  const found = /^([\d:]+)\s*[-–]\s*([\d:]+)\s*=\s*(\d+)\s*%?$/.exec(part)
  return found ? `${clockTidy(found[1] ?? '')}-${clockTidy(found[2] ?? '')}=${Number(found[3])}` : part
}
