import { readActivitySheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { importActivities, previewActivities } from '#core/evidence/index.ts'
import { paths } from '#web/paths.ts'
import { sheetActions } from '#web/sheets/sheet-actions.ts'
import { wordsAtEnd } from '../proof-form/words-at-end.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importActivities.whyNot(ctx, { rows: [], wordsAtEnd: {} })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = sheetActions({
  read: readActivitySheet,
  preview: (db, rows) => previewActivities(db, rows, new Date()),
  action: importActivities,
  input: async (rows, { locals: { ctx, w } }) => ({ rows: [...rows], wordsAtEnd: await wordsAtEnd(ctx, w) }),
  then: `${paths.evidence}?done=evidence_imported`,
})
