import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson } from '../core/identity/index.ts'
import { newId, type Ctx, type Id, type InputRefusal } from '../core/kernel/index.ts'
import {
  addOrganisation,
  amendOrganisation,
  carriesDuty,
  endOrganisation,
  endRole,
  giveRole,
  grantsOf,
  importOrganisations,
  membershipsOn,
  organisationByCode,
  organisationHierarchy,
  organisationRows,
  previewOrganisations,
  searchOrganisations,
  type OrganisationRow,
} from '../core/organisation/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { readOrganisationSheet, writeOrganisationSheet } from './register-sheets.ts'

let database: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: stillClock('2026-07-13T01:00:00Z') })
})
afterAll(() => database.close())

const codes = (bodies: readonly { code: string }[]) => bodies.map((body) => body.code).sort()
const CENTRE = {
  code: 'TTDV',
  name: 'Trung tâm Dịch vụ',
  kind: 'centre',
  level: 'commune',
  place: '02683',
  parent: 'UBND-02683',
}

async function administratorOf(code: string): Promise<Ctx> {
  const organisation = await organisationByCode(ctx.db, code)
  const grants = [{ role: 'administrator' as const, organisationId: organisation!.id, delegationId: null }]
  return { ...ctx, actor: { kind: 'person', personId: newId<'person'>(), name: 'Hoa', grants } }
}

describe('an organisation', () => {
  test('is added, mended and ended, and its duty goes from hand to hand', async () => {
    await addOrganisation(ctx, { ...CENTRE, alive_from: '2025-07-01' })
    await addOrganisation(ctx, { ...CENTRE, code: 'TTDV-2', alive_from: '2026-08-01' })
    await addOrganisation(ctx, { ...CENTRE, code: 'TTDV-3', alive_from: '2026-09-01' })
    await amendOrganisation(ctx, {
      code: 'TTDV',
      name: 'Trung tâm Cung ứng dịch vụ',
      aliases: 'TT DV;TT DV',
      parent: CENTRE.parent,
    })
    expect(await organisationByCode(ctx.db, 'TTDV')).toMatchObject({
      name: 'Trung tâm Cung ứng dịch vụ',
      aliases: ['TT DV'],
    })
    await endOrganisation(ctx, {
      code: 'TTDV',
      lastDay: '2026-07-31',
      successors: 'TTDV-2=loudspeakers;UBND-02683=other',
    })
    await endOrganisation(ctx, { code: 'TTDV-2', lastDay: '2026-08-31', successors: 'TTDV-3' })
    const carriers = async (day: string, duty?: string) => codes(await carriesDuty(ctx.db, 'TTDV', day, duty))
    expect(await carriers('2025-06-30')).toEqual([])
    expect(await carriers('2026-07-31')).toEqual(['TTDV'])
    expect(await carriers('2026-08-01')).toEqual(['TTDV-2', 'UBND-02683'])
    expect(await carriers('2026-08-01', 'loudspeakers')).toEqual(['TTDV-2'])
    expect(await carriers('2027-01-01', 'loudspeakers')).toEqual(['TTDV-3'])
    await expect(carriesDuty(ctx.db, 'KHONG-CO', '2026-01-01')).rejects.toMatchObject({
      code: 'organisation.not_found',
    })
  })

  test('is refused field by field', async () => {
    await expect(addOrganisation(ctx, { ...CENTRE, code: 'STP-LC' })).rejects.toMatchObject({ field: 'code' })
    const wrong = { ...CENTRE, code: 'X;Y', name: '', parent: 'KHONG-CO' }
    const refusal: InputRefusal = await addOrganisation(ctx, wrong).catch((thrown) => thrown)
    expect(refusal.problems.map(({ code, field }) => [field, code])).toEqual([
      ['code', 'organisation.cell_letters'],
      ['name', 'organisation.cell_empty'],
      ['parent', 'organisation.cell_parent'],
    ])
    const under = { code: 'UBND-02683', name: 'Ủy ban nhân dân xã Bát Xát', parent: 'DTT-02683' }
    await expect(amendOrganisation(ctx, under)).rejects.toMatchObject({ field: 'parent' })
    await expect(endOrganisation(ctx, { code: 'STTTT-LC', lastDay: '2026-12-31' })).rejects.toMatchObject({
      code: 'organisation.ended',
    })
  })

  test('is kept by administrators above it, and the whole register from the top alone', async () => {
    const [commune, province, paper] = await Promise.all(['UBND-02683', 'UBND-LC', 'BAO-LC'].map(administratorOf))
    await addOrganisation(commune!, { ...CENTRE, code: 'TTDV-4' })
    const elsewhere = { ...CENTRE, code: 'TTDV-5', parent: 'UBND-02680' }
    await expect(addOrganisation(commune!, elsewhere)).rejects.toMatchObject({ code: 'access.organisation' })
    const top = { ...CENTRE, code: 'TTDV-6', parent: '' }
    await expect(addOrganisation(commune!, top)).rejects.toMatchObject({ code: 'organisation.top_of_tree' })
    await expect(addOrganisation(paper!, elsewhere)).rejects.toMatchObject({ code: 'access.organisation' })
    await addOrganisation(province!, top)
    const rows = (await organisationRows(ctx.db)).map((row) => (row.code === 'STP-LC' ? { ...row, note: 'x' } : row))
    await expect(importOrganisations(commune!, { rows })).rejects.toMatchObject({ code: 'access.organisation' })
  })

  test('is found without diacritics, the living before the gone', async () => {
    const found = await searchOrganisations(ctx.db, 'so y te', 5)
    expect(codes(found.slice(0, 1))).toEqual(['SYT-LC-2025'])
  })
})

describe('a table of organisations', () => {
  test.each(['csv', 'xlsx'] as const)('goes out and comes back as %s letter by letter', async (format) => {
    const { rows, letters } = await readOrganisationSheet(await writeOrganisationSheet(ctx.db, format))
    expect(rows).toEqual(await organisationRows(ctx.db))
    expect(letters).toMatchObject({ code: 'A', parent: 'G', note: 'K' })
  })

  test('takes a successor away as it gave one, and then changes nothing more', async () => {
    const rowOf = async () => (await organisationRows(ctx.db)).find((row) => row.code === 'SDL-LC')!
    const alone: OrganisationRow = { ...(await rowOf()), successors: '' }
    expect(await importOrganisations(ctx, { rows: [alone] })).toEqual({ added: 0, changed: 1 })
    expect(await importOrganisations(ctx, { rows: [alone] })).toEqual({ added: 0, changed: 0 })
    expect(await carriesDuty(ctx.db, 'SDL-LC', '2026-01-01')).toEqual([])
  })

  test('counts rows as a spreadsheet does, finds circles, and sees no change in blanks and repeats', async () => {
    const good = (await organisationRows(ctx.db)).find((row) => row.code === 'STTTT-LC')!
    const blank = Object.fromEntries(Object.keys(good).map((column) => [column, ''])) as OrganisationRow
    const loose = {
      ...good,
      aliases: ` ${good.aliases.replaceAll(';', ' ; ')} ;Sở TTTT`,
      name: good.name.normalize('NFD'),
    }
    const circle = ['VONG-1', 'VONG-2'].map((code, at) => ({ ...good, code, parent: `VONG-${2 - at}`, successors: '' }))
    const preview = await previewOrganisations(ctx.db, [blank, loose, blank, ...circle])
    expect(preview).toMatchObject({ added: [], changed: [], same: 1 })
    expect(preview.bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [5, 'parent', 'circle'],
      [6, 'parent', 'circle'],
    ])
  })
})

test('a role taken away holds no longer from that very day', async () => {
  const { personId } = await addPerson(ctx, { username: 'lan', name: 'Lan' })
  const organisation = await organisationByCode(ctx.db, 'STP-LC-2025')
  await giveRole(ctx, { personId: personId as Id<'person'>, organisationId: organisation!.id, role: 'observer' })
  const held = () => grantsOf(ctx.db, personId as Id<'person'>, '2026-07-13')
  expect(await held()).toHaveLength(1)
  const [membership] = await membershipsOn(ctx.db, '2026-07-13', organisation!.id)
  await endRole(ctx, { membershipId: membership!.id })
  expect(await held()).toEqual([])
  expect(await membershipsOn(ctx.db, '2026-07-13', organisation!.id)).toEqual([])
})
