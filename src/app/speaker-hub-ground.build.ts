import type { Ctx } from '../core/kernel/index.ts'
import { planeDevices } from '../core/station/index.ts'
import { listen } from '../platform/database/index.ts'
import { openBroker } from '../platform/speakers/broker.ts'
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../platform/speakers/mosquitto.build.ts'
import { openOutsideBroker } from '../platform/speakers/outside-broker.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import type { TestDatabase } from '../testing/index.ts'
import { PlayedProgramme } from './played-programme.build.ts'
import { mosquittoAccounts } from './speaker-accounts.ts'
import { startSpeakerHub, type Hub } from './speaker-hub.ts'

export const HUB = { username: 'loa-hub', password: 'hub secret' }

/** A hub over a broker, which one may end and start again. */
export interface HubGround {
  readonly programme: PlayedProgramme
  readonly hub: Hub<Plane>
  readonly port: number
  readonly mosquitto: Mosquitto | null
  restartHub(): Promise<Hub<Plane>>
  /** Lets those in who have enrolled since. */
  admitAll(): Promise<void>
  close(): Promise<void>
}

export async function hubGround(ctx: Ctx, database: TestDatabase, kind: 'ours' | 'mosquitto'): Promise<HubGround> {
  const programme = new PlayedProgramme()
  const accounts = async () => mosquittoAccounts(await planeDevices(ctx.db), HUB, ctx.clock.now())
  const mosquitto = kind === 'mosquitto' ? await startMosquitto(await accounts()) : null
  let port = mosquitto?.port ?? 0
  const start = () =>
    startSpeakerHub<Plane>({
      ctx,
      listen: (name, heard) => listen(database.url, name, heard),
      programme,
      async open(door, ears) {
        if (mosquitto) {
          const url = `mqtt://${HUB.username}:${encodeURIComponent(HUB.password)}@127.0.0.1:${port}`
          return openOutsideBroker(url, ears)
        }
        const broker = await openBroker({ port, host: '127.0.0.1', portIsFixed: port !== 0, tls: null, door, ears })
        port = broker.port
        return broker
      },
    })
  let hub = await start()
  await hub.settled()
  return {
    programme,
    hub,
    port,
    mosquitto,
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
      await mosquitto?.close()
    },
  }
}

export const BROKERS = [
  ['our broker', 'ours'],
  ...(whyNoMosquitto ? [] : [['mosquitto', 'mosquitto'] as const]),
] as const satisfies readonly (readonly [string, 'ours' | 'mosquitto'])[]
