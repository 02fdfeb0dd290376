import { bridgeDrop } from '../../app/bridge-drop.ts'
import { openLoa } from '../../app/loa.ts'
import { setUpMail } from '../../app/mail.ts'
import { staffMail } from '../../app/staff-mail.ts'
import { tellBy } from '../../app/tell-by-mail.ts'
import { startWatch } from '../../app/watch.ts'
import { startWork } from '../../app/work.ts'
import { joinDatabase, pendingMigrations } from '../../platform/database/index.ts'
import type { Command } from '../command.ts'
import { keepRunning, type Running } from '../start/keep-running.ts'
import { whenOrphaned } from '../when-orphaned.ts'
import { MIGRATIONS } from '../with-database.ts'

/** A batch in hand is finished before the end; its claim lapses after a minute, and then there is nothing to wait for. */
const STOPS_WITHIN_MS = 60_000

/** Works jobs and the ledger until it is told to stop; any number of them may work beside each other. */
export const worker: Command = {
  takes: [],
  async run({ config, w, print }) {
    const database = await joinDatabase(config)
    const pending = await pendingMigrations(database.url, MIGRATIONS)
    if (pending.length > 0) {
      throw new Error(
        `The database lacks ${pending.join(', ')}; start the pages with this version first (npm start), they bring the tables up to date`,
      )
    }
    const loa = await openLoa({
      databaseUrl: database.url,
      folder: config.dataFolder,
      supervise: true,
      allowedNetworks: config.privateNetworks,
      deviceDays: config.deviceDays,
      sound: config.sound,
      voices: config.voices,
      drop: bridgeDrop(config),
    })
    const address = config.origin ?? `http://localhost:${config.port}`
    await setUpMail(config, address)
    const stopWork = await startWork(loa)
    const stopWatch = startWatch(loa, tellBy(staffMail, address))
    print(w('worker_ready', { pid: process.pid }))
    const running: Running = {
      lostDatabase: database.ended,
      async stop() {
        await stopWork()
        await stopWatch()
        await loa.close()
        await database.stop()
      },
    }
    if (config.underNpm) await whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
    keepRunning(running, () => print(w('worker_stopping')), STOPS_WITHIN_MS)
    return new Promise<number>(() => {})
  },
}
