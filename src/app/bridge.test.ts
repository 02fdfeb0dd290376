import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attemptsOfExchange,
  codesOf,
  CodeTable,
  dropBridgeCode,
  exchangeById,
  FieldNames,
  fieldNamesOf,
  keepBridgeCode,
  packageOf,
  pushAgain,
  pushJob,
  pushWith,
  sendPackage,
  setBridge,
  settingOf,
} from '../core/bridge/index.ts'
import type { Id } from '../core/kernel/index.ts'
import { bridgeFile, packagePusher } from '../platform/bridge/index.ts'
import { startBridgeSimulator, type BridgeSimulator } from '../platform/bridge/bridge-simulator.ts'
import { networkPolicy } from '../platform/http/index.ts'
import { stillClock } from '../testing/index.ts'
import { DAYS, openBridgeStage, SHA256, SOUND } from './bridge.build.ts'
import type { ReleaseStage } from './release.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let stage: ReleaseStage
let simulator: BridgeSimulator

beforeAll(async () => {
  simulator = await startBridgeSimulator()
  pushWith(packagePusher({ policy: networkPolicy([`127.0.0.1:${simulator.port}`]) }))
  stage = await openBridgeStage(clock)
})
afterAll(async () => {
  await stage.database.close()
  await simulator.close()
})

const jobsOf = () => (stage.ctx as unknown as { enqueued: { name: string; payload: unknown }[] }).enqueued
const runPush = (exchangeId: Id<'bridge_exchange'>) => pushJob.run(stage.system, { exchangeId })

describe('codes', () => {
  test('of makers stand unconfirmed; a person confirms, and of two that mean the same one is written', async () => {
    const before = await codesOf(stage.ctx.db)
    expect(before.filter(({ confirmedAt }) => confirmedAt !== null)).toEqual([])
    const code = { kind: 'class', code: 'UT', value: 'priority', outbound: true } as const
    await keepBridgeCode(stage.writer, code)
    const table = new CodeTable(await codesOf(stage.ctx.db))
    expect(table.codeOf('class', 'priority')).toBe('UT')
    expect([table.valueOf('class', '2'), table.valueOf('class', 'UT')]).toEqual(['priority', 'priority'])
    expect(table.missing()).toContainEqual({ kind: 'field', value: 'law' })
    await dropBridgeCode(stage.writer, { kind: 'class', code: 'UT' })
    await keepBridgeCode(stage.writer, { ...code, code: '2' })
  })

  test('mean only what we have; a commune changes none', async () => {
    const bad = { kind: 'class' as const, code: '9', value: 'law' }
    await expect(keepBridgeCode(stage.writer, bad)).rejects.toMatchObject({ code: 'bridge.no_value' })
    await expect(keepBridgeCode(stage.commune, { ...bad, value: '' })).rejects.toMatchObject({ code: 'access.role' })
  })
})

describe('a package out', () => {
  test('holds what is chosen, in the codes of the other system, and leaves empty what has none', async () => {
    const content = await packageOf(stage.ctx, DAYS)
    expect(content.bulletins).toMatchObject([
      {
        title: 'Cảnh giác',
        urgency: '2',
        field: '',
        kind: '',
        seconds: 12.5,
        reach: ['DTT-1'],
        sound: { sha256: SHA256 },
      },
      // What was said live is no file: as long as it was spoken, under the code of relays and live speech.
      {
        title: 'Bà Vàng Thị Mai',
        words: 'Lũ ống',
        kind: '5',
        urgency: '1',
        seconds: 90,
        reach: ['DTT-1'],
        sound: null,
      },
    ])
    expect(content.days.map(({ day, slots }) => [day, slots.map(({ begins, ends }) => `${begins}-${ends}`)])).toEqual([
      ['2026-11-24', ['05:30-06:00', '10:00-10:01']],
      ['2026-11-25', ['05:30-05:30']],
    ])
    expect(content.devices).toMatchObject([
      { code: 'BT-1', name: 'Bảng chợ', on: false },
      { code: 'LOA-1', area: 'CUM-1', latitude: 22.5, on: true },
    ])
    expect(content.beats).toEqual([
      { device: 'LOA-1', name: 'Cụm loa thôn Một', at: clock.now(), version: '1.2', volume: 70, faults: ['clock'] },
    ])
    expect(content.showings).toMatchObject([{ board: 'BT-1', kind: 'BanTinVanBan', words: 'Gọi 111.', on: true }])
    expect(content.figures).toMatchObject([{ speaker: 'LOA-1', total: 1, played: 1, playedSeconds: 12.5 }])
  })

  test('is kept as a file with its recording, and logged', async () => {
    const id = await sendPackage(stage.writer, DAYS, 'file')
    const exchange = await exchangeById(stage.ctx.db, id)
    expect(exchange).toMatchObject({ state: 'done', direction: 'out', bulletins: 2, days: 2, devices: 2, unmapped: 3 })
    const read = bridgeFile.unpack(await stage.ctx.files.get(exchange!.sha256), await fieldNamesOf(stage.ctx.db))
    expect([new Uint8Array(read.sounds.get(SHA256)!), read.problems]).toEqual([SOUND, []])
    expect(read.content).toEqual(await packageOf(stage.ctx, DAYS))
  })

  test('of too many days or of days that run backward is refused', async () => {
    const long = sendPackage(stage.writer, { from: '2026-11-01', to: '2026-12-31' }, 'file')
    await expect(long).rejects.toMatchObject({ code: 'bridge.too_many_days' })
    const back = sendPackage(stage.writer, { from: '2026-11-02', to: '2026-11-01' }, 'file')
    await expect(back).rejects.toMatchObject({ code: 'bridge.days_backward' })
  })
})

describe('a push', () => {
  const setting = { sourceCode: 'LC', defaultField: '', pushSecret: '' } as const
  const to = (path: string) =>
    setBridge(stage.writer, { ...setting, pushAddress: `http://127.0.0.1:${simulator.port}${path}` })

  test('without an address is refused; to a network that is not allowed it ends at once', async () => {
    await expect(sendPackage(stage.writer, DAYS, 'push')).rejects.toMatchObject({ code: 'bridge.no_address' })
    await setBridge(stage.writer, { ...setting, pushAddress: 'http://127.0.0.1:1/metadata' })
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'failed', reason: 'private_network' })
  })

  test('is tried again under the same key until it is taken, once', async () => {
    for (const path of ['/busy', '/dies']) {
      await to(path)
      const id = await sendPackage(stage.writer, DAYS, 'push')
      expect(jobsOf().at(-1)).toEqual({ name: 'bridge.push', payload: { exchangeId: id } })
      await expect(runPush(id)).rejects.toThrow('could not be pushed yet')
      await runPush(id)
      await runPush(id)
      expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'done', attempts: 2, reason: '' })
      expect(simulator.packages().get(id)).toMatchObject({ calls: 2, kept: true })
      expect(bridgeFile.unpack(simulator.packages().get(id)!.bytes, new FieldNames([])).content.bulletins).toHaveLength(
        2,
      )
    }
  })

  test('that is refused or never answered ends with the answer, and a person may try again', async () => {
    await to('/refused')
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({ state: 'failed', reason: 'answered_no' })
    expect(await attemptsOfExchange(stage.ctx.db, id)).toMatchObject([
      { status: 422, answer: '{"message":"sai cấu trúc"}' },
    ])
    await to('/down')
    await pushAgain(stage.writer, { exchangeId: id })
    for (let at = 0; at < 6; at++) await expect(runPush(id)).rejects.toThrow()
    await runPush(id)
    expect(await exchangeById(stage.ctx.db, id)).toMatchObject({
      state: 'failed',
      reason: 'answered_later',
      attempts: 8,
    })
  })

  test('bears the secret, which another machine is not sent', async () => {
    await setBridge(stage.writer, { ...setting, pushAddress: `http://127.0.0.1:${simulator.port}/`, pushSecret: 's3' })
    const id = await sendPackage(stage.writer, DAYS, 'push')
    await runPush(id)
    expect(simulator.packages().get(id)).toMatchObject({ authorization: 'Bearer s3' })
    await setBridge(stage.writer, { ...setting, pushAddress: 'http://127.0.0.1:1/' })
    expect(await settingOf(stage.ctx.db)).toMatchObject({ pushSecretSealed: null })
  })
})
