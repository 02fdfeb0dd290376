import { readFile } from 'node:fs/promises'
import { noteBoardHeard, noteShown, planeBoards, planeShowings } from '../core/board/index.ts'
import { emergenciesOf, endPlays, scheduleOf } from '../core/programme/index.ts'
import { dayAt, type Id } from '../core/kernel/index.ts'
import type { SpeakerConfig } from '../platform/config/index.ts'
import { openBroker } from '../platform/speakers/broker.ts'
import { openOutsideBroker } from '../platform/speakers/outside-broker.ts'
import { rabbitMqApi } from '../platform/speakers/rabbitmq-api.ts'
import type { Loa } from './loa.ts'
import { keepRabbitMq } from './rabbitmq-accounts.ts'
import { keepDoors } from './speaker-doors.ts'
import { startSpeakerHub } from './speaker-hub.ts'
import type { HubBoards, HubProgramme } from './speaker-hub-port.ts'

export const speakerProgramme: HubProgramme = {
  scheduleOf,
  emergenciesOf,
  endPlays: (ctx, deviceId, ends) =>
    endPlays(
      ctx,
      deviceId,
      ends.map((end) => ({ ...end, playId: end.playId as Id<'play'> })), // as the device named it
    ),
}

export const speakerBoards: HubBoards = {
  async boards(ctx) {
    const today = dayAt(ctx.clock.now())
    // With the day rights may end.
    return (await planeBoards(ctx.db)).map(({ id, code, version, takes, letters, paused }) => {
      return { id, code, said: [version, takes, letters, paused, today].join(' ') }
    })
  },
  showingsOf: planeShowings,
  noteShown: (ctx, deviceId, shown) =>
    noteShown(
      ctx,
      deviceId,
      shown.map(({ from, until, ...one }) => {
        const showingId = one.showingId as Id<'showing'> // as the device named it
        return { ...one, showingId, fromAt: from, toAt: until }
      }),
    ),
  noteHeld: (ctx, outletId, held) => noteBoardHeard(ctx, { outletId, held }),
}

/**
 * Starts the broker, unless another is named, and the hub that speaks with devices by it. `address`: where the pages stand,
 * from which devices bring their recordings. Answers how to stop both.
 */
export async function startSpeakers(loa: Loa, config: SpeakerConfig, address: string): Promise<() => Promise<void>> {
  const { brokerUrl, rabbitMqApi: api } = config
  const hub = await startSpeakerHub({
    ctx: loa.contextOf({ kind: 'nobody' }),
    listen: (name, heard) => loa.listen(name, heard),
    programme: speakerProgramme,
    boards: speakerBoards,
    ...(api !== null && { accounts: keepRabbitMq(rabbitMqApi(api)) }),
    open: async (door, ears) => {
      if (brokerUrl !== null) {
        keepDoors({ mqtt: config.address ?? withoutSecret(brokerUrl), audio: `${address}/speaker/audio` })
        const { brokerCaFile: ca } = config
        return openOutsideBroker(brokerUrl, ears, ca === null ? null : await readFile(ca))
      }
      const broker = await openBroker({ ...config, door, ears })
      const mqtt = config.address ?? addressOf(config, address, broker.port)
      keepDoors({ mqtt, audio: `${address}/speaker/audio` })
      return broker
    },
  })
  return () => hub.close()
}

/** Where the pages stand devices find the broker, too; what listens on this machine alone is reached from it alone. */
function addressOf({ tls, host }: SpeakerConfig, pages: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? new URL(pages).hostname : host
  return `${tls ? 'mqtts' : 'mqtt'}://${name}:${port}`
}

function withoutSecret(url: string): string {
  const open = new URL(url)
  open.username = open.password = ''
  return open.href.replace(/\/$/, '')
}
