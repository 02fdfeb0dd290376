import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson, searchPeople } from '../core/identity/index.ts'
import { type Ctx, type Id } from '../core/kernel/index.ts'
import {
  giveRole,
  grantsOf,
  importOrganisations,
  organisationByCode,
  organisationHierarchy,
} from '../core/organisation/index.ts'
import { importPlaces } from '../core/place/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import type { Loa } from './loa.ts'
import { organisationTable, placeTable } from './reference.ts'
import { seedAdministrator } from './seed.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

test('the first administrator of an empty installation can bring in a province and let its people in', async () => {
  const clock = stillClock('2026-07-13T01:00:00Z')
  const contextOf: Loa['contextOf'] = (actor) =>
    testCtx(database.db, { actor, hierarchy: organisationHierarchy, clock })
  const loa = { contextOf } as Loa // the seed asks for nothing else
  expect(await seedAdministrator(loa)).toMatchObject([{ username: 'quantri' }])
  expect(await seedAdministrator(loa)).toEqual([])
  const system = contextOf({ kind: 'system', name: 'test' })
  const [first] = await searchPeople(database.db, 'quantri', 1)
  const personId = first!.id
  const grants = await grantsOf(database.db, personId, '2026-07-13')
  const ctx: Ctx = contextOf({ kind: 'person', personId, name: 'Quản trị', grants })
  await importPlaces(ctx, { rows: await placeTable() })
  await importOrganisations(ctx, { rows: await organisationTable() })
  const { personId: editor } = await addPerson(system, { username: 'lan', name: 'Lan' })
  const paper = await organisationByCode(database.db, 'VPDD-LC')
  await giveRole(ctx, { personId: editor as Id<'person'>, organisationId: paper!.id, role: 'press_officer' })
  expect(await grantsOf(database.db, editor as Id<'person'>, '2026-07-13')).toMatchObject([{ role: 'press_officer' }])
})
