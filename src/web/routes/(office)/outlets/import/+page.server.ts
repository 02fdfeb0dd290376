import { readOutletSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { importOutlets, previewOutlets } from '#core/outlet/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { shownPreview } from '#web/sheets/shown-preview.ts'
import type { FormState } from '#web/ui/form-state.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await importOutlets.whyNot(ctx, { rows: [] })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = {
  async preview(event) {
    const { ctx } = event.locals
    const data = await event.request.formData()
    try {
      const file = data.get('file')
      if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { rows, letters } = await readOutletSheet(bytes)
      const preview = shownPreview(await previewOutlets(ctx.db, rows), letters)
      // The very file that was looked at is the one that is imported.
      return { ...NOTHING_WRONG, preview, sha256: await ctx.files.put(bytes) }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
  import: act(importOutlets, {
    input: async (data, { locals: { ctx } }) => {
      const sha256 = fieldOf(data, 'sha256')
      if (!/^[0-9a-f]{64}$/.test(sha256) || !(await ctx.files.has(sha256))) throw new Refusal('sheet.gone', {}, 'file')
      return { rows: [...(await readOutletSheet(await ctx.files.get(sha256))).rows] }
    },
    then: () => `${paths.outlets}?done=outlets_imported`,
  }),
}

const NOTHING_WRONG: FormState = { typed: {}, problems: [] }
