import { join } from 'node:path'
import { openLoa } from '../../app/loa.ts'
import { setUpMail, startMail } from '../../app/mail.ts'
import { answerFromMemory } from '../../app/answer-from-memory.ts'
import { bridgeDrop } from '../../app/bridge-drop.ts'
import { keepOpened } from '../../app/opened.ts'
import { watchPortal } from '../../app/portal-watch.ts'
import { seedAdministrator, seedDemonstration, type SignIn } from '../../app/seed.ts'
import { startSimulators } from '../../app/simulators.ts'
import { startSpeakers } from '../../app/speakers.ts'
import { staffMail } from '../../app/staff-mail.ts'
import { tellBy } from '../../app/tell-by-mail.ts'
import { startWatch } from '../../app/watch.ts'
import { startWork } from '../../app/work.ts'
import type { Config } from '../../platform/config/index.ts'
import { freePort, holdDatabase, migrate } from '../../platform/database/index.ts'
import { serveWeb } from '../../web/serve.ts'
import type { Running } from './keep-running.ts'
import { playDevices } from './play-devices.ts'

export interface RunningLoa extends Running {
  readonly address: string
  /** Made by this start, with the only copy of their passwords; empty on later starts. */
  readonly signIns: readonly SignIn[]
}

export interface StartOptions {
  /** Without the demonstration campaign. */
  readonly empty: boolean
  /** Whether this process works jobs and the ledger, too; if not, workers must run beside it. */
  readonly works: boolean
}

/**
 * Starts all of Loa, from the database up to the pages. What was opened before a fault is closed again.
 *
 * @throws Error with the remedy.
 */
export async function startLoa(config: Config, { empty, works }: StartOptions): Promise<RunningLoa> {
  const closers: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const database = await holdDatabase(config)
    closers.push(database.stop)
    await migrate(database.url, join(import.meta.dirname, '../../../migrations'))
    const loa = await openLoa({
      databaseUrl: database.url,
      folder: config.dataFolder,
      supervise: works,
      allowedNetworks: config.privateNetworks,
      undoSeconds: config.undoSeconds,
      deviceDays: config.deviceDays,
      sound: config.sound,
      voices: config.voices,
      drop: bridgeDrop(config),
    })
    closers.push(loa.close)
    keepOpened(loa)
    const signIns = await (empty ? seedAdministrator(loa) : seedDemonstration(loa))
    const port = await portFor(config)
    const address = config.origin ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`
    closers.push(answerFromMemory(loa))
    const watch = await watchPortal({ databaseUrl: database.url, clock: loa.contextOf({ kind: 'nobody' }).clock })
    closers.push(watch.close)
    await setUpMail(config, address)
    closers.push(await startMail(loa, config))
    closers.push(await startSimulators(loa, `http://127.0.0.1:${port}`))
    closers.push(await startSpeakers(loa, config.speakers, address))
    if (works) closers.push(await startWork(loa))
    const ctx = loa.contextOf({ kind: 'nobody' })
    const server = await serveWeb({ port, host: config.host, origin: config.origin, portalNow: watch.current, ctx })
    closers.push(() => {
      const closed = new Promise((resolve) => server.close(resolve))
      // A request that is being answered gets two seconds; idle connections of browsers none.
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 2_000).unref()
      return closed
    })
    const place = { address: `http://127.0.0.1:${port}`, folder: config.dataFolder }
    closers.push(await playDevices(loa, place, config.playedDevices))
    closers.push(startWatch(loa, tellBy(staffMail, address)))
    return { address, signIns, lostDatabase: database.ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function portFor({ port, portIsFixed, host }: Config): Promise<number> {
  const free = await freePort(port, host)
  if (free === port || !portIsFixed) return free
  throw new Error(`Port ${port} is taken by another program; end that one, or choose another: PORT=${free} npm start`)
}
