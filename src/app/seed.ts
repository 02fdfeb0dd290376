import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addPerson, anyPeople } from '../core/identity/index.ts'
import type { Ctx, Id, Role } from '../core/kernel/index.ts'
import { giveRole, organisationIdsByCode } from '../core/organisation/index.ts'
import { confirmPlan, importPlan, itemsOf, markRestRight, readPlanFile, readinessOf } from '../core/plan/index.ts'
import { documentReader } from './document-reader.ts'
import type { Loa } from './loa.ts'
import { loadReference } from './reference.ts'

export interface SignIn {
  readonly username: string
  readonly password: string
  /** Who it is. */
  readonly about: string
}

interface Cast {
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly organisation: string
  readonly about: string
}

/** People of the demonstration; the names are nobody's. */
const CAST: readonly Cast[] = [
  { username: 'quantri', name: 'Quản trị', role: 'administrator', organisation: 'UBND-LC', about: 'Quản trị' },
  {
    username: 'tinh',
    name: 'Hoa (Sở TTTT)',
    role: 'campaign_officer',
    organisation: 'STTTT-LC',
    about: 'Cán bộ phụ trách, Sở Thông tin và Truyền thông',
  },
  {
    username: 'congan',
    name: 'Minh (Công an tỉnh)',
    role: 'content_officer',
    organisation: 'CAT-LC',
    about: 'Cán bộ nội dung, Công an tỉnh',
  },
  {
    username: 'baolaocai',
    name: 'Lan (Báo Lào Cai)',
    role: 'press_officer',
    organisation: 'BAO-LC',
    about: 'Phóng viên, Báo Lào Cai',
  },
  {
    username: 'batxat',
    name: 'Páo (UBND huyện Bát Xát)',
    role: 'field_officer',
    organisation: 'UBND-BX',
    about: 'Cán bộ, UBND huyện Bát Xát',
  },
]

/** Fills an empty database with the first province and a campaign; one that holds people already is left, with `[]`. */
export async function seedDemonstration(loa: Loa): Promise<readonly SignIn[]> {
  const ctx = loa.contextOf({ kind: 'system', name: 'seed' })
  if (await anyPeople(ctx.db)) return []
  await loadReference(ctx)
  await openCampaign(ctx)
  return addAll(ctx, CAST)
}

/** All or none: a start that is killed in between leaves nobody whose password was never seen. */
function addAll(ctx: Ctx, cast: readonly Cast[]): Promise<readonly SignIn[]> {
  return ctx.db.transaction().execute(async (db) => {
    const signIns: SignIn[] = []
    for (const one of cast) signIns.push(await addToCast({ ...ctx, db, inTransaction: true }, one))
    return signIns
  })
}

const FIRST_ADMINISTRATOR: Cast = {
  username: 'quantri',
  name: 'Quản trị',
  role: 'administrator',
  organisation: 'UBND-LC-2025',
  about: 'Quản trị',
}

/** The register of bodies and a first administrator, without demonstration data; `[]` where people are already. */
export async function seedAdministrator(loa: Loa): Promise<readonly SignIn[]> {
  const ctx = loa.contextOf({ kind: 'system', name: 'seed' })
  if (await anyPeople(ctx.db)) return []
  await loadReference(ctx)
  return addAll(ctx, [FIRST_ADMINISTRATOR])
}

async function addToCast(ctx: Ctx, { username, name, role, organisation, about }: Cast): Promise<SignIn> {
  const issued = await addPerson(ctx, { username, name, mustChange: false })
  const organisationId = (await organisationIdsByCode(ctx.db, [organisation])).get(organisation)
  if (!organisationId)
    throw new Error(`No organisation has the code ${organisation}; see examples/lao-cai/organisations.tsv`)
  const personId = issued.personId as Id<'person'> // addPerson made it
  await giveRole(ctx, { personId, organisationId, role, fromDay: '2023-01-01' })
  return { username, password: issued.password, about }
}

/** The demonstration campaign: a sample plan of our own, imported, read and confirmed as a person would. */
async function openCampaign(ctx: Ctx): Promise<void> {
  const bytes = await readFile(join(import.meta.dirname, '../../examples/plans/demonstration.txt'))
  const organisationId = (await organisationIdsByCode(ctx.db, ['STTTT-LC'])).get('STTTT-LC')
  if (!organisationId) throw new Error('examples/lao-cai/organisations.tsv holds no STTTT-LC')
  const fileSha256 = await ctx.files.put(bytes)
  const { planId } = await importPlan(ctx, { organisationId, fileName: 'ke-hoach-mau.txt', fileSha256 })
  await readPlanFile(ctx, documentReader, planId)
  await markRestRight(ctx, { planId })
  const readiness = readinessOf(await itemsOf(ctx.db, planId))
  if (readiness.unresolved === 0 && readiness.duties > 0) await confirmPlan(ctx, { planId })
}
