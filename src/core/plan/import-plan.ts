import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { insertPlan, planById, planOfFile } from './plan.store.ts'
import { whyNot } from './plan.ts'
import { readPlanJob } from './plan.jobs.ts'

const Import = v.object({
  organisationId: idOf<'organisation'>(),
  fileName: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255)),
  fileSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** The plan that this file amends; null for a new one. */
  amends: v.nullish(idOf<'plan'>(), null),
})

export interface Imported {
  readonly planId: Id<'plan'>
  /** False when this organisation has imported this very file before: then nothing changed. */
  readonly isNew: boolean
}

/**
 * Takes in a signed plan whose file is kept already (`ctx.files.put`, outside the transaction), and has it read by a
 * job. The same file again answers the plan that stands.
 */
export const importPlan = action('plan.import', {
  input: Import,
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'leader', 'administrator'],
    within: (_ctx, input) => input.organisationId,
  },
  records: (input, result: Imported) =>
    result.isNew
      ? { subject: 'plan', subjectId: result.planId, facts: { file: input.fileSha256, amends: input.amends } }
      : null,
  async run(ctx, input): Promise<Imported> {
    const before = await planOfFile(ctx.db, input.organisationId, input.fileSha256)
    if (before) return { planId: before.id, isNew: false }
    await refuseUnamendable(ctx, input)
    if (!(await ctx.files.has(input.fileSha256))) throw new Refusal('plan.file_missing')
    const planId = newId<'plan'>()
    await insertPlan(ctx.db, {
      id: planId,
      organisationId: input.organisationId,
      importedBy: actingPerson(ctx),
      importedAt: ctx.clock.now(),
      fileSha256: input.fileSha256,
      fileName: input.fileName.normalize('NFC'),
      amends: input.amends,
    })
    await ctx.jobs.add(ctx.db, readPlanJob, { planId })
    return { planId, isNew: true }
  },
})

async function refuseUnamendable(ctx: Ctx, input: v.InferOutput<typeof Import>): Promise<void> {
  if (input.amends === null) return
  const amended = await planById(ctx.db, input.amends)
  if (!amended || amended.organisationId !== input.organisationId) throw new Refusal('plan.not_found')
  refuseIf(whyNot(amended, 'amend'))
}
