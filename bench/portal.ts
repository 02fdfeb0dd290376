/**
 * Public pages a second: from memory, from memory while something is published each second, and made anew for each
 * reader; beside nginx serving the very same bytes. All on loopback; `wrk` asks from a process of its own. Besides the
 * pages a second of the clock it says how many a second of processor time made: a machine that others use too makes the
 * first smaller, not the second.
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
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
import { nginxWith } from './nginx.ts'

const ARTICLES = 1_000
const ROUNDS = 3
const SECONDS = 4
const CONNECTIONS = 32
const CACHED_AT_LEAST = 1_500
const PAGE_AT_MOST_BYTES = 50 * 1_024

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
    const rival = await nginxWith(join(folder, `nginx-${bytes.length}`), { page: bytes, 'page.gz': zipped })
    if (rival) closers.push(rival.stop)
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
    await rival?.stop()
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
