import { createHash } from 'node:crypto'
import { connect } from 'mqtt'
import { expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import { sha512OfPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { startRabbitMq, whyNoRabbitMq } from '../platform/speakers/rabbitmq.build.ts'
import { rabbitMqApi } from '../platform/speakers/rabbitmq-api.ts'
import { emqxAccounts } from './emqx-accounts.ts'
import { rabbitMqAccounts } from './rabbitmq-accounts.ts'

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

test.skipIf(whyNoRabbitMq)(
  `RabbitMQ lets in whom the imported file names, until it says that they were revoked${whyNoRabbitMq ? ` (${whyNoRabbitMq})` : ''}`,
  { timeout: 60_000 },
  async () => {
    const { port, api, account, close } = await startRabbitMq()
    const { put, remove, users } = rabbitMqApi(api)
    /** With a session that outlives the connection, as our device has one; hears its own topic and its station's. */
    const isLetIn = async (id: string): Promise<boolean> => {
      const who = { clientId: id, username: id, password: `${id} opens` }
      const client = connect(`mqtt://127.0.0.1:${port}`, {
        ...{ ...who, protocolVersion: 4, clean: false, reconnectPeriod: 0 },
      })
      const refused = new Promise<boolean>((resolve) =>
        client.on('error', () => {}).once('close', () => resolve(false)),
      )
      const heard = new Promise<boolean>((resolve) => {
        const own = [topics.station('LOA.Đ(1)'), topics.device(id)]
        client.once('connect', () => client.subscribe(own, { qos: 1 }, (error) => resolve(!error)))
      })
      return Promise.race([refused, heard]).finally(() => client.end(true))
    }
    try {
      await put(rabbitMqAccounts(devices, HUB))
      expect([await isLetIn(IN), await isLetIn(OUT), await isLetIn(BEFORE)]).toEqual([true, false, false])
      const revoked = deviceOf(IN, { state: 'revoked', revokedAt: NOW })
      await put(rabbitMqAccounts([revoked], HUB))
      expect(await isLetIn(IN)).toBe(false)
      const { origin } = new URL(api)
      const headers = { authorization: `Basic ${Buffer.from(account).toString('base64')}` }
      const queues = async () =>
        (await (await fetch(`${origin}/api/queues?columns=name`, { headers })).json()) as unknown[]
      expect(await queues(), 'its session waits for it').toHaveLength(1)
      await remove([IN, OUT])
      expect(await users()).not.toContain(IN)
      expect(await queues()).toEqual([])
    } finally {
      await close()
    }
  },
)
