import { BARE_STATION_ROW, STATION_COLUMNS, type RowKind, type StationRow } from '#core/station/index.ts'
import { fieldOf } from '#web/forms/act.ts'

/** A row as a form gives it: what it has no field for is as it stands, or empty. */
export function rowOfForm(kind: RowKind, data: FormData, standing: Partial<StationRow> = {}): StationRow {
  const given = STATION_COLUMNS.filter((column) => data.has(column)).map((column) => [column, fieldOf(data, column)])
  return { ...BARE_STATION_ROW, ...standing, ...Object.fromEntries(given), kind }
}
