import { readOutletSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { importOutlets, previewOutlets } from '#core/outlet/index.ts'
import { paths } from '#web/paths.ts'
import { sheetActions } from '#web/sheets/sheet-actions.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importOutlets.whyNot(ctx, { rows: [] })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = sheetActions({
  read: readOutletSheet,
  preview: previewOutlets,
  action: importOutlets,
  input: (rows) => ({ rows: [...rows] }),
  then: `${paths.outlets}?done=outlets_imported`,
})
