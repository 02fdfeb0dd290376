import { sha512OfPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import type { RabbitMqApi, RabbitMqDefinitions } from '../platform/speakers/rabbitmq-api.ts'
import { topicsHeard, type HubAccount } from './speaker-accounts.ts'
import type { BrokerAccounts } from './speaker-hub-port.ts'

/** Where MQTT is at home in a RabbitMQ, unless it is told otherwise. */
const VHOST = '/'
const EXCHANGE = 'amq.topic'
const NOTHING = '^$'
const ALL = '.*'
/** So long one that was revoked stays, for the words that tell it so to reach it. */
const HEARS_IT_MS = 5_000
/** As many accounts go in one request. */
const AT_ONCE = 500

interface Rights {
  readonly queues: string
  readonly exchange: string
  readonly write: string
  readonly read: string
}

type Account = { readonly name: string; readonly hash: string } & Rights

/**
 * Accounts for RabbitMQ, to be imported as its definitions: each enrolled device under its id, and the hub. One that was
 * revoked stands there without a password and without rights: an import takes nobody away. A device has rights over the
 * queue of its own name alone, its own `up`, and what it may hear.
 */
export function rabbitMqAccounts(devices: readonly PlaneDevice[], hub: HubAccount): RabbitMqDefinitions {
  const known = devices.filter(({ passwordSha512 }) => passwordSha512 !== null)
  const revoked = known.filter(({ state }) => state === 'revoked').map(({ id }) => id)
  const hubAccount: Account = {
    ...{ name: hub.username, hash: sha512OfPassword(hub.password) },
    ...{ queues: '^mqtt-subscription-', exchange: `^${quoted(EXCHANGE)}$`, write: ALL, read: ALL },
  }
  const shut: Rights = { queues: NOTHING, exchange: NOTHING, write: NOTHING, read: NOTHING }
  return definitionsOf([
    hubAccount,
    ...known.filter(({ state }) => state === 'enrolled').map(accountOf),
    ...revoked.map((name) => ({ name, hash: '', ...shut })),
  ])
}

function accountOf(device: PlaneDevice): Account {
  const { id, passwordSha512 } = device
  return {
    name: id,
    hash: passwordSha512 ?? '',
    queues: `^mqtt-subscription-${quoted(id)}qos[01]$`,
    exchange: `^${quoted(EXCHANGE)}$`,
    write: `^${routed(topics.up(id))}$`,
    read: `^(${topicsHeard(device).map(routed).join('|')})$`,
  }
}

function definitionsOf(accounts: readonly Account[]): RabbitMqDefinitions {
  return {
    users: accounts.map(({ name, hash }) => {
      return { name, password_hash: hash, hashing_algorithm: 'rabbit_password_hashing_sha512', tags: '' }
    }),
    permissions: accounts.map(({ name: user, queues, exchange }) => {
      const both = `${queues}|${exchange}`
      return { user, vhost: VHOST, configure: queues, write: both, read: both }
    }),
    topic_permissions: accounts.map(({ name: user, write, read }) => {
      return { user, vhost: VHOST, exchange: EXCHANGE, write, read }
    }),
  }
}

/** A topic as the routing key that RabbitMQ makes of it, as a pattern for itself alone. */
function routed(topic: string): string {
  return quoted(topic.replaceAll('/', '.'))
}

function quoted(words: string): string {
  return words.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
}

/**
 * Keeps the accounts of devices in a RabbitMQ as they are here: who enrols is let in at once, who was revoked is taken away
 * and cut once it was told so, who belongs elsewhere now is cut to come back with other rights. Users that are no device of
 * ours, as that of the hub, are let be.
 */
export function keepRabbitMq(api: RabbitMqApi): BrokerAccounts {
  /** What stands there, by id, as far as it is known. */
  let standing: Map<string, string> | null = null
  let complained = ''
  /** Who enrolled before that hash was kept has to enrol anew; said again when it is another list. */
  function complain(devices: readonly PlaneDevice[]): void {
    const lacking = devices.filter(({ state, passwordSha512 }) => state === 'enrolled' && passwordSha512 === null)
    const codes = lacking.map(({ code }) => code).join(', ')
    if (codes !== '' && codes !== complained)
      console.error(`RabbitMQ cannot be given these devices, enrol them anew: ${codes}`)
    complained = codes
  }
  return {
    forgotten() {
      standing = null
    },
    async keep(devices, now) {
      complain(devices)
      const wanted = new Map(devices.filter((device) => hasAccount(device, now)).map((device) => [device.id, device]))
      standing ??= new Map((await api.users()).map((name) => [name, '']))
      const there = standing
      const ours = devices.filter(({ id }) => there.has(id))
      const other = [...wanted.values()].filter((device) => there.get(device.id) !== saidOf(device))
      for (let at = 0; at < other.length; at += AT_ONCE) {
        const some = other.slice(at, at + AT_ONCE)
        await api.put(definitionsOf(some.map(accountOf)))
        const moved = some.filter(({ id }) => there.has(id) && there.get(id) !== '')
        await api.cut(moved.map(({ id }) => id))
        for (const device of some) there.set(device.id, saidOf(device))
      }
      const gone = ours.map(({ id }) => id).filter((id) => !wanted.has(id))
      if (gone.length > 0) await api.remove(gone)
      for (const id of gone) there.delete(id)
    },
  }
}

function hasAccount({ state, passwordSha512, revokedAt }: PlaneDevice, now: Date): boolean {
  if (passwordSha512 === null) return false
  return state === 'enrolled' || now.getTime() - (revokedAt?.getTime() ?? 0) < HEARS_IT_MS
}

/** All by which its account is known to be another; what it may hear ends only when it is taken away. */
function saidOf({ passwordSha512, outletCode }: PlaneDevice): string {
  return `${passwordSha512} ${outletCode}`
}
