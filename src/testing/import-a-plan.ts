/** A program for kill tests: imports, reads and confirms one plan. `node import-a-plan.ts DATABASE_URL FOLDER FILE` */
import { readFile } from 'node:fs/promises'
import { openLoa } from '../app/loa.ts'
import { organisationIdsByCode } from '../core/organisation/index.ts'
import {
  confirmPlan,
  importPlan,
  markRestRight,
  planById,
  readPlanFile,
  type DocumentReader,
} from '../core/plan/index.ts'

const [databaseUrl = '', folder = '', file = ''] = process.argv.slice(2)

const plainText: DocumentReader = {
  async read(bytes) {
    const text = new TextDecoder().decode(bytes)
    return { format: 'txt', text, encoding: 'utf-8', scanned: false, pages: [], signatures: [] }
  },
}

const loa = await openLoa({ databaseUrl, folder })
const ctx = loa.contextOf({ kind: 'system', name: 'kill-test' })
const organisationId = (await organisationIdsByCode(ctx.db, ['STTTT-LC'])).get('STTTT-LC') ?? ''
const fileSha256 = await ctx.files.put(await readFile(file))
const { planId } = await importPlan(ctx, { organisationId, fileName: 'plan.txt', fileSha256 })
await readPlanFile(ctx, plainText, planId)
const plan = await planById(ctx.db, planId)
if (plan?.state === 'read') {
  await markRestRight(ctx, { planId })
  await confirmPlan(ctx, { planId })
}
await loa.close()
