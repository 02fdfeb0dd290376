import { takeMedia } from '#app/media-files.ts'
import { Refusal, refuseIf } from '#core/kernel/index.ts'
import { addMedia, KEEPERS } from '#core/media/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
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
      const organisationId = givenId<'organisation'>(fieldOf(data, 'organisationId'))
      if (!organisationId) throw new Refusal('input.required', {}, 'organisationId')
      const about = { ...aboutOf(data), organisationId, fileName: file.name.normalize('NFC') }
      // Who may not add keeps no file here either.
      refuseIf(await addMedia.whyNot(locals.ctx, { ...about, file: NONE, madeFrom: null, shelf: 'library' }))
      return { ...about, file: await takeMedia(locals.ctx, new Uint8Array(await file.arrayBuffer())) }
    },
    then: ({ mediaId, isNew }) => `${paths.oneMedia(mediaId)}?done=${isNew ? 'media_added' : 'media_known'}`,
  }),
}

const NONE = { sha256: '', kind: 'document' as const, mime: '', bytes: 0 }
