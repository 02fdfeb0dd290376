import { diffWordsWithSpace } from 'diff'
import { MASTER_FIELDS, restoreMessage, versionsOf } from '#core/message/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { messageOf } from '../../one-message.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const message = await messageOf(ctx, params.id)
  const versions = await versionsOf(ctx.db, message.id)
  return {
    message: { id: message.id, title: message.workingTitle, current: message.currentVersion },
    versions: versions.map((version, at) => {
      const before = versions[at + 1]
      return {
        number: version.number,
        editedAt: version.editedAt,
        restoredFrom: version.restoredFrom,
        // What changed against the version before it, field by field, in its words.
        changes: MASTER_FIELDS.filter((name) => version[name] !== (before?.[name] ?? '')).map((name) => ({
          name,
          words: diffWordsWithSpace(before?.[name] ?? '', version[name]).map(({ added, removed, value }) => ({
            kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
            text: value,
          })),
        })),
      }
    }),
  }
}

export const actions: Actions = {
  default: act(restoreMessage, {
    input: (data, { params }) => ({
      messageId: params.id ?? '',
      version: Number(fieldOf(data, 'version')),
      basedOn: Number(fieldOf(data, 'basedOn')),
    }),
    then: (_version, { params }) => `${paths.message(params.id ?? '')}?done=message_restored`,
  }),
}
