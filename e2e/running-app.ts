import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { inject } from 'vitest'
import { openFolder, runLoa } from './loa-process.ts'
import { ownPort } from './own-port.ts'

/** For stories that wait until a release can no longer be undone: these settings, and for how long to wait then. */
export const SHORT_UNDO = { settings: { LOA_UNDO_SECONDS: '5' }, ms: 5_000 } as const

/** For stories that loudspeakers have a part in: devices of two communes, Mường Khương and Bản Hồ, enrol and play. */
export const WITH_DEVICES = { LOA_PLAYED_DEVICES: 'TB-DTT-02761,TB-DTT-03046' } as const

export interface RunningApp {
  readonly address: string
  /** Where it keeps its database and files. */
  readonly folder: string
  /** Passwords by username, as the first start printed them. */
  readonly passwords: ReadonlyMap<string, string>
  /** Name and value of the cookie of a session that stands, by username: whoever is to come in already has it. */
  readonly sessions: ReadonlyMap<string, readonly [string, string]>
  /**
   * Kills it without a word, as a power cut would, and starts it again on the same folder and port, with these settings
   * beside those of before.
   */
  killAndStart(settings?: Readonly<Record<string, string>>): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts all of Loa as `npm start` does, on a folder of its own that a first start has filled and on a free port, with
 * these settings beside.
 */
export async function startApp(settings: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const first = inject('firstStart')
  const folder = await openFolder('loa-e2e-')
  // With its owners: PostgreSQL runs on nothing that is not its own.
  execFileSync('cp', ['-a', `${first.folder}/.`, folder])
  const given = { LOA_DATA: folder, PORT: String(await ownPort()), ...settings }
  let running = await runLoa(given)
  return {
    address: running.address,
    folder,
    passwords: new Map(first.passwords),
    sessions: new Map(first.sessions),
    async killAndStart(others = {}) {
      await running.end('SIGKILL')
      running = await runLoa({ ...given, ...others })
    },
    async stop() {
      await running.end('SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
