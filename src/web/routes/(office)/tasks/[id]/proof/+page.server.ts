import { Refusal } from '#core/kernel/index.ts'
import { taskById } from '#core/task/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { formData } from '../../../evidence/proof-form/form-data.ts'
import { sendProof } from '../../../evidence/proof-form/send-proof.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'task'>(params.id)
  const task = id && (await taskById(ctx.db, id))
  if (!task) throw new Refusal('task.not_found')
  return formData(ctx, w, url, task)
}

export const actions: Actions = { default: sendProof }
