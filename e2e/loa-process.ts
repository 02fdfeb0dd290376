import { spawn } from 'node:child_process'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const READY = /http:\/\/localhost:\d+/
const STARTS_WITHIN_MS = 240_000

export interface LoaProcess {
  readonly address: string
  /** What it said until it was ready. */
  readonly printed: string
  /** Ends it, with those it started when it is killed; returns when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Runs `npm start` with these settings until it says its address. @throws Error with what it printed when it does not. */
export async function runLoa(settings: Readonly<Record<string, string>>): Promise<LoaProcess> {
  const app = spawn(process.execPath, ['bin/start.js'], {
    cwd: ROOT,
    // Ninety devices that nobody asks for are no story's: those that want them say so.
    env: { ...process.env, LOA_LANGUAGE: 'vi', LOA_PLAYED_DEVICES: '0', ...settings },
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
  return {
    address: READY.exec(printed)?.[0] ?? '',
    printed,
    async end(signal) {
      // The whole group: a start of ours runs the program of the newer Node below it.
      if (app.pid && signal === 'SIGKILL') process.kill(-app.pid, signal)
      else app.kill(signal)
      await ended
    },
  }
}

/** An empty folder that everybody may walk into: a database that runs as nobody then lies inside it, too. */
export async function openFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  await chmod(folder, 0o755)
  return folder
}
