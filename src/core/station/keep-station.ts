import * as v from 'valibot'
import { action, InputRefusal, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { organisationIdsByCode } from '../organisation/index.ts'
import { clusterByCode } from './cluster.store.ts'
import { previewStations, StationRowSchema } from './import-stations.ts'
import { keepRows } from './keep-rows.ts'
import { stationRows } from './station-rows.store.ts'
import { BARE_STATION_ROW, keyOf, STATION_COLUMNS, tidyRow, type StationRow } from './station-table.ts'
import { stationByCode, stationOf } from './station.store.ts'

/** Who keeps a station, in its own body or above. */
export const KEEPERS = ['administrator', 'campaign_officer', 'field_officer'] as const

/**
 * Adds a station, a cluster or an expected device, or amends it, as one row of the table does; each flaw is told at its
 * cell. A station changes its body or its place by the table alone.
 *
 * @throws InputRefusal of `station.cell` for each cell that is wrong, Refusal `station.body_stays`.
 */
export const keepStation = action('station.keep', {
  input: v.object({ row: StationRowSchema }),
  may: { who: 'roles', roles: KEEPERS, within: (ctx, { row }) => keeperOf(ctx, row) },
  records: ({ row }, changed: string) =>
    changed === '' ? null : { subject: row.kind, subjectId: null, facts: { code: row.code, changed } },
  async run(ctx, { row }) {
    const given = tidyRow(row)
    const preview = await previewStations(ctx.db, [given])
    if (preview.bad.length > 0) {
      throw new InputRefusal(preview.bad.map(({ column, reason }) => new Refusal('station.cell', { reason }, column)))
    }
    const before = (await stationRows(ctx.db)).find((one) => keyOf(one) === keyOf(given)) ?? null
    if (before && (before.organisation !== given.organisation || before.place !== given.place)) {
      throw new Refusal('station.body_stays', {}, 'organisation')
    }
    await keepRows(ctx, [...preview.added, ...preview.changed])
    const changed = STATION_COLUMNS.filter((column) => given[column] !== (before ?? BARE_STATION_ROW)[column])
    return before ? changed.join(', ') : 'added'
  },
})

/** The body that answers for what a row tells of; null where the row names nothing that stands. */
async function keeperOf(ctx: Ctx, row: StationRow): Promise<Id<'organisation'> | null> {
  if (row.kind === 'station') {
    const standing = await stationByCode(ctx.db, row.code)
    if (standing) return standing.organisationId
    return (await organisationIdsByCode(ctx.db, [row.organisation])).get(row.organisation) ?? null
  }
  if (row.kind === 'cluster') return (await stationByCode(ctx.db, row.station))?.organisationId ?? null
  const cluster = await clusterByCode(ctx.db, row.cluster)
  return cluster ? ((await stationOf(ctx.db, cluster.stationId))?.organisationId ?? null) : null
}
