import { isDay } from '../kernel/index.ts'
import { NETWORKS } from './cluster.ts'
import { CARRIAGES, UNDECIDED, type VolumeHour } from './station.ts'
import { COLUMNS_OF, isRowKind, listOf, STATION_COLUMNS, type StationColumn, type StationRow } from './station-table.ts'

export type Flaw = readonly [column: StationColumn, reason: string]

const CLOCK = '([01]\\d|2[0-3]):[0-5]\\d'
const HOURS = new RegExp(`^(?<from>${CLOCK})-(?<to>${CLOCK})=(?<volume>\\d{1,3})$`)
const MOST_HOURS = 24

/** The volume by hour as it is written, or null where something of it cannot be read or two of the hours meet. */
export function hoursOf(cell: string): VolumeHour[] | null {
  const hours = listOf(cell).map((part) => HOURS.exec(part)?.groups)
  const read = hours.flatMap((found) =>
    found ? [{ from: found['from'] ?? '', to: found['to'] ?? '', volume: Number(found['volume']) }] : [],
  )
  if (read.length < hours.length || read.length > MOST_HOURS) return null
  if (read.some(({ from, to, volume }) => from >= to || volume > 100)) return null
  const sorted = read.toSorted((one, other) => (one.from < other.from ? -1 : 1))
  return sorted.some(({ from }, at) => at > 0 && from < (sorted[at - 1]?.to ?? '')) ? null : sorted
}

export function writeHours(hours: readonly VolumeHour[]): string {
  return hours.map(({ from, to, volume }) => `${from}-${to}=${volume}`).join(';')
}

/** What is wrong with the cells of a tidied row by themselves, whatever else there is. */
export function flawsOf(row: StationRow): Flaw[] {
  if (!isRowKind(row.kind)) return [['kind', 'kind']]
  const own = COLUMNS_OF[row.kind]
  const strange = STATION_COLUMNS.filter((column) => !own.has(column) && row[column] !== '')
  const flaws: Flaw[] = strange.map((column) => [column, 'not_here'])
  for (const [column, check] of Object.entries(CHECKS)) {
    const reason = own.has(column as StationColumn) ? check(row[column as StationColumn], row) : null
    if (reason) flaws.push([column as StationColumn, reason])
  }
  return flaws
}

type Check = (cell: string, row: StationRow) => string | null
const oneOf =
  (list: readonly string[], reason: string): Check =>
  (cell) =>
    list.includes(cell) ? null : reason
const whole =
  (least: number, most: number, needed: boolean): Check =>
  (cell) =>
    (cell === '' && !needed) || (/^\d{1,4}$/.test(cell) && Number(cell) >= least && Number(cell) <= most)
      ? null
      : 'number'
const degree =
  (other: 'latitude' | 'longitude', most: number): Check =>
  (cell, row) => {
    if (cell === '') return row[other] === '' ? null : 'point'
    return /^-?\d{1,3}(\.\d+)?$/.test(cell) && Math.abs(Number(cell)) <= most ? null : 'degree'
  }
const clock =
  (other: 'quiet_from' | 'quiet_to'): Check =>
  (cell, row) => {
    if (cell === '') return row[other] === '' ? null : 'hours'
    return new RegExp(`^${CLOCK}$`).test(cell) ? null : 'hour'
  }
const day: Check = (cell) => (cell === '' || isDay(cell) ? null : 'day')

/** Every column that a cell alone can be wrong in; what refers to something else is looked up apart. */
const CHECKS: Readonly<Partial<Record<StationColumn, Check>>> = {
  code: (cell) => (cell === '' ? 'empty' : /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,79}$/u.test(cell) ? null : 'letters'),
  name: (cell) => (cell === '' ? 'empty' : cell.length > 300 ? 'long' : null),
  village: (cell) => (cell.length > 300 ? 'long' : null),
  note: (cell) => (cell.length > 2_000 ? 'long' : null),
  carriage: (cell, { kind }) =>
    kind === 'station' ? oneOf(CARRIAGES, 'carriage')(cell, BARE) : oneOf(NETWORKS, 'network')(cell, BARE),
  latitude: degree('longitude', 90),
  longitude: degree('latitude', 180),
  languages: (cell) => (listOf(cell).every((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) ? null : 'language'),
  horns: whole(1, 200, true),
  minutes_a_day: whole(1, 1_440, false),
  repeats_a_day: whole(1, 24, false),
  volume: whole(0, 100, true),
  volume_hours: (cell) => (hoursOf(cell) ? null : 'volume_hours'),
  chime: oneOf(['yes', 'no'], 'yes_no'),
  undecided: oneOf(UNDECIDED, 'undecided'),
  quiet_from: clock('quiet_to'),
  quiet_to: clock('quiet_from'),
  alive_from: day,
  alive_to: (cell, row) =>
    day(cell, row) ?? (cell !== '' && isDay(row.alive_from) && row.alive_from > cell ? 'order' : null),
}
const BARE = {} as StationRow // a list asks of no other cell
