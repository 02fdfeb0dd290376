import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { exists, linkLibraries, packagedPostgres, readablePostgres } from './binaries.ts'
import { chooseRunner, run, UNPRIVILEGED, type Runner } from './runner.ts'

export interface EmbeddedOptions {
  /** Where the database lies; made when missing. */
  readonly folder: string
  /** False gives up durability for speed: for tests only. */
  readonly durable?: boolean
  readonly allowNamespaces?: boolean
}

export interface EmbeddedDatabase {
  readonly url: string
  /** False when we found it running and only joined it: then `stop` leaves it running. */
  readonly started: boolean
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, or joins the one that already runs on this folder.
 * It stops when we stop, and when we are killed.
 *
 * @throws Error with the remedy where it cannot start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { folder } = options
  const runner = chooseRunner(options.allowNamespaces ?? true)
  const home = await programs(runner, folder)
  const data = join(folder, 'data')
  const password = await passwordOf(folder)
  await initialise(runner, home, folder, data, password)

  const running = await whoRuns(data)
  if (running) {
    const url = urlOf(running.port, password)
    if (await answers(url, 10_000)) return { url, started: false, stop: async () => {} }
  }
  return start(runner, home, data, password, options.durable ?? true)
}

async function programs(runner: Runner, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const packaged = await packagedPostgres()
  if (runner === 'nobody') {
    await chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    return readablePostgres(packaged, await reachable(folder))
  }
  try {
    await linkLibraries(packaged)
    return packaged
  } catch {
    return readablePostgres(packaged, folder)
  }
}

/** Programs for `nobody` go where nobody can walk to; `/root` and the like are closed to it. */
async function reachable(folder: string): Promise<string> {
  const shared = join(tmpdir(), `loa-postgres-${process.getuid?.() ?? 0}`)
  await mkdir(shared, { recursive: true, mode: 0o755 })
  return shared === folder ? folder : shared
}

async function passwordOf(folder: string): Promise<string> {
  const path = join(folder, 'password')
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    const password = randomBytes(24).toString('hex')
    await writeFile(path, password, { mode: 0o600 })
    return password
  }
}

/** Makes the cluster beside its place and then renames it: a kill in between leaves nothing that looks finished. */
async function initialise(runner: Runner, home: string, folder: string, data: string, password: string): Promise<void> {
  if (await exists(join(data, 'PG_VERSION'))) return
  const draft = join(folder, 'data.new')
  await rm(draft, { recursive: true, force: true })
  const passwordFile = join(folder, 'password.init')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (runner === 'nobody') await chown(passwordFile, UNPRIVILEGED, UNPRIVILEGED)
  const args = ['-D', draft, '-U', 'loa', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=vi-VN', '--no-instructions']
  const child = run(
    runner,
    join(home, 'bin', 'initdb'),
    [...args, ...locale],
    { stdio: ['ignore', 'ignore', 'pipe'] },
    true,
  )
  const complaint = collect(child.stderr)
  const [code] = (await once(child, 'exit')) as [number | null]
  await rm(passwordFile, { force: true })
  if (code !== 0) throw new Error(`PostgreSQL could not make its files in ${folder}: ${complaint()}`)
  const handle = await open(draft, 'r')
  await handle.sync().finally(() => handle.close())
  await rename(draft, data)
}

async function start(
  runner: Runner,
  home: string,
  data: string,
  password: string,
  durable: boolean,
): Promise<EmbeddedDatabase> {
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_min_messages: 'fatal',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = run(
    runner,
    join(home, 'bin', 'postgres'),
    ['-D', data, '-p', String(port), ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
    true,
  )
  const complaint = collect(child.stderr)
  let ended = false
  const exit = once(child, 'exit').then(() => (ended = true))
  const url = urlOf(port, password)
  if (!(await answers(url, 60_000, () => ended))) {
    throw new Error(`PostgreSQL did not start on ${data}: ${complaint()}`)
  }
  child.unref()
  return {
    url,
    started: true,
    async stop() {
      child.ref()
      if (!ended) child.kill('SIGINT')
      await exit
    },
  }
}

/** The postmaster that holds this folder, if it is alive. */
async function whoRuns(data: string): Promise<{ pid: number; port: number } | null> {
  const lines = await readFile(join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!pid || !port) return null
  try {
    process.kill(pid, 0)
  } catch {
    return null
  }
  return { pid, port }
}

async function answers(url: string, withinMs: number, giveUp = () => false): Promise<boolean> {
  const until = Date.now() + withinMs
  while (Date.now() < until && !giveUp()) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') return false // wrong password: another database took the port
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}

function urlOf(port: number, password: string): string {
  return `postgres://loa:${password}@127.0.0.1:${port}/postgres`
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2_000)))
  return () => text.trim()
}
