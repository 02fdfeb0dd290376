import { addPerson, anyPeople } from '../core/identity/index.ts'
import { dayAt, type Ctx, type Id, type Role } from '../core/kernel/index.ts'
import { giveRole, organisationIdsByCode } from '../core/organisation/index.ts'
import { confirmPlan, importPlan, itemsOf, markRestRight, readPlanFile, readinessOf } from '../core/plan/index.ts'
import { demonstrationPlan } from './demonstration.ts'
import { documentReader } from './document-reader.ts'
import type { Loa } from './loa.ts'
import { addDemonstrationBoards } from './demonstration-boards.ts'
import { addDemonstrationList } from './demonstration-list.ts'
import { addDemonstrationOutlets } from './demonstration-outlets.ts'
import { addDemonstrationSlots } from './demonstration-slots.ts'
import { addDemonstrationStations } from './demonstration-stations.ts'
import { playMachines } from './simulators.ts'
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
  /** Codes of the bodies in which the role is held. */
  readonly organisations: readonly string[]
  readonly about: string
}

/** People of the demonstration; the names are nobody's. They serve the bodies of today and those before the merger of 2025. */
const CAST: readonly Cast[] = [
  {
    username: 'quantri',
    name: 'Quản trị',
    role: 'administrator',
    organisations: ['UBND-LC-2025', 'UBND-LC'],
    about: 'Quản trị',
  },
  {
    username: 'tinh',
    name: 'Hoa (Sở VHTTDL)',
    role: 'campaign_officer',
    organisations: ['SVHTTDL-LC-2025', 'STTTT-LC'],
    about: 'Cán bộ phụ trách đợt tuyên truyền, Sở Văn hóa, Thể thao và Du lịch',
  },
  {
    username: 'lanhdao',
    name: 'Thắng (lãnh đạo Sở VHTTDL)',
    role: 'leader',
    organisations: ['SVHTTDL-LC-2025', 'STTTT-LC'],
    about: 'Lãnh đạo, Sở Văn hóa, Thể thao và Du lịch',
  },
  {
    username: 'bientap',
    name: 'Ngọc (Sở VHTTDL)',
    role: 'reviewer',
    organisations: ['SVHTTDL-LC-2025', 'STTTT-LC'],
    about: 'Biên tập, thẩm định, Sở Văn hóa, Thể thao và Du lịch',
  },
  {
    username: 'congan',
    name: 'Minh (Công an tỉnh)',
    role: 'content_officer',
    organisations: ['CAT-LC-2025', 'CAT-LC'],
    about: 'Cán bộ nội dung, Công an tỉnh',
  },
  {
    username: 'baolaocai',
    name: 'Lan (Báo Lào Cai)',
    role: 'press_officer',
    organisations: ['BAO-LC'],
    about: 'Phóng viên, Báo Lào Cai',
  },
  {
    username: 'banho',
    name: 'Mẩy (xã Bản Hồ)',
    role: 'field_officer',
    organisations: ['UBND-03046'],
    about: 'Cán bộ văn hóa, UBND xã Bản Hồ',
  },
  {
    username: 'muongkhuong',
    name: 'Seng (xã Mường Khương)',
    role: 'field_officer',
    organisations: ['UBND-02761', 'DTT-02761'],
    about: 'Cán bộ văn hóa kiêm vận hành đài truyền thanh, xã Mường Khương',
  },
  {
    username: 'batxat',
    name: 'Páo (xã Bát Xát)',
    role: 'field_officer',
    organisations: ['UBND-02683', 'DTT-02683', 'UBND-BX'],
    about: 'Cán bộ văn hóa, UBND xã Bát Xát, trước là huyện Bát Xát',
  },
  {
    username: 'banlau',
    name: 'Dín (xã Bản Lầu)',
    role: 'field_officer',
    organisations: ['UBND-02788', 'DTT-02788'],
    about: 'Cán bộ văn hóa kiêm phát thanh viên đài FM, xã Bản Lầu: đài không có mạng, phát và đọc bằng tay',
  },
]

/** Fills an empty database with the first province and a campaign; one that holds people already is left, with `[]`. */
export async function seedDemonstration(loa: Loa): Promise<readonly SignIn[]> {
  const ctx = loa.contextOf({ kind: 'system', name: 'seed' })
  if (await anyPeople(ctx.db)) return []
  await loadReference(ctx)
  await addDemonstrationOutlets(ctx)
  await addDemonstrationStations(ctx)
  await addDemonstrationBoards(ctx)
  await ctx.db.transaction().execute((db) => addDemonstrationSlots({ ...ctx, db, inTransaction: true }))
  await addDemonstrationList(ctx)
  await playMachines(ctx)
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
  organisations: ['UBND-LC-2025'],
  about: 'Quản trị',
}

/** The register of bodies and a first administrator, without demonstration data; `[]` where people are already. */
export async function seedAdministrator(loa: Loa): Promise<readonly SignIn[]> {
  const ctx = loa.contextOf({ kind: 'system', name: 'seed' })
  if (await anyPeople(ctx.db)) return []
  await loadReference(ctx)
  return addAll(ctx, [FIRST_ADMINISTRATOR])
}

async function addToCast(ctx: Ctx, { username, name, role, organisations, about }: Cast): Promise<SignIn> {
  const issued = await addPerson(ctx, { username, name, mustChange: false })
  const personId = issued.personId as Id<'person'> // addPerson made it
  for (const code of organisations) {
    await giveRole(ctx, { personId, organisationId: await bodyOf(ctx, code), role, fromDay: '2023-01-01' })
  }
  return { username, password: issued.password, about }
}

/** The demonstration campaign: a sample plan of our own, imported, read and confirmed as a person would. */
async function openCampaign(ctx: Ctx): Promise<void> {
  const bytes = new TextEncoder().encode(await demonstrationPlan(dayAt(ctx.clock.now())))
  const organisationId = await bodyOf(ctx, 'SVHTTDL-LC-2025')
  const fileSha256 = await ctx.files.put(bytes)
  const { planId } = await importPlan(ctx, { organisationId, fileName: 'ke-hoach-mau.txt', fileSha256 })
  await readPlanFile(ctx, documentReader, planId)
  await markRestRight(ctx, { planId })
  const readiness = readinessOf(await itemsOf(ctx.db, planId))
  if (readiness.unresolved === 0 && readiness.duties > 0) await confirmPlan(ctx, { planId })
}

async function bodyOf(ctx: Ctx, code: string): Promise<Id<'organisation'>> {
  const id = (await organisationIdsByCode(ctx.db, [code])).get(code)
  if (!id) throw new Error(`No organisation has the code ${code}; see examples/lao-cai/organisations.tsv`)
  return id
}
