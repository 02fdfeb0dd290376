import * as v from 'valibot'
import { action, Refusal, type Db } from '../kernel/index.ts'
import { organisationRows } from '../organisation/index.ts'
import { placeCodes } from '../place/index.ts'
import { keepRows } from './keep-rows.ts'
import { previewStationRows } from './preview-stations.ts'
import { stationRows, takenCodes } from './station-rows.store.ts'
import { keyOf, STATION_COLUMNS, type StationPreview, type StationRow } from './station-table.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(10_000))
export const StationRowSchema = v.object(
  Object.fromEntries(STATION_COLUMNS.map((column) => [column, cell])) as Record<keyof StationRow, typeof cell>, // each column once
)

/** What an import of these rows would do; nothing is changed. */
export async function previewStations(db: Db, rows: readonly StationRow[]): Promise<StationPreview> {
  const standing = new Map((await stationRows(db)).map((row) => [keyOf(row), row]))
  const places = new Set((await placeCodes(db)).keys())
  const organisations = new Set((await organisationRows(db)).map(({ code }) => code))
  return previewStationRows(rows, standing, { places, organisations, ...(await takenCodes(db)) })
}

/**
 * Adds and amends stations, clusters and expected devices from a table, all or none: a single bad cell refuses it. The same
 * table again changes nothing; what the table leaves out stays.
 */
export const importStations = action('station.import', {
  input: v.object({ rows: v.pipe(v.array(StationRowSchema), v.maxLength(100_000)) }),
  may: { who: 'roles', roles: ['administrator', 'campaign_officer'] },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'station', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows }) {
    const preview = await previewStations(ctx.db, rows)
    if (preview.bad.length > 0) throw new Refusal('station.bad_cells', { count: preview.bad.length })
    await keepRows(ctx, [...preview.added, ...preview.changed])
    return { added: preview.added.length, changed: preview.changed.length }
  },
})
