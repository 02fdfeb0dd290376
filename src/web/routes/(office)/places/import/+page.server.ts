import { readPlaceSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { importPlaces, previewPlaces } from '#core/place/index.ts'
import { paths } from '#web/paths.ts'
import { sheetActions } from '#web/sheets/sheet-actions.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importPlaces.whyNot(ctx, { rows: [] })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = sheetActions({
  read: readPlaceSheet,
  preview: previewPlaces,
  action: importPlaces,
  input: (rows) => ({ rows: [...rows] }),
  then: `${paths.places}?done=places_imported`,
})
