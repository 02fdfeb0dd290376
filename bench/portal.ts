/**
 * Public pages a second: from memory, from memory while something is published each second, and made anew for each
 * reader; beside nginx serving the very same bytes. All on loopback; `wrk` asks from a process of its own. Besides the
 * pages a second of the clock it says how many a second of processor time made: a machine that others use too makes the
 * first smaller, not the second.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { openLoa } from '../src/app/loa.ts'
import { keepOpened } from '../src/app/opened.ts'
import { watchPortal } from '../src/app/portal-watch.ts'
import { loadReference } from '../src/app/reference.ts'
import { asSystem } from '../src/core/kernel/index.ts'
import { openNewsroom } from '../src/core/portal/newsroom.build.ts'
import { freePort, holdDatabase, migrate } from '../src/platform/database/index.ts'
import { serveWeb } from '../src/web/serve.ts'

const ARTICLES = 1_000
const ROUNDS = 3
const SECONDS = 4
const CONNECTIONS = 32
const CACHED_AT_LEAST = 1_500
const PAGE_AT_MOST_BYTES = 50 * 1_024

const nginx = ['nginx', '/usr/sbin/nginx'].find((program) => spawnSync(program, ['-v']).status === 0)
if (spawnSync('wrk', ['--version']).error) {
  console.log('pages a second: left out; wrk is missing, get it with: apt-get install wrk')
  process.exit(0)
}

const folder = await mkdtemp(join(tmpdir(), 'loa-portal-'))
const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../bin/build.js')])
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  closers.push(database.stop)
  await migrate(database.url, join(import.meta.dirname, '../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  closers.push(loa.close)
  keepOpened(loa)
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bench')
  await loadReference(ctx)
  const newsroom = await openNewsroom(ctx)
  const publish = (number: number) =>
    newsroom.up({
      title: `Việc nhẹ, lương cao: hỏi kỹ trước khi đi (${number})`,
      lead: 'Nhiều người bị rủ sang nước ngoài làm “việc nhẹ, lương cao”, rồi bị giữ giấy tờ và ép làm việc.',
      body: Array.from({ length: 12 }, () =>
        'Kẻ xấu thường kết bạn trên mạng, hỏi thăm nhiều ngày, rồi mới rủ đi làm. '.repeat(4),
      ).join('\n\n'),
      themes: [number % 2],
    })
  for (let number = 1; number < ARTICLES; number += 1) await publish(number)
  const article = `/cong/${(await publish(ARTICLES)).ids.get('vi') ?? ''}`

  const watch = await watchPortal({ databaseUrl: database.url, clock: ctx.clock })
  closers.push(watch.close)
  const cached = await serve({ portalNow: watch.current })
  const uncached = await serve({})
  for (const path of ['/cong', article]) await measure(path)

  async function measure(path: string): Promise<void> {
    const page = await (await fetch(`${cached}${path}`, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer()
    const bytes = Buffer.from(page)
    const zipped = gzipSync(bytes)
    console.log(`\n${path === '/cong' ? 'list of news' : 'article'}: ${bytes.length} bytes, ${zipped.length} with gzip`)
    const rival = nginx ? await serveByNginx(bytes, zipped) : null
    const best = new Map<string, Rate>()
    const keep = async (name: string, asking: Promise<Rate>) => best.set(name, better(best.get(name), await asking))
    for (let round = 0; round < ROUNDS; round += 1) {
      await keep('cached', asked(`${cached}${path}`, 'identity', ownSeconds))
      if (rival) await keep('nginx', asked(`${rival.address}/page`, 'identity', rival.seconds))
      await keep('cached, gzip', asked(`${cached}${path}`, 'gzip', ownSeconds))
      if (rival) await keep('nginx, gzip', asked(`${rival.address}/page`, 'gzip', rival.seconds))
      const publishing = setInterval(() => void publish(ARTICLES), 1_000)
      await keep('cached, one publication a second', asked(`${cached}${path}`, 'identity', ownSeconds))
      clearInterval(publishing)
      await keep('made anew for each', asked(`${uncached}${path}`, 'identity', ownSeconds))
    }
    rival?.stop()
    report(best, bytes.length)
  }

  function report(best: ReadonlyMap<string, Rate>, bytes: number): void {
    for (const [name, { clock, core }] of best) {
      const against = best.get(name.includes('gzip') ? 'nginx, gzip' : 'nginx')
      const beside = against ? `${(core / against.core).toFixed(2)} × nginx` : 'nginx left out: apt-get install nginx'
      const [shown, shownCore] = [clock, core].map((rate) => String(Math.round(rate)).padStart(7))
      console.log(`${name.padEnd(34)}${shown} pages a second,${shownCore} a second of processor   ${beside}`)
    }
    if ((best.get('cached')?.core ?? 0) < CACHED_AT_LEAST || bytes > PAGE_AT_MOST_BYTES) process.exitCode = 1
    console.log(
      `(wanted: ${CACHED_AT_LEAST} a core from memory, at most ${PAGE_AT_MOST_BYTES} bytes; what is made anew`,
    )
    console.log('costs the database as well, which is not counted here)')
  }
} finally {
  for (const close of closers.reverse()) await close()
}

async function serve(options: Pick<Parameters<typeof serveWeb>[0], 'portalNow'>): Promise<string> {
  const port = await freePort()
  const server: Server = await serveWeb({ ...options, port })
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${port}`
}

interface Rival {
  readonly address: string
  /** Seconds of the processor it has used. */
  seconds(): Promise<number>
  stop(): void
}

/** One worker, as our own process is one; kept connections, files sent by the kernel, nothing written down. */
async function serveByNginx(page: Buffer, zipped: Buffer): Promise<Rival> {
  const root = join(folder, `nginx-${page.length}`)
  await mkdir(join(root, 'temp'), { recursive: true })
  await writeFile(join(root, 'page'), page)
  await writeFile(join(root, 'page.gz'), zipped)
  const port = await freePort()
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${root}/temp;`)
  const config = join(root, 'nginx.conf')
  await writeFile(
    config,
    `worker_processes 1; daemon off; master_process off; pid ${root}/pid; error_log ${root}/error.log;
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; default_type text/html;
  open_file_cache max=10; ${temps.join(' ')}
  server { listen 127.0.0.1:${port}; root ${root}; }
}`,
  )
  const child: ChildProcess = spawn(nginx ?? '', ['-c', config], { stdio: 'ignore' })
  const address = `http://127.0.0.1:${port}`
  while (child.exitCode === null && !(await fetch(`${address}/page`).catch(() => null))) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const stop = () => void child.kill()
  closers.push(async () => {
    stop()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  return { address, seconds: () => secondsOf(child.pid), stop }
}

interface Rate {
  readonly clock: number
  readonly core: number
}

function better(one: Rate | undefined, other: Rate): Rate {
  return one ? { clock: Math.max(one.clock, other.clock), core: Math.max(one.core, other.core) } : other
}

/** Requests a second that were answered with 200, by the clock and by the processor of who answers. */
async function asked(url: string, coding: string, seconds: () => Promise<number>): Promise<Rate> {
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-H', `Accept-Encoding: ${coding}`, url]
  const before = await seconds()
  const { stdout } = await promisify(execFile)('wrk', args)
  const used = (await seconds()) - before
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1]
  if (bad) throw new Error(`${bad} requests of ${url} were refused`)
  const answered = Number(/(\d+) requests in/.exec(stdout)?.[1])
  return { clock: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), core: answered / used }
}

async function ownSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** Of another process: proc(5), fields 14 and 15 of `stat`, in hundredths of a second. */
async function secondsOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
