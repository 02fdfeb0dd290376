import { Refusal } from '#core/kernel/index.ts'
import { addMedia, KEEPERS } from '#core/media/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { aboutOf } from '../about-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const mine = grants.filter(({ role }) => KEEPERS.includes(role)).map(({ organisationId }) => organisationId)
  const bodies = (await organisationsWhere(ctx.db, mine)).filter(({ aliveTo }) => aliveTo === null)
  return {
    bodies: bodies.map(({ id, name }) => ({ value: id, name })),
    whyNot: bodies.length === 0 ? w('messages_no_body') : null,
  }
}

export const actions: Actions = {
  default: act(addMedia, {
    input: async (data, { locals }) => {
      const file = data.get('file')
      if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
      return {
        ...aboutOf(data),
        organisationId: fieldOf(data, 'organisationId'),
        fileName: file.name.normalize('NFC'),
        // Kept before the transaction opens: nothing outside is awaited inside one.
        sha256: await locals.ctx.files.put(new Uint8Array(await file.arrayBuffer())),
      }
    },
    then: ({ mediaId, isNew }) => `${paths.oneMedia(mediaId)}?done=${isNew ? 'media_added' : 'media_known'}`,
  }),
}
