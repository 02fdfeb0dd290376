import { createHash } from 'node:crypto'
import { connect } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import { sha512OfPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { startRabbitMq, whyNoRabbitMq, type RabbitMq } from '../platform/speakers/rabbitmq.build.ts'
import { rabbitMqApi, type RabbitMqApi } from '../platform/speakers/rabbitmq-api.ts'
import { emqxAccounts } from './emqx-accounts.ts'
import { keepRabbitMq, rabbitMqAccounts } from './rabbitmq-accounts.ts'

const HUB = { username: 'loa-hub', password: 'hub "secret"' }
const NOW = new Date('2026-11-24T02:00:00Z')
const newId = () => crypto.randomUUID() as Id<'device'> // of a device that is nowhere
const [IN, OUT, LONG_OUT, BEFORE] = [newId(), newId(), newId(), newId()]

function deviceOf(id: Id<'device'>, change: Partial<PlaneDevice> = {}): PlaneDevice {
  const outletId = crypto.randomUUID() as Id<'outlet'> // of a station that is nowhere
  const known = { passwordHash: null, passwordSha512: sha512OfPassword(`${id} opens`), publicKey: Buffer.of() }
  const at = { code: 'TB-1', outletId, outletCode: 'LOA.Đ(1)', shows: false }
  return { id, state: 'enrolled', revokedAt: null, ...known, ...at, ...change }
}
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000)
const devices = [
  deviceOf(IN),
  deviceOf(OUT, { state: 'revoked', revokedAt: hoursAgo(1) }),
  deviceOf(LONG_OUT, { state: 'revoked', revokedAt: hoursAgo(10 * 24) }),
  deviceOf(BEFORE, { passwordSha512: null }),
]

test('EMQX is given salt and hash as text, rights by full names, and nothing to who was revoked long ago', () => {
  const { users, acl } = emqxAccounts(devices, HUB, NOW)
  const lines = users.trim().split('\n')
  expect(lines[0]).toBe('user_id,password_hash,salt,is_superuser')
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['loa-hub', IN, OUT])
  const [, hash, salt = '', isAbove] = lines[2]!.split(',')
  expect(salt).toMatch(/^[\w-]{4}$/)
  expect(createHash('sha512').update(`${salt}${IN} opens`).digest('hex')).toBe(hash)
  expect(isAbove).toBe('false')
  const rules = acl.trim().split('\n')
  expect(rules.find((rule) => rule.includes(IN))).toBe(
    `{allow, {username, "${IN}"}, subscribe, [${['s/LOA.Đ(1)/schedule', 's/LOA.Đ(1)/emergency', 's/LOA.Đ(1)/live', 'b/LOA.Đ(1)/showings', `d/${IN}/down`].map((topic) => `{eq, "loa/v1/${topic}"}`).join(', ')}]}.`,
  )
  expect(rules.find((rule) => rule.includes(OUT))).toContain(`subscribe, [{eq, "loa/v1/d/${OUT}/down"}]`)
  expect(acl).not.toContain(LONG_OUT)
  expect(rules.at(-2)).toBe('{allow, all, publish, ["loa/v1/d/${username}/up"]}.')
  expect(rules.at(-1)).toBe('{deny, all}.')
})

test('RabbitMQ is given each device with rights over its own names alone, and who was revoked without any', () => {
  const { users, permissions, topic_permissions: rights } = rabbitMqAccounts(devices, HUB)
  expect(users.map(({ name }) => name)).toEqual(['loa-hub', IN, OUT, LONG_OUT])
  expect(users.map(({ tags }) => tags).join('')).toBe('')
  const may = (name: string, key: string, verb: 'read' | 'write') =>
    new RegExp(rights.find(({ user }) => user === name)![verb]).test(key)
  const own = ['loa.v1.s.LOA.Đ(1).schedule', 'loa.v1.b.LOA.Đ(1).showings', `loa.v1.d.${IN}.down`]
  expect(own.map((key) => may(IN, key, 'read'))).toEqual([true, true, true])
  const others = ['loa.v1.s.*.schedule', 'loa.v1.#', '#', 'loa.v1.s.LOA.Đ(1).schedule.x', 'loa.v1.s.LOA.Đ1.schedule']
  expect([...others, `loa.v1.d.${IN}.up`].map((key) => may(IN, key, 'read'))).not.toContain(true)
  expect(may(IN, `loa.v1.d.${IN}.up`, 'write')).toBe(true)
  expect([`loa.v1.d.${OUT}.up`, ...own].map((key) => may(IN, key, 'write'))).not.toContain(true)
  const queues = new RegExp(permissions.find(({ user }) => user === IN)!.configure)
  expect([`mqtt-subscription-${IN}qos1`, `mqtt-subscription-${OUT}qos1`].map((name) => queues.test(name))).toEqual([
    true,
    false,
  ])
  for (const gone of [OUT, LONG_OUT]) {
    expect(users.find(({ name }) => name === gone)?.password_hash).toBe('')
    expect(may(gone, `loa.v1.d.${gone}.down`, 'read')).toBe(false)
  }
})

describe.skipIf(whyNoRabbitMq)(`RabbitMQ${whyNoRabbitMq ? ` (${whyNoRabbitMq})` : ''}`, () => {
  let rabbitMq: RabbitMq
  let api: RabbitMqApi
  beforeAll(async () => {
    rabbitMq = await startRabbitMq()
    api = rabbitMqApi(rabbitMq.api)
  }, 60_000)
  afterAll(() => rabbitMq?.close())

  /** With a session that outlives the connection, as our device has one; hears its own topic and its station's. */
  async function comesIn(id: string) {
    const who = { clientId: id, username: id, password: `${id} opens` }
    const wish = { ...who, protocolVersion: 4 as const, clean: false, reconnectPeriod: 0 }
    const client = connect(`mqtt://127.0.0.1:${rabbitMq.port}`, wish)
    const closed = new Promise<boolean>((resolve) => client.on('error', () => {}).once('close', () => resolve(false)))
    const heard = new Promise<boolean>((resolve) => {
      const own = [topics.station('LOA.Đ(1)'), topics.device(id)]
      client.once('connect', () => client.subscribe(own, { qos: 1 }, (error) => resolve(!error)))
    })
    return { client, closed, isIn: await Promise.race([closed, heard]) }
  }
  async function isLetIn(id: string): Promise<boolean> {
    const { client, isIn } = await comesIn(id)
    client.end(true)
    return isIn
  }
  /** What is kept for clients, whether they are in or not. */
  async function sessions(): Promise<readonly unknown[]> {
    const headers = { authorization: `Basic ${Buffer.from(rabbitMq.account).toString('base64')}` }
    const answer = await fetch(new URL('/api/queues?columns=name', new URL(rabbitMq.api).origin), { headers })
    return (await answer.json()) as unknown[]
  }

  test('lets in whom the imported file names, until it says that they were revoked', async () => {
    await api.put(rabbitMqAccounts(devices, HUB))
    expect([await isLetIn(IN), await isLetIn(OUT), await isLetIn(BEFORE)]).toEqual([true, false, false])
    await api.put(rabbitMqAccounts([deviceOf(IN, { state: 'revoked', revokedAt: NOW })], HUB))
    expect(await isLetIn(IN)).toBe(false)
    expect(await sessions(), 'what was kept for it waits').toHaveLength(1)
    await api.remove([IN, OUT, LONG_OUT])
    expect(await api.users()).not.toContain(IN)
    expect(await sessions()).toEqual([])
  })

  test('is kept in line: who moved comes back with other rights, who was revoked goes when it was told, others stay', async () => {
    const accounts = keepRabbitMq(api)
    const device = deviceOf(IN)
    await accounts.keep([device, ...devices.slice(1)], NOW)
    const users = (await api.users()).sort()
    expect(users).toEqual([IN, 'guest', HUB.username].sort())
    const { closed, isIn } = await comesIn(IN)
    expect(isIn).toBe(true)
    await accounts.keep([{ ...device, outletCode: 'LOA-Z' }], NOW)
    expect(await closed).toBe(false)
    expect(await sessions(), 'it hears nothing of its old station').toEqual([])
    expect(await isLetIn(IN), 'nor may ask for it').toBe(false)
    const revoked = { ...device, state: 'revoked' as const, revokedAt: NOW }
    await accounts.keep([revoked], NOW)
    expect(await api.users()).toContain(IN)
    await accounts.keep([revoked], new Date(NOW.getTime() + 6_000))
    expect((await api.users()).sort()).toEqual(['guest', HUB.username].sort())
    // What the broker forgot is put there again.
    await accounts.keep([device], NOW)
    await api.remove([IN])
    accounts.forgotten()
    await accounts.keep([device], NOW)
    expect(await isLetIn(IN)).toBe(true)
  })
})
