import { flawsOf, type Flaw } from './station-cells.ts'
import {
  keyOf,
  STATION_COLUMNS,
  tidyRow,
  type BadStationCell,
  type StationPreview,
  type StationRow,
} from './station-table.ts'

/** What rows may refer to, and what they must not touch. */
export interface StationGround {
  readonly places: ReadonlySet<string>
  readonly organisations: ReadonlySet<string>
  /** Codes of outlets that are no stations. */
  readonly outlets: ReadonlySet<string>
  /** Codes of devices that were revoked: they come back under another code. */
  readonly revoked: ReadonlySet<string>
  /** Codes of devices that show boards. */
  readonly atBoards: ReadonlySet<string>
}

/**
 * What an import would do to the rows that stand (by `keyOf`); nothing is changed. Blank rows are passed over but counted.
 * The order of rows says nothing: a cluster may stand above its station.
 */
export function previewStationRows(
  given: readonly StationRow[],
  standing: ReadonlyMap<string, StationRow>,
  ground: StationGround,
): StationPreview {
  const rows = given.map((written, at) => ({ row: tidyRow(written), at }))
  const written = rows.filter(({ row }) => STATION_COLUMNS.some((column) => row[column] !== ''))
  const known = new Map([...standing, ...written.map(({ row }) => [keyOf(row), row] as const)])
  const speakers = speakersOf([...known.values()])
  const bad: BadStationCell[] = []
  const added: StationRow[] = []
  const changed: StationRow[] = []
  const seen = new Set<string>()
  let same = 0
  for (const { row, at } of written) {
    const before = standing.get(keyOf(row))
    const flaws = [...flawsOf(row), ...lookUp(row, before, known, ground)]
    if (row.code !== '' && seen.has(keyOf(row))) flaws.push(['code', 'twice'])
    seen.add(keyOf(row))
    if (row.kind === 'speaker' && (speakers.get(row.cluster) ?? 0) > 1) flaws.push(['cluster', 'has_speaker'])
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (flaws.length > 0) continue
    if (!before) added.push(row)
    else if (STATION_COLUMNS.some((column) => before[column] !== row[column])) changed.push(row)
    else same++
  }
  return { added, changed, same, bad }
}

/** What a row says of other things: they must be there, and what belongs somewhere stays there. */
function lookUp(
  row: StationRow,
  before: StationRow | undefined,
  known: ReadonlyMap<string, StationRow>,
  { places, organisations, outlets, revoked, atBoards }: StationGround,
): Flaw[] {
  const flaws: Flaw[] = []
  switch (row.kind) {
    case 'station':
      if (!places.has(row.place)) flaws.push(['place', 'place'])
      if (!organisations.has(row.organisation)) flaws.push(['organisation', 'organisation'])
      if (outlets.has(row.code)) flaws.push(['code', 'taken'])
      break
    case 'cluster':
      if (!known.has(keyOf({ kind: 'station', code: row.station }))) flaws.push(['station', 'station'])
      else if (before && before.station !== row.station) flaws.push(['station', 'moved'])
      break
    case 'speaker':
      if (!known.has(keyOf({ kind: 'cluster', code: row.cluster }))) flaws.push(['cluster', 'cluster'])
      else if (before && before.cluster !== row.cluster) flaws.push(['cluster', 'moved'])
      if (revoked.has(row.code)) flaws.push(['code', 'revoked'])
      else if (atBoards.has(row.code)) flaws.push(['code', 'taken'])
  }
  return flaws
}

/** How many speakers each cluster would have. */
function speakersOf(rows: readonly StationRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { kind, cluster } of rows) {
    if (kind === 'speaker') counts.set(cluster, (counts.get(cluster) ?? 0) + 1)
  }
  return counts
}
