import { documentReader } from '../../app/document-reader.ts'
import { openLoa } from '../../app/loa.ts'
import { aliveOn, asSystem, dayAt, fold, Refusal, type Ctx } from '../../core/kernel/index.ts'
import { organisationIdsByCode } from '../../core/organisation/index.ts'
import { importPlan, planById, readPlan, readPlanFile, registerOf, type Register } from '../../core/plan/index.ts'
import { migrate } from '../../platform/database/index.ts'
import { DONE, type Command } from '../command.ts'
import { readGivenFile } from '../given-file.ts'
import { MIGRATIONS, withDatabaseUrl } from '../with-database.ts'

/** Takes a plan in and reads it, so that a person can confirm it on its page. The same file again changes nothing. */
export const planImport: Command = {
  takes: ['FILE'],
  options: { organisation: { type: 'string' } },
  async run({ config, w, given: [path = ''], options, print }) {
    const file = await readGivenFile(path, config.calledFrom)
    return withDatabaseUrl(config, async (databaseUrl) => {
      await migrate(databaseUrl, MIGRATIONS)
      const loa = await openLoa({ databaseUrl, folder: config.dataFolder })
      try {
        const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'cli')
        const register = await registerOf(ctx.db)
        const code = options['organisation'] ?? (await issuerOf(ctx, register, file.bytes, file.name))
        const organisationId = (await organisationIdsByCode(ctx.db, [String(code)])).get(String(code))
        if (!organisationId) throw new Refusal('plan.unknown_organisation', { code: String(code) })
        const fileSha256 = await ctx.files.put(file.bytes)
        const { planId, isNew } = await importPlan(ctx, { organisationId, fileName: file.name, fileSha256 })
        // A running worker may be at it already: whoever is second finds it read and leaves it.
        await readPlanFile(ctx, documentReader, planId)
        const plan = await planById(ctx.db, planId)
        if (plan?.refusal) throw new Refusal(plan.refusal, plan.refusalFacts)
        print(w(isNew ? 'cli_imported' : 'cli_imported_before', { path: `/plans/${planId}` }))
        return DONE
      } finally {
        await loa.close()
      }
    })
  },
}

/** The body that issued the plan, which is whose plan it is. @throws Refusal `plan.issuer_unknown` */
async function issuerOf(ctx: Ctx, register: Register, bytes: Uint8Array, name: string): Promise<string> {
  const { text } = await documentReader.read(bytes, name, { onProgress: () => {} })
  const today = dayAt(ctx.clock.now())
  const { issuer, issuedOn } = readPlan(text, { register, today }).document
  const wanted = fold(issuer ?? '')
  const bodies = register.organisations.filter((body) => aliveOn(body, issuedOn ?? today))
  const found = bodies.filter((body) => [body.name, ...body.aliases].some((called) => fold(called) === wanted))
  if (found.length !== 1 || !found[0]) throw new Refusal('plan.issuer_unknown', { issuer: issuer ?? '' })
  return found[0].code
}
