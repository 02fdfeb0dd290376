import type { Ctx } from '../core/kernel/index.ts'
import { planeDevices } from '../core/station/index.ts'
import { listen } from '../platform/database/index.ts'
import { openBroker } from '../platform/speakers/broker.ts'
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../platform/speakers/mosquitto.build.ts'
import { openOutsideBroker } from '../platform/speakers/outside-broker.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { startRabbitMq, whyNoRabbitMq } from '../platform/speakers/rabbitmq.build.ts'
import { rabbitMqApi } from '../platform/speakers/rabbitmq-api.ts'
import type { TestDatabase } from '../testing/index.ts'
import { PlayedProgramme } from './played-programme.build.ts'
import { keepRabbitMq, rabbitMqAccounts } from './rabbitmq-accounts.ts'
import { mosquittoAccounts } from './speaker-accounts.ts'
import { startSpeakerHub, type Hub } from './speaker-hub.ts'

export const HUB = { username: 'loa-hub', password: 'hub secret' }

export type BrokerKind = 'ours' | 'mosquitto' | 'rabbitmq'

/** A hub over a broker, which one may end and start again. */
export interface HubGround {
  readonly programme: PlayedProgramme
  readonly hub: Hub<Plane>
  readonly port: number
  readonly mosquitto: Mosquitto | null
  /** Names of the accounts at a RabbitMQ. */
  accounts(): Promise<string[]>
  restartHub(): Promise<Hub<Plane>>
  /** Lets those in who have enrolled since. */
  admitAll(): Promise<void>
  close(): Promise<void>
}

/** Of the certificate by which a mosquitto speaks TLS alone, with who signed it: nobody whom the machine believes. */
export interface GroundTls {
  readonly ca: Buffer
  readonly certFile: string
  readonly keyFile: string
}

export async function hubGround(
  ctx: Ctx,
  database: TestDatabase,
  kind: BrokerKind,
  tls: GroundTls | null = null,
): Promise<HubGround> {
  const programme = new PlayedProgramme()
  const accounts = async () => mosquittoAccounts(await planeDevices(ctx.db), HUB, ctx.clock.now())
  const settings = tls ? [`certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`] : []
  const mosquitto = kind === 'mosquitto' ? await startMosquitto(await accounts(), settings) : null
  const rabbitMq = kind === 'rabbitmq' ? await startRabbitMq() : null
  const api = rabbitMq && rabbitMqApi(rabbitMq.api)
  // The account of the hub comes there as an operator brings it: by the file.
  await api?.put(rabbitMqAccounts([], HUB))
  const outside = mosquitto ?? rabbitMq
  let port = outside?.port ?? 0
  // What devices say before that nobody hears.
  const isIn = Promise.withResolvers<void>()
  if (!outside) isIn.resolve()
  const start = () =>
    startSpeakerHub<Plane>({
      ctx,
      listen: (name, heard) => listen(database.url, name, heard),
      programme,
      ...(api && { accounts: keepRabbitMq(api) }),
      async open(door, ears) {
        if (outside) {
          const url = `${tls ? 'mqtts' : 'mqtt'}://${HUB.username}:${encodeURIComponent(HUB.password)}@127.0.0.1:${port}`
          const anew = () => {
            ears.anew()
            isIn.resolve()
          }
          return openOutsideBroker(url, { ...ears, anew }, tls?.ca)
        }
        const broker = await openBroker({ port, host: '127.0.0.1', portIsFixed: port !== 0, tls: null, door, ears })
        port = broker.port
        return broker
      },
    })
  let hub = await start()
  await isIn.promise
  await hub.settled()
  return {
    programme,
    hub,
    port,
    mosquitto,
    accounts: async () => (await api?.users()) ?? [],
    async restartHub() {
      await hub.close()
      hub = await start()
      return hub
    },
    async admitAll() {
      await mosquitto?.accounts(await accounts())
      await hub.settled()
    },
    async close() {
      await hub.close()
      await outside?.close()
    },
  }
}

/** Why a broker is not tried here, with the remedy. */
export const NOT_TRIED = [whyNoMosquitto, whyNoRabbitMq].filter((why) => why !== null)

const TRIED: readonly (readonly [name: string, kind: BrokerKind, whyNot: string | null])[] = [
  ['our broker', 'ours', null],
  ['mosquitto', 'mosquitto', whyNoMosquitto],
  ['RabbitMQ', 'rabbitmq', whyNoRabbitMq],
]

export const BROKERS = TRIED.flatMap(([name, kind, whyNot]) => (whyNot === null ? [[name, kind] as const] : []))
