import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const READY = /http:\/\/localhost:\d+/
const SIGN_IN = /^ {2}(\S+) +(\S+) /gm
const STARTS_WITHIN_MS = 120_000

export interface RunningApp {
  readonly address: string
  /** Where it keeps its database and files. */
  readonly folder: string
  /** Passwords by username, as the first start printed them. */
  readonly passwords: ReadonlyMap<string, string>
  /** Kills it without a word, as a power cut would, and starts it again on the same folder and port. */
  killAndStart(): Promise<void>
  stop(): Promise<void>
}

/** Starts all of Loa as `npm start` does, on an empty folder of its own and a free port, with these settings beside. */
export async function startApp(settings: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-e2e-'))
  const env = { ...process.env, LOA_DATA: folder, PORT: String(await freePort()), LOA_LANGUAGE: 'vi', ...settings }
  let running = await run(env)
  const { printed } = running
  const end = async (signal: NodeJS.Signals) => {
    // The whole group: a start of ours runs the program of the newer Node below it.
    if (running.app.pid && signal === 'SIGKILL') process.kill(-running.app.pid, signal)
    else running.app.kill(signal)
    await running.ended
  }
  return {
    address: READY.exec(printed)?.[0] ?? '',
    folder,
    passwords: new Map([...printed.matchAll(SIGN_IN)].map(([, name = '', password = '']) => [name, password])),
    async killAndStart() {
      await end('SIGKILL')
      running = await run(env)
    },
    async stop() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Run {
  readonly app: ChildProcess
  readonly ended: Promise<void>
  readonly printed: string
}

/** Runs it until it says its address. @throws Error with what it printed when it does not. */
async function run(env: NodeJS.ProcessEnv): Promise<Run> {
  const app = spawn(process.execPath, ['bin/start.js'], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  app.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  app.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()))
  const startedAt = Date.now()
  while (!READY.test(printed)) {
    if (app.exitCode !== null || Date.now() - startedAt > STARTS_WITHIN_MS) {
      app.kill('SIGTERM')
      await ended
      throw new Error(`Loa did not start; it said:\n${printed}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { app, ended, printed }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
