import { importPlan, planById } from '#core/plan/index.ts'
import { dayAt, Refusal, type Id } from '#core/kernel/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const IMPORTERS: readonly string[] = ['campaign_officer', 'leader', 'administrator']

export const load: PageServerLoad = async ({ locals, url }) => {
  const { ctx } = locals
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const mine = new Set<string>(
    grants.filter((grant) => IMPORTERS.includes(grant.role)).map((grant) => grant.organisationId),
  )
  const bodies = await organisationsAsOf(ctx.db, dayAt(ctx.clock.now()))
  const amends = url.searchParams.get('amends') as Id<'plan'> | null
  return {
    organisations: bodies.filter((body) => mine.has(body.id)).map((body) => ({ value: body.id, name: body.name })),
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
