import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson } from '../core/identity/index.ts'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import {
  carriesDuty,
  delegate,
  endRole,
  giveRole,
  grantsOf,
  importOrganisations,
  membershipsOn,
  organisationByCode,
  organisationHierarchy,
  organisationRows,
  organisationsAsOf,
  previewOrganisations,
  type OrganisationRow,
} from '../core/organisation/index.ts'
import { placeByCode, placesAsOf, predecessorsOf, successorsOf } from '../core/place/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: stillClock('2026-07-13T01:00:00Z') })
})
afterAll(() => database.close())

const names = (bodies: readonly { name: string }[]) => bodies.map((body) => body.name)

describe('the province through time', () => {
  test('has nine districts on 12/7/2023, none since 1/7/2025, and 99 communes', async () => {
    const then = await placesAsOf(ctx.db, '2023-07-12')
    const now = await placesAsOf(ctx.db, '2025-07-01')
    expect(then.filter((place) => place.level === 'district')).toHaveLength(9)
    expect(now.filter((place) => place.level === 'district')).toHaveLength(0)
    expect(now.filter((place) => place.level === 'commune' && place.parentId !== null)).toHaveLength(99)
  })

  test('tells what a place was made from, and what that became', async () => {
    const camDuong = await placeByCode(ctx.db, '02671')
    const before = await predecessorsOf(ctx.db, camDuong!.id)
    expect(names(before)).toContain('Phường Pom Hán')
    expect(names(await successorsOf(ctx.db, before[0]!.id))).toEqual(['Phường Cam Đường'])
  })

  test('says who carries a duty now, by the duty where it was divided', async () => {
    expect(names(await carriesDuty(ctx.db, 'STTTT-LC', '2023-07-12'))).toEqual(['Sở Thông tin và Truyền thông'])
    expect(
      names(await carriesDuty(ctx.db, 'STTTT-LC', '2026-01-01', 'press_publishing_grassroots_information')),
    ).toEqual(['Sở Văn hóa, Thể thao và Du lịch'])
    expect(names(await carriesDuty(ctx.db, 'STTTT-LC', '2026-01-01', 'information_technology'))).toEqual([
      'Sở Khoa học và Công nghệ',
    ])
    expect(await carriesDuty(ctx.db, 'BAO-LC', '2026-01-01')).toEqual([])
  })

  test('sorts bodies as Vietnamese readers do', async () => {
    const districts = (await organisationsAsOf(ctx.db, '2023-07-12')).filter(
      (body) => body.level === 'district' && body.kind === 'peoples_committee',
    )
    const sorted = names(districts)
    expect(sorted).toHaveLength(9)
    expect(sorted.indexOf('Ủy ban nhân dân huyện Bảo Yên')).toBeLessThan(
      sorted.indexOf('Ủy ban nhân dân huyện Văn Bàn'),
    )
  })
})

describe('a table of organisations', () => {
  test('imported again changes nothing, and comes back as it was', async () => {
    const rows = await organisationRows(ctx.db)
    expect(await importOrganisations(ctx, { rows })).toEqual({ added: 0, changed: 0 })
    expect(await previewOrganisations(ctx.db, rows)).toMatchObject({
      added: [],
      changed: [],
      bad: [],
      same: rows.length,
    })
  })

  test('names each bad cell and then imports nothing', async () => {
    const good = (await organisationRows(ctx.db))[0]!
    const rows: OrganisationRow[] = [
      { ...good, code: 'MOI-1', name: '', kind: 'bệnh viện', place: 'ZZ' },
      { ...good, code: 'MOI-2', parent: 'KHONG-CO', alive_from: '30/6/2025', alive_to: '', successors: '' },
    ]
    const { bad } = await previewOrganisations(ctx.db, rows)
    expect(bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, 'name', 'empty'],
      [2, 'kind', 'kind'],
      [2, 'place', 'place'],
      [3, 'parent', 'parent'],
      [3, 'alive_from', 'day'],
    ])
    await expect(importOrganisations(ctx, { rows })).rejects.toMatchObject({
      code: 'organisation.bad_cells',
      facts: { count: 5 },
    })
    expect(await organisationByCode(ctx.db, 'MOI-1')).toBeNull()
  })
})

describe('a role', () => {
  test('holds in its organisation and below, not beside it', async () => {
    const province = await organisationByCode(ctx.db, 'UBND-LC')
    const office = await organisationByCode(ctx.db, 'PVHTT-BX')
    const above = await organisationHierarchy.above(ctx.db, office!.id)
    expect(above.has(province!.id)).toBe(true)
    expect(above.has((await organisationByCode(ctx.db, 'UBND-SP'))!.id)).toBe(false)
  })

  test('lent to another counts in its days only, and ends with the lender’s', async () => {
    const [lender, other] = await Promise.all(
      ['truong', 'pho'].map((username) => addPerson(ctx, { username, name: username })),
    )
    const organisation = await organisationByCode(ctx.db, 'SYT-LC-2025')
    const personId = lender!.personId as Id<'person'>
    await giveRole(ctx, { personId, organisationId: organisation!.id, role: 'leader', fromDay: '2026-01-01' })
    const [membership] = await membershipsOn(ctx.db, '2026-07-13', organisation!.id)
    const lent = {
      membershipId: membership!.id,
      toPersonId: other!.personId,
      fromDay: '2026-07-14',
      toDay: '2026-07-20',
      legalReference: 'Giấy ủy quyền số 01/GUQ-SYT ngày 13/7/2026',
    }
    await expect(delegate(ctx, { ...lent, toDay: '2026-07-01' })).rejects.toMatchObject({
      code: 'organisation.delegation_days',
    })
    await delegate(ctx, lent)
    const heldOn = async (day: string) =>
      (await grantsOf(ctx.db, other!.personId as Id<'person'>, day)).map((grant) => grant.role)
    expect([await heldOn('2026-07-13'), await heldOn('2026-07-14'), await heldOn('2026-07-21')]).toEqual([
      [],
      ['leader'],
      [],
    ])
    await endRole(ctx, { membershipId: membership!.id })
    expect(await heldOn('2026-07-15')).toEqual([])
  })

  test('is not given by somebody who is no administrator there', async () => {
    const organisation = await organisationByCode(ctx.db, 'SYT-LC-2025')
    const elsewhere = await organisationByCode(ctx.db, 'CAT-LC-2025')
    const actor = {
      kind: 'person' as const,
      personId: newId<'person'>(),
      name: 'x',
      grants: [{ role: 'administrator' as const, organisationId: elsewhere!.id, delegationId: null }],
    }
    const input = { personId: newId<'person'>(), organisationId: organisation!.id, role: 'leader' as const }
    await expect(giveRole({ ...ctx, actor }, input)).rejects.toMatchObject({ code: 'access.organisation' })
  })
})
