import type { RequestEvent } from '@sveltejs/kit'
import { takeProofFile } from '#app/proof-files.ts'
import { sendActivity, type GivenFile } from '#core/evidence/index.ts'
import { refuseIf, type Ctx } from '#core/kernel/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { activityOfForm } from './proof-of-form.ts'
import { wordsAtEnd } from './words-at-end.ts'

/** Takes the plain form in, with its files: what a browser without scripts sends. */
export const sendProof = act(sendActivity, {
  async input(data, { locals: { ctx, w } }: RequestEvent) {
    const given = await activityOfForm(ctx, data)
    // Nobody fills the store with files for a body they may not send for.
    refuseIf(await sendActivity.whyNot(ctx, given as Parameters<typeof sendActivity.whyNot>[1]))
    return { ...given, files: await filesOf(ctx, data), wordsAtEnd: (await wordsAtEnd(ctx, w))[given.kind] ?? '' }
  },
  then: ({ activityId, isNew }) => `${paths.activity(activityId)}?done=evidence_${isNew ? 'sent' : 'stands'}`,
})

const FIELDS = [
  ['photos', 'photo'],
  ['voice', 'voice'],
  ['documents', 'document'],
] as const

async function filesOf(ctx: Ctx, data: FormData): Promise<GivenFile[]> {
  const taken: GivenFile[] = []
  for (const [field, role] of FIELDS) {
    for (const file of data.getAll(field)) {
      if (!(file instanceof File) || file.size === 0) continue
      const bytes = new Uint8Array(await file.arrayBuffer())
      taken.push(await takeProofFile(ctx, bytes, { role, fileName: file.name }))
    }
  }
  return taken
}
