import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/database/index.ts'

/** A database that keeps what it has acknowledged, and is killed and started again. */
export interface KilledDatabase {
  readonly url: string
  readonly port: number
  /** Kills it with all its processes, and starts it again. Answers its new port. */
  killAndStart(): Promise<number>
  /** Starts it again where it has died by itself. Answers its port. */
  revive(): Promise<number>
  stop(): Promise<void>
}

/** `programs`: the folder of another PostgreSQL than the embedded one. */
export async function startKilledDatabase(folder: string, programs?: string): Promise<KilledDatabase> {
  const start = () => startEmbedded({ folder, ...(programs && { programs }) })
  let running = await start()
  return {
    get url() {
      return running.url
    },
    get port() {
      return portOf(running.url)
    },
    async killAndStart() {
      await killAll(await postmasterOf(running.url))
      running = await start()
      return portOf(running.url)
    },
    async revive() {
      running = await start()
      return portOf(running.url)
    },
    stop: () => running.stop(),
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}

/** The parent of the process that serves us. */
async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const parent = await parentOf(rows[0]?.pid ?? 0)
  await client.end()
  if (!parent) throw new Error('the database runs in no process that is seen here')
  return parent
}

/** The postmaster first, so that it does not start its children again; then they, so that none is left on the files. */
async function killAll(postmaster: number): Promise<void> {
  const children = await childrenOf(postmaster)
  process.kill(postmaster, 'SIGKILL')
  for (const pid of children) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself when it saw the postmaster dead.
    }
  }
  while ((await Promise.all(children.map(isPostgres))).some(Boolean)) await wait(10)
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(pids.map(parentOf))
  return pids.filter((_pid, at) => parents[at] === parent)
}

async function isPostgres(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  // proc(5): the state is the first field after the name in brackets; Z is dead and not yet counted.
  return /\(postgres.*\) [^Z]/s.test(stat)
}

async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  const [, parent] = /.*\) \S (\d+)/s.exec(stat) ?? []
  return parent === undefined ? null : Number(parent)
}
