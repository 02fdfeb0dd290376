import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Ctx } from '../core/kernel/index.ts'
import { organisationByCode, organisationHierarchy } from '../core/organisation/index.ts'
import {
  importPlaces,
  placeByCode,
  placeRows,
  placesAsOf,
  predecessorsOf,
  previewPlaces,
  searchPlaces,
  successorsOf,
  type PlaceRow,
} from '../core/place/index.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { readPlaceSheet, writePlaceSheet } from './register-sheets.ts'

let database: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy })
})
afterAll(() => database.close())

describe('communes that merged', () => {
  test('every commune of before lives on in one of now, and every one of now comes from before', async () => {
    const then = (await placesAsOf(ctx.db, '2025-06-30')).filter((place) => place.level === 'commune')
    const now = (await placesAsOf(ctx.db, '2025-07-01')).filter((place) => place.level === 'commune')
    const heirs = (await Promise.all(then.map((place) => successorsOf(ctx.db, place.id)))).flat()
    expect(then).toHaveLength(319)
    expect(heirs).toHaveLength(319)
    expect(new Set(heirs.map((place) => place.code))).toEqual(new Set(now.map((place) => place.code)))
    const before = (await Promise.all(now.map((place) => predecessorsOf(ctx.db, place.id)))).flat()
    expect(before).toHaveLength(319)
  })

  test('stand in a tree without gaps on both sides of the day', async () => {
    for (const day of ['2023-07-12', '2025-06-30', '2025-07-01', '2026-07-30']) {
      const alive = await placesAsOf(ctx.db, day)
      const ids = new Set(alive.map((place) => place.id))
      expect(alive.filter((place) => place.parentId !== null && !ids.has(place.parentId))).toEqual([])
      expect(alive.filter((place) => place.parentId === null).map((place) => place.code)).toEqual(['VN'])
    }
  })

  test('are found without diacritics', async () => {
    expect((await searchPlaces(ctx.db, 'muong khuong', 10)).map((place) => place.name)).toContain('Huyện Mường Khương')
    expect(await searchPlaces(ctx.db, '100%', 10)).toEqual([])
  })
})

describe('a table of places', () => {
  test.each(['csv', 'xlsx'] as const)('goes out and comes back as %s letter by letter', async (format) => {
    const { rows, letters } = await readPlaceSheet(await writePlaceSheet(ctx.db, format))
    expect(rows).toEqual(await placeRows(ctx.db))
    expect(letters).toMatchObject({ code: 'A', parent: 'E', note: 'M' })
    expect(await previewPlaces(ctx.db, rows)).toMatchObject({ added: [], changed: [], bad: [], same: rows.length })
    expect(await importPlaces(ctx, { rows: [...rows] })).toEqual({ added: 0, changed: 0 })
  })

  test('names each bad cell by row, and then imports nothing', async () => {
    const rows: PlaceRow[] = [
      BLANK,
      { ...VILLAGE, code: 'T 1', kind: 'bản' },
      { ...VILLAGE, code: 'T2', parent: 'T3', latitude: '95', languages: 'tiếng Mông' },
      { ...VILLAGE, code: 'T3', alive_from: '30/6/2025', successors: 'T9' },
      { ...VILLAGE, code: 'T3' },
    ]
    const { bad } = await previewPlaces(ctx.db, rows)
    expect(bad.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [3, 'code', 'T 1', 'letters'],
      [3, 'kind', 'bản', 'kind'],
      [4, 'parent', 'T3', 'parent'],
      [4, 'latitude', '95', 'number'],
      [4, 'languages', 'tiếng Mông', 'language'],
      [5, 'alive_from', '30/6/2025', 'day'],
      [5, 'alive_to', '', 'empty'],
      [5, 'successors', 'T9', 'successor'],
      [6, 'code', 'T3', 'twice'],
    ])
    await expect(importPlaces(ctx, { rows })).rejects.toMatchObject({ code: 'place.bad_cells', facts: { count: 9 } })
    expect(await placeByCode(ctx.db, 'T3')).toBeNull()
  })

  test('adds and amends, decimal commas of a Vietnamese spreadsheet included', async () => {
    const row = { ...VILLAGE, latitude: '22,4989', longitude: '104.0', languages: 'vi; hmn;vi' }
    expect(await importPlaces(ctx, { rows: [row] })).toEqual({ added: 1, changed: 0 })
    expect(await placeByCode(ctx.db, 'T1')).toMatchObject({
      latitude: 22.4989,
      longitude: 104,
      languages: ['vi', 'hmn'],
    })
    expect(await importPlaces(ctx, { rows: [row] })).toEqual({ added: 0, changed: 0 })
    expect(await importPlaces(ctx, { rows: [{ ...row, alive_to: '2026-01-31', successors: '02683' }] })).toEqual({
      added: 0,
      changed: 1,
    })
    const village = await placeByCode(ctx.db, 'T1')
    expect((await successorsOf(ctx.db, village!.id)).map((place) => place.code)).toEqual(['02683'])
  })

  test('is for an administrator at the top of the tree', async () => {
    const commune = await organisationByCode(ctx.db, 'UBND-02683')
    const actor = {
      kind: 'person' as const,
      personId: newId<'person'>(),
      name: 'Páo',
      grants: [{ role: 'administrator' as const, organisationId: commune!.id, delegationId: null }],
    }
    await expect(importPlaces({ ...ctx, actor }, { rows: [VILLAGE] })).rejects.toMatchObject({
      code: 'place.top_of_tree',
    })
  })
})

const BLANK: PlaceRow = {
  code: '',
  kind: '',
  level: '',
  name: '',
  parent: '',
  alive_from: '',
  alive_to: '',
  latitude: '',
  longitude: '',
  area_km2: '',
  languages: '',
  successors: '',
  note: '',
}
const VILLAGE: PlaceRow = { ...BLANK, code: 'T1', kind: 'village', level: 'village', name: 'Thôn Một', parent: '02680' }
