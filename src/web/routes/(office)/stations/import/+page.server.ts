import { readStationSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import type { Db } from '#core/kernel/index.ts'
import { importStations, previewStations, type StationRow } from '#core/station/index.ts'
import { paths } from '#web/paths.ts'
import { sheetActions } from '#web/sheets/sheet-actions.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importStations.whyNot(ctx, { rows: [] })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = sheetActions({
  read: readStationSheet,
  preview: previewed,
  action: importStations,
  input: (rows) => ({ rows: [...rows] }),
  then: `${paths.stations}?done=stations_imported`,
})

/** A device has no name: it is shown with the cluster it is for. */
async function previewed(db: Db, rows: readonly StationRow[]) {
  const preview = await previewStations(db, rows)
  const named = (some: readonly StationRow[]) => some.map((row) => ({ ...row, name: row.name || row.cluster }))
  return { ...preview, added: named(preview.added), changed: named(preview.changed) }
}
