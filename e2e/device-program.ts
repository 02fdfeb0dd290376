import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../src/cli/main.ts')

export interface DeviceProgram {
  /** Its own, with nothing else in it but what the device keeps. */
  readonly folder: string
  /** What it has printed, line by line. */
  printed(): string[]
  /** Returns when the program has ended. */
  ended(): Promise<void>
  stop(): Promise<void>
}

/** Enrols a device as `loa` does on a machine of its own, with what it is given of address and code, and runs it. */
export async function runDeviceProgram(
  kind: 'speaker' | 'board',
  given: readonly string[],
  options: (folder: string) => readonly string[] = () => [],
): Promise<DeviceProgram> {
  const folder = await mkdtemp(join(tmpdir(), `loa-${kind}-`))
  const loa = (...args: string[]) =>
    spawn(process.execPath, [MAIN, kind, ...args, '--data', join(folder, 'device')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  const [exit] = (await once(loa('enrol', ...given), 'exit')) as [number]
  if (exit !== 0) throw new Error(`the device did not enrol: ${exit}`)
  const running = loa('run', ...options(folder))
  let said = ''
  running.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = once(running, 'exit')
  return {
    folder,
    printed: () => said.split('\n').slice(0, -1),
    async ended() {
      await gone
    },
    async stop() {
      running.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
