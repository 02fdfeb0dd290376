import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entriesBefore } from '../core/audit/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { outletRows, outletsWhere } from '../core/outlet/index.ts'
import {
  BARE_STATION_ROW,
  clusterByCode,
  clustersOf,
  deviceByCode,
  deviceById,
  devicesAt,
  devicesOf,
  endCluster,
  endStation,
  importStations,
  keepStation,
  makeEnrolment,
  openEnrolmentOf,
  previewStations,
  replaceDevice,
  revokeDevice,
  stationByCode,
  stationRows,
} from '../core/station/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { addDemonstrationStations } from './demonstration-stations.ts'
import { as, stationRow, stationWith } from './stations.build.ts'

let database: TestDatabase
let ctx: Ctx
let operator: Ctx
beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock: stillClock('2026-07-13T01:00:00Z') })
  const { id } = await castOf(database, { hierarchy: organisationHierarchy }).someone('pao')
  const organisationId = (await organisationIdsByCode(ctx.db, ['UBND-02683'])).get('UBND-02683')!
  operator = as(ctx, person(id, [{ role: 'field_officer', organisationId, delegationId: null }], 'Pao'))
  await importStations(ctx, { rows: stationWith('LOA-A', 2, { quiet_from: '21:00', quiet_to: '05:00' }) })
})
afterAll(() => database.close())

const deviceOf = async (code: string) => (await deviceByCode(ctx.db, code))!
const lastAudit = async () => (await entriesBefore(ctx.db, null, 1))[0]!

describe('a table of stations', () => {
  test('makes outlets that a machine reaches, with their clusters and expected devices', async () => {
    const station = (await stationByCode(ctx.db, 'LOA-A'))!
    expect(station).toMatchObject({
      ...{ carriage: 'ip', volume: 80, chime: true, undecided: 'skip', quietFrom: '21:00', minutesADay: null },
    })
    expect((await outletRows(ctx.db)).find(({ code }) => code === 'LOA-A')).toMatchObject({
      ...{ kind: 'station', channel: 'loudspeaker', means: 'machine' },
    })
    expect(await clustersOf(ctx.db, station.id, '2026-07-13')).toMatchObject([{ network: '4g' }, { horns: 1 }])
    expect(await deviceOf('TB-LOA-A-001')).toMatchObject({ state: 'expected', publicKey: null })
    expect(await devicesOf(ctx.db, station.id), 'none has enrolled').toEqual([])
  })

  test('comes out as it went in, and in again changes nothing', async () => {
    const rows = await stationRows(ctx.db)
    expect(await previewStations(ctx.db, rows)).toMatchObject({ added: [], changed: [], bad: [], same: rows.length })
    const { scheduleVersion } = (await stationByCode(ctx.db, 'LOA-A'))!
    expect(await importStations(ctx, { rows })).toEqual({ added: 0, changed: 0 })
    expect((await stationByCode(ctx.db, 'LOA-A'))!.scheduleVersion).toBe(scheduleVersion)
  })

  test('is taken whole or not at all', async () => {
    const rows = [stationRow({ kind: 'station', code: 'LOA-B' }), stationRow({ kind: 'cluster', code: 'CUM-B' })]
    await expect(importStations(ctx, { rows })).rejects.toMatchObject({ code: 'station.bad_cells' })
    expect(await stationByCode(ctx.db, 'LOA-B')).toBeNull()
  })

  test('says by what means a station is reached when its carriage changes', async () => {
    const rows = (carriage: string) => [stationRow({ kind: 'station', code: 'LOA-C', carriage })]
    await importStations(ctx, { rows: rows('fm') })
    const meansOf = async () => (await outletRows(ctx.db)).find(({ code }) => code === 'LOA-C')?.means
    expect(await meansOf()).toBe('manual')
    await importStations(ctx, { rows: rows('ip') })
    expect(await meansOf()).toBe('machine')
  })
})

describe('who keeps a station', () => {
  test('mends it at home, and what its devices hold counts on', async () => {
    const { scheduleVersion } = (await stationByCode(ctx.db, 'LOA-A'))!
    const row = stationRow({ kind: 'station', code: 'LOA-A', volume: '60', volume_hours: '5:00-6:00=40' })
    await keepStation(operator, { row })
    expect(await stationByCode(ctx.db, 'LOA-A')).toMatchObject({
      ...{ volume: 60, volumeHours: [{ from: '05:00', to: '06:00', volume: 40 }] },
      ...{ scheduleVersion: scheduleVersion + 1, quietFrom: null },
    })
    expect(await lastAudit()).toMatchObject({
      ...{ action: 'station.keep', subject: 'station' },
      facts: { code: 'LOA-A', changed: 'volume, volume_hours, quiet_from, quiet_to' },
    })
  })

  test('is told each flaw at its cell', async () => {
    const row = stationRow({ kind: 'cluster', code: 'CUM-X', station: 'LOA-A', name: '', horns: 'nhiều' })
    await expect(keepStation(operator, { row })).rejects.toMatchObject({
      problems: [
        { code: 'station.cell', field: 'name', facts: { reason: 'empty' } },
        { code: 'station.cell', field: 'horns', facts: { reason: 'number' } },
      ],
    })
  })

  test('keeps none of another body, nor gives one away', async () => {
    const elsewhere = stationRow({ kind: 'station', code: 'LOA-Z', organisation: 'UBND-LC-2025' })
    await expect(keepStation(operator, { row: elsewhere })).rejects.toMatchObject({ code: 'access.organisation' })
    const away = stationRow({ kind: 'station', code: 'LOA-A', organisation: 'UBND-LC-2025' })
    await expect(keepStation(operator, { row: away })).rejects.toMatchObject({ code: 'station.body_stays' })
    const stranger = { ...BARE_STATION_ROW, kind: 'speaker', code: 'TB-9', cluster: 'KHONG-CO' }
    await expect(keepStation(operator, { row: stranger })).rejects.toMatchObject({ field: 'cluster' })
  })
})

describe('a device', () => {
  test('gets a code once; another takes its place; the record knows neither', async () => {
    const { id: deviceId } = await deviceOf('TB-LOA-A-001')
    const first = await makeEnrolment(operator, { deviceId })
    const second = await makeEnrolment(operator, { deviceId })
    expect(second.code).not.toBe(first.code)
    expect(second.until).toEqual(new Date('2026-07-16T01:00:00Z'))
    expect(await openEnrolmentOf(ctx.db, deviceId)).toEqual(second.until)
    expect(JSON.stringify(await entriesBefore(ctx.db, null, 5))).not.toContain(second.code)
  })

  test('is revoked for good, with its code', async () => {
    const { id: deviceId } = await deviceOf('TB-LOA-A-001')
    await revokeDevice(operator, { deviceId, reason: 'Bị mất cắp' })
    expect(await deviceById(ctx.db, deviceId)).toMatchObject({ state: 'revoked', revokedReason: 'Bị mất cắp' })
    expect(await openEnrolmentOf(ctx.db, deviceId)).toBeNull()
    await expect(revokeDevice(operator, { deviceId, reason: 'lần nữa' })).rejects.toMatchObject({
      code: 'station.device_revoked',
    })
    await expect(makeEnrolment(operator, { deviceId })).rejects.toMatchObject({ code: 'station.device_revoked' })
    const row = stationRow({ kind: 'speaker', code: 'TB-LOA-A-001', cluster: 'LOA-A-001' })
    expect((await previewStations(ctx.db, [row])).bad).toMatchObject([{ column: 'code', reason: 'revoked' }])
  })

  test('is replaced by one that is expected under a code of its own', async () => {
    const old = await deviceOf('TB-LOA-A-002')
    const replacing = { deviceId: old.id, reason: 'Hỏng nguồn' }
    const taken = replaceDevice(operator, { ...replacing, code: 'TB-LOA-A-001' })
    await expect(taken).rejects.toMatchObject({ code: 'station.device_code_taken' })
    const id = await replaceDevice(operator, { ...replacing, code: 'TB-MOI' })
    expect(await devicesAt(ctx.db, ['clusterId', old.clusterId!])).toMatchObject([
      { id, code: 'TB-MOI', state: 'expected', replacesId: old.id },
      { id: old.id, state: 'revoked' },
    ])
  })
})

describe('the end', () => {
  test('of a cluster revokes what stands there', async () => {
    const cluster = (await clusterByCode(ctx.db, 'LOA-A-002'))!
    expect(await endCluster(operator, { clusterId: cluster.id, reason: 'Dời cột' })).toBe(1)
    expect(await clustersOf(ctx.db, cluster.stationId, dayAt(ctx.clock.now()))).toHaveLength(1)
    expect((await deviceOf('TB-MOI')).state).toBe('revoked')
  })

  test('of a station is for the province, and nothing goes there any more', async () => {
    await importStations(ctx, { rows: stationWith('LOA-D', 3) })
    const station = (await stationByCode(ctx.db, 'LOA-D'))!
    const ending = { stationId: station.id, reason: 'Sáp nhập' }
    await expect(endStation(operator, ending)).rejects.toMatchObject({ code: 'access.role' })
    expect(await endStation(ctx, ending)).toBe(3)
    const alive = await outletsWhere(ctx.db, { kind: 'station', day: '2026-07-13' }, null, 100)
    expect(alive.map(({ code }) => code)).not.toContain('LOA-D')
    expect(await clustersOf(ctx.db, station.id, '2026-07-13')).toEqual([])
  })
})

test('the demonstration has 84 stations over IP and 15 played by hand, the same each time', async () => {
  await addDemonstrationStations(ctx)
  const rows = (await stationRows(ctx.db)).filter(({ code }) => /^(LOA|CUM|TB)-DTT/.test(code))
  const of = (kind: string, carriage?: string) =>
    rows.filter((row) => row.kind === kind && (carriage === undefined || row.carriage === carriage)).length
  expect([of('station', 'ip'), of('station', 'fm'), of('station', 'wired')]).toEqual([84, 10, 5])
  expect([of('cluster'), of('speaker')]).toEqual([105, 90])
  const means = (await outletRows(ctx.db)).filter(({ code }) => code.startsWith('LOA-DTT')).map((row) => row.means)
  expect(means.filter((one) => one === 'machine')).toHaveLength(84)
  await addDemonstrationStations(ctx)
  expect(await stationRows(ctx.db)).toEqual(expect.arrayContaining(rows))
})
