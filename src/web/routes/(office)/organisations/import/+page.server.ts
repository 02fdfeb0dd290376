import { readOrganisationSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { importOrganisations, previewOrganisations } from '#core/organisation/index.ts'
import { paths } from '#web/paths.ts'
import { sheetActions } from '#web/sheets/sheet-actions.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importOrganisations.whyNot(ctx, { rows: [] })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = sheetActions({
  read: readOrganisationSheet,
  preview: previewOrganisations,
  action: importOrganisations,
  input: (rows) => ({ rows: [...rows] }),
  then: `${paths.organisations}?done=organisations_imported`,
})
