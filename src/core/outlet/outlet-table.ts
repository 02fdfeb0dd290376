import { CHANNELS } from '../channel/index.ts'
import { isDay } from '../kernel/index.ts'
import { MEANS, OUTLET_KINDS } from './outlet.ts'

/** Columns of the table by which outlets come and go, as its first row names them. */
export const OUTLET_COLUMNS = [
  'code',
  'name',
  'kind',
  'channel',
  'means',
  'place',
  'organisation',
  'languages',
  'address',
  'quiet_from',
  'quiet_to',
  'alive_from',
  'alive_to',
  'note',
] as const
export type OutletColumn = (typeof OUTLET_COLUMNS)[number]
/** A row as written: every cell a text; place and organisation by code, languages parted by `;`. */
export type OutletRow = Readonly<Record<OutletColumn, string>>

/** A row of which nothing is written yet. */
export const BARE_OUTLET_ROW: OutletRow = Object.freeze(
  Object.fromEntries(OUTLET_COLUMNS.map((column) => [column, ''])) as OutletRow, // each column once
)

export interface BadOutletCell {
  /** As a spreadsheet numbers it: the head is row 1. */
  readonly row: number
  readonly column: OutletColumn
  readonly value: string
  /** Wording key without `outlet_cell_`. */
  readonly reason: string
}

export interface OutletPreview {
  readonly added: readonly OutletRow[]
  readonly changed: readonly OutletRow[]
  readonly same: number
  readonly bad: readonly BadOutletCell[]
}

/** What a row may refer to. */
export interface OutletGround {
  readonly places: ReadonlySet<string>
  readonly organisations: ReadonlySet<string>
}

/** What an import would do to the rows that stand (by code); nothing is changed. Blank rows are passed over but counted. */
export function previewOutletRows(
  given: readonly OutletRow[],
  standing: ReadonlyMap<string, OutletRow>,
  ground: OutletGround,
): OutletPreview {
  const bad: BadOutletCell[] = []
  const added: OutletRow[] = []
  const changed: OutletRow[] = []
  let same = 0
  const seen = new Set<string>()
  given.forEach((written, at) => {
    if (OUTLET_COLUMNS.every((column) => written[column].trim() === '')) return
    const row = tidyRow(written)
    const flaws = flawsOf(row, ground)
    if (row.code !== '' && seen.has(row.code)) flaws.push(['code', 'twice'])
    seen.add(row.code)
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (flaws.length > 0) return
    const before = standing.get(row.code)
    if (!before) added.push(row)
    else if (OUTLET_COLUMNS.some((column) => before[column] !== row[column])) changed.push(row)
    else same++
  })
  return { added, changed, same, bad }
}

export function listOf(cell: string): string[] {
  return [...new Set(cell.split(';').map((part) => part.trim()))].filter(Boolean)
}

function tidyRow(row: OutletRow): OutletRow {
  const cells = OUTLET_COLUMNS.map((column) => [column, row[column].normalize('NFC').trim()] as const)
  return {
    ...(Object.fromEntries(cells) as OutletRow), // every column, as the row has them
    languages: listOf(row.languages).join(';'),
    quiet_from: clockOf(row.quiet_from),
    quiet_to: clockOf(row.quiet_to),
  }
}

/** `6:00` as `06:00`; what is no hour stays, to be shown. */
function clockOf(cell: string): string {
  const found = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(cell.trim())
  return found ? `${(found[1] ?? '').padStart(2, '0')}:${found[2]}` : cell.trim()
}

function flawsOf(row: OutletRow, { places, organisations }: OutletGround): [OutletColumn, string][] {
  const flaws: [OutletColumn, string][] = []
  if (row.code === '') flaws.push(['code', 'empty'])
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,79}$/u.test(row.code)) flaws.push(['code', 'letters'])
  if (row.name === '') flaws.push(['name', 'empty'])
  for (const [column, most] of [
    ['name', 300],
    ['address', 500],
    ['note', 2_000],
  ] as const) {
    if (row[column].length > most) flaws.push([column, 'long'])
  }
  if (!isOneOf(OUTLET_KINDS, row.kind)) flaws.push(['kind', 'kind'])
  if (!isOneOf(CHANNELS, row.channel)) flaws.push(['channel', 'channel'])
  if (!isOneOf(MEANS, row.means)) flaws.push(['means', 'means'])
  const wrong = addressFlaw(row)
  if (wrong) flaws.push(['address', wrong])
  if (!places.has(row.place)) flaws.push(['place', 'place'])
  if (!organisations.has(row.organisation)) flaws.push(['organisation', 'organisation'])
  if (!listOf(row.languages).every((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag))) {
    flaws.push(['languages', 'language'])
  }
  for (const column of ['quiet_from', 'quiet_to'] as const) {
    if (row[column] !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(row[column])) flaws.push([column, 'hour'])
  }
  if ((row.quiet_from === '') !== (row.quiet_to === '')) flaws.push(['quiet_to', 'hours'])
  for (const column of ['alive_from', 'alive_to'] as const) {
    if (row[column] !== '' && !isDay(row[column])) flaws.push([column, 'day'])
  }
  if (row.alive_from && row.alive_to && row.alive_from > row.alive_to) flaws.push(['alive_to', 'order'])
  return flaws
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value)
}

/** What a machine is to find at an address must look like one; whether anything answers there is another question. */
function addressFlaw({ kind, channel, means, address }: OutletRow): string | null {
  if (means !== 'machine') return null
  if (channel === 'webhook') return /^https?:\/\/[^\s/]/.test(address) && URL.canParse(address) ? null : 'web'
  if (kind !== 'newsroom' || address === '') return null
  return /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/.test(address) ? null : 'mail'
}
