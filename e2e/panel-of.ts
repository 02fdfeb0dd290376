import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../src/cli/main.ts')

export interface PanelDevice {
  /** Every line that the panel was given, the newest last. */
  lines(): string[]
  /** Returns when the program has ended. */
  ended(): Promise<void>
  stop(): Promise<void>
}

/** Enrols a device of a board by its code, as `loa board` does on a machine of its own, and lets it write to a panel. */
export async function runPanel(address: string, code: string): Promise<PanelDevice> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-panel-'))
  const lamps = join(folder, 'lamps')
  writeFileSync(lamps, '')
  const loa = (...args: string[]) =>
    spawn(process.execPath, [MAIN, 'board', ...args, '--data', join(folder, 'device')], { stdio: 'inherit' })
  const [exit] = (await once(loa('enrol', address, code), 'exit')) as [number]
  if (exit !== 0) throw new Error(`the device did not enrol: ${exit}`)
  const running: ChildProcess = loa('run', '--line-to', lamps)
  const gone = once(running, 'exit')
  return {
    lines: () => readFileSync(lamps, 'utf8').split('\n').slice(0, -1),
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
