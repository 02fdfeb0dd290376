import { importPlan, planById } from '#core/plan/index.ts'
import { Refusal, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const IMPORTERS: readonly string[] = ['campaign_officer', 'leader', 'administrator']

export const load: PageServerLoad = async ({ locals, url }) => {
  const { ctx } = locals
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const mine = grants.filter((grant) => IMPORTERS.includes(grant.role)).map((grant) => grant.organisationId)
  // Whatever the role is held in, be it a body that has ended: an old plan is imported for the body that signed it.
  const bodies = await organisationsWhere(ctx.db, mine)
  const amends = url.searchParams.get('amends') as Id<'plan'> | null
  return {
    organisations: bodies.map((body) => ({ value: body.id, name: body.name })),
    amends: amends && (await planById(ctx.db, amends)),
  }
}

export const actions: Actions = {
  default: act(importPlan, {
    input: async (data, { locals }) => {
      const file = data.get('file')
      if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
      return {
        organisationId: fieldOf(data, 'organisationId'),
        fileName: file.name,
        // Kept before the transaction opens: nothing outside is awaited inside one.
        fileSha256: await locals.ctx.files.put(new Uint8Array(await file.arrayBuffer())),
        amends: fieldOf(data, 'amends') || null,
      }
    },
    then: ({ planId, isNew }) => `${paths.plan(planId)}?done=${isNew ? 'plan_imported' : 'plan_known'}`,
  }),
}
