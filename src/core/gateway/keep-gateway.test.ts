import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, person, testCtx, type TestCtx, type TestDatabase } from '../../testing/index.ts'
import { entriesBefore } from '../audit/index.ts'
import { newId, type Id } from '../kernel/index.ts'
import {
  addGateway,
  gatewayByCode,
  pauseGateway,
  resumeGateway,
  setGateway,
  speakWith,
  tryGateway,
  type SettingFields,
} from './index.ts'

const FIELDS = {
  host: { shape: 'line', initial: '', needed: true, leadsTo: true },
  port: { shape: 'number', initial: 2775, least: 1, most: 65_535 },
  words: { shape: 'choice', initial: 'plain', choices: ['plain', 'fancy'] },
  tls: { shape: 'yes', initial: false },
} as const satisfies SettingFields
const WISH = {
  name: 'Cổng thử',
  organisation: '',
  settings: { host: 'smsc.example', port: 2775, words: 'plain', tls: false },
  secret: 'mật khẩu',
  share: 100,
  ratePerSecond: 50,
  windowSize: 10,
  simulated: true,
}
const NEW = { ...WISH, channel: 'sms' as const, kind: 'smpp' }

let database: TestDatabase
let ctx: TestCtx
beforeAll(async () => {
  database = await openTestDatabase()
  const secrets = {
    ...testCtx(database.db).secrets,
    seal: async (secret: string, about: string) => `${about}|${secret}`,
  }
  ctx = testCtx(database.db, { secrets })
  speakWith([{ channel: 'sms', kind: 'smpp', fields: FIELDS }])
})
afterAll(() => database.close())

const standing = async (code: string) => (await gatewayByCode(ctx.db, code))!

describe('a gateway', () => {
  test('is registered with its secret sealed, which the record does not know', async () => {
    const id = await addGateway(ctx, { ...NEW, code: 'SMPP-1' })
    expect(await standing('SMPP-1')).toMatchObject({
      ...{ id, channel: 'sms', kind: 'smpp', organisationId: null, shareNow: 100, pausedAt: null },
      secretSealed: `gateway:${id}|mật khẩu`,
      settings: WISH.settings,
    })
    const record = JSON.stringify(await entriesBefore(ctx.db, null, 100))
    expect(record).toContain('SMPP-1')
    expect(record).not.toMatch(/mật khẩu|smsc\.example/)
  })

  test('keeps its secret when it is set otherwise, unless it leads somewhere else', async () => {
    const gatewayId = await addGateway(ctx, { ...NEW, code: 'SMPP-2' })
    const settings = { ...WISH.settings, words: 'fancy' }
    await setGateway(ctx, { ...WISH, gatewayId, settings, secret: '', share: 40 })
    expect(await standing('SMPP-2')).toMatchObject({
      ...{ settings, share: 40, shareNow: 40 },
      secretSealed: `gateway:${gatewayId}|mật khẩu`,
    })
    const elsewhere = { ...WISH, gatewayId, settings: { ...settings, host: 'other.example' } }
    await expect(setGateway(ctx, { ...elsewhere, secret: '' })).rejects.toMatchObject({ code: 'gateway.secret_again' })
    await setGateway(ctx, { ...elsewhere, secret: 'mới' })
    expect((await standing('SMPP-2')).secretSealed).toBe(`gateway:${gatewayId}|mới`)
  })

  test.each([
    [{ host: '' }, 'settings.host', 'input.required'],
    [{ port: 0 }, 'settings.port', 'input.least'],
    [{ port: 70_000 }, 'settings.port', 'input.most'],
    [{ port: 'x' }, 'settings.port', 'input.number'],
    [{ words: 'loud' }, 'settings.words', 'input.picklist'],
    [{ host: 'a\nb' }, 'settings.host', 'input.other'],
  ])('is refused with %o, at its field', async (change, field, code) => {
    const adding = addGateway(ctx, { ...NEW, code: 'SMPP-3', settings: { ...WISH.settings, ...change } })
    await expect(adding).rejects.toMatchObject({ problems: [{ field, code }] })
  })

  test('keeps what it knows, and nothing that is no setting of its kind', async () => {
    await addGateway(ctx, { ...NEW, code: 'SMPP-4', settings: { host: 'a', shoe: 'size' } })
    expect((await standing('SMPP-4')).settings).toEqual({ host: 'a', port: 2775, words: 'plain', tls: false })
  })

  test('has a code of its own, and speaks what somebody here speaks', async () => {
    await expect(addGateway(ctx, { ...NEW, code: 'SMPP-1' })).rejects.toMatchObject({ code: 'gateway.code_taken' })
    const pigeon = addGateway(ctx, { ...NEW, code: 'BIRD', kind: 'pigeon' })
    await expect(pigeon).rejects.toMatchObject({ code: 'gateway.kind_unknown' })
    const nobody = addGateway(ctx, { ...NEW, code: 'SMPP-5', organisation: 'KHONG-CO' })
    await expect(nobody).rejects.toMatchObject({ code: 'gateway.no_organisation' })
  })

  test('is paused with a reason and taken up again', async () => {
    const { id: gatewayId } = await standing('SMPP-1')
    await pauseGateway(ctx, { gatewayId, reason: 'Nhà mạng bảo trì' })
    expect(await standing('SMPP-1')).toMatchObject({ pausedAt: ctx.clock.now(), pausedReason: 'Nhà mạng bảo trì' })
    await resumeGateway(ctx, { gatewayId })
    expect(await standing('SMPP-1')).toMatchObject({ pausedAt: null, pausedReason: null })
    const none = newId<'gateway'>()
    await expect(resumeGateway(ctx, { gatewayId: none })).rejects.toMatchObject({ code: 'gateway.not_found' })
  })

  test('is tried only where nobody stands behind it', async () => {
    const { id: gatewayId } = await standing('SMPP-1')
    expect(await tryGateway(ctx, { gatewayId, what: 'late' })).toMatchObject({ code: 'SMPP-1' })
    await setGateway(ctx, { ...WISH, gatewayId, secret: '', simulated: false })
    const trying = tryGateway(ctx, { gatewayId, what: 'late' })
    await expect(trying).rejects.toMatchObject({ code: 'gateway.not_simulated' })
  })

  test('is for administrators alone to change', async () => {
    const organisationId = newId<'organisation'>()
    const grants = [{ role: 'campaign_officer' as const, organisationId, delegationId: null }]
    const officer = { ...ctx, actor: person(newId<'person'>(), grants) }
    const { id: gatewayId } = await standing('SMPP-1')
    await expect(addGateway(officer, { ...NEW, code: 'SMPP-6' })).rejects.toMatchObject({ code: 'access.role' })
    for (const doing of [
      () => setGateway(officer, { ...WISH, gatewayId }),
      () => pauseGateway(officer, { gatewayId, reason: 'x' }),
      () => tryGateway(officer, { gatewayId: gatewayId as Id<'gateway'>, what: 'late' }),
    ])
      await expect(doing()).rejects.toMatchObject({ code: 'access.role' })
  })
})
