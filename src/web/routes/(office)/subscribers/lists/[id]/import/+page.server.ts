import { readSubscriberSheet } from '#app/register-sheets.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { importSubscribers, listOf, previewSubscribers } from '#core/subscriber/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** More bad cells than this are counted, not shown. */
const MOST_SHOWN = 200

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const { outlet } = await listOf(ctx, givenId<'outlet'>(params.id))
  const refusal = await previewSubscribers.whyNot(ctx, { outletId: outlet.id, rows: [] })
  return { id: outlet.id as string, name: outlet.name, whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = {
  /** The table is read and sealed at once: no file of contacts is kept. */
  async preview(event) {
    const data = await event.request.formData()
    try {
      const file = data.get('file')
      if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
      const { rows, letters } = await readSubscriberSheet(new Uint8Array(await file.arrayBuffer()))
      const found = await previewSubscribers(event.locals.ctx, { outletId: event.params.id, rows: [...rows] })
      const bad = found.bad.slice(0, MOST_SHOWN).map((cell) => ({ ...cell, letter: letters[cell.column] }))
      return { typed: {}, problems: [], preview: { ...found, bad, badCount: found.bad.length } }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
  import: act(importSubscribers, {
    input: (data, { params }) => ({ importId: fieldOf(data, 'importId'), outletId: params['id'] ?? '' }),
    then: (_result, { params }) => `${paths.subscriberList(params['id'] ?? '')}?done=subscribers_imported`,
  }),
}
