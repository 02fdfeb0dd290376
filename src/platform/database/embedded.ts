import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dataFolderFor, packagedPostgres, programsFor } from './binaries.ts'
import { initialise, lastWords, passwordOf, type Cluster } from './cluster.ts'
import { answers, freePort } from './connection.ts'
import { waitUntilFree, whoRuns } from './postmaster.ts'
import { chooseRunner, run } from './runner.ts'

export interface EmbeddedOptions {
  /** Where the database lies; made when missing. */
  readonly folder: string
  /** False gives up durability for speed: for tests only. */
  readonly durable?: boolean
  /** False never uses user namespaces, as on a machine without them. */
  readonly allowNamespaces?: boolean
  /** Folder of another PostgreSQL than the one we bring, as `/usr/lib/postgresql/15`, which holds `bin/postgres`. */
  readonly programs?: string
}

export interface EmbeddedDatabase {
  readonly url: string
  /** False when we found it running and only joined it: then `stop` leaves it running. */
  readonly started: boolean
  /** Comes when the database has ended, by whatever cause; never for a server that is not ours. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const LOOKS_EVERY_MS = 1_000
/** Nothing needs to outlive such a server, nor to be tidied up in it. */
const FOR_TESTS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, or joins the one that already runs on this folder.
 * It stops when we stop, and when we are killed. The first start takes 0.7 s, later ones 0.1 s.
 *
 * @throws Error with the remedy where it cannot start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await clusterIn(options)
  await initialise(cluster)
  return (await joinRunning(cluster)) ?? (await start(cluster, options.durable ?? true))
}

/** Joins the database that runs on this folder; null when none does. */
export async function joinEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase | null> {
  return joinRunning(await clusterIn(options))
}

async function clusterIn(options: EmbeddedOptions): Promise<Cluster> {
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const packaged = options.programs ?? (await packagedPostgres())
  const runner = chooseRunner(options.allowNamespaces ?? true, packaged, folder)
  return {
    runner,
    programs: options.programs ?? (await programsFor(runner, packaged, folder)),
    data: await dataFolderFor(runner, folder),
    password: await passwordOf(folder),
  }
}

async function joinRunning(cluster: Cluster): Promise<EmbeddedDatabase | null> {
  const running = await whoRuns(cluster.data)
  if (!running) return null
  const url = urlOf(running.port, cluster.password)
  // One that is being closed after a kill lets nobody in any more, and soon is gone.
  const gone = async () => !(await whoRuns(cluster.data))
  if (await answers(url, 30_000, gone)) return joined(cluster.data, url, running.pid)
  if (await waitUntilFree(cluster.data, 1_000)) return null
  throw new Error(
    `PostgreSQL process ${running.pid} holds ${cluster.data} and does not answer; end it with: kill ${running.pid}`,
  )
}

/** One that somebody else has started: it is looked after, because it does not end with us. */
function joined(data: string, url: string, pid: number): EmbeddedDatabase {
  let look: NodeJS.Timeout
  const ended = new Promise<void>((resolve) => {
    look = setInterval(() => void whoRuns(data).then((now) => now?.pid !== pid && resolve()), LOOKS_EVERY_MS)
    look.unref()
  })
  return { url, started: false, ended, stop: async () => clearInterval(look) }
}

async function start(cluster: Cluster, durable: boolean): Promise<EmbeddedDatabase> {
  const port = await freePort()
  const child = run(
    cluster.runner,
    join(cluster.programs, 'bin', 'postgres'),
    ['-D', cluster.data, '-p', String(port), ...settings(durable)],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: cluster.programs },
  )
  const complaint = lastWords(child)
  let ended = false
  const exit = once(child, 'exit').then(() => {
    ended = true
  })
  const url = urlOf(port, cluster.password)
  if (!(await answers(url, 60_000, async () => ended))) {
    child.kill('SIGINT')
    const joined = await joinRunning(cluster)
    if (joined) return joined
    throw new Error(`PostgreSQL did not start on ${cluster.data}: ${complaint()}`)
  }
  child.unref()
  return {
    url,
    started: true,
    ended: exit,
    async stop() {
      child.ref()
      if (!ended) child.kill('SIGINT')
      await exit
    },
  }
}

function settings(durable: boolean): string[] {
  const wanted = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_min_messages: 'fatal',
    ...(!durable && FOR_TESTS),
  }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function urlOf(port: number, password: string): string {
  return `postgres://loa:${password}@127.0.0.1:${port}/postgres`
}
