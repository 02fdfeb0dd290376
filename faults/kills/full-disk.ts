import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ended } from './end-in-peace.ts'

export interface FullDiskRun extends Ended {
  /** How often the disk was full. */
  readonly full: number
}

/** Why no disk can be filled here, with the remedy; null when one can. */
export function whyNoDisk(): string | null {
  if (process.platform !== 'linux') return 'a disk of its own is made on Linux alone'
  if (process.getuid?.() !== 0) return 'run it as root, as in a container: only root may mount a small disk'
  return spawnSync('unshare', ['-m', 'true']).status === 0
    ? null
    : 'allow mount namespaces (CAP_SYS_ADMIN) and install util-linux'
}

/** Runs all of it on a small disk that fills up again and again. */
export async function runFullDisk(seed: number): Promise<FullDiskRun> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-disk-'))
  await chmod(folder, 0o755)
  const disk = await mkdtemp(join(folder, 'small-'))
  const program = join(import.meta.dirname, 'full-disk-process.ts')
  const child = spawn('unshare', ['-m', process.execPath, program, String(seed), disk, join(folder, 'journal')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  await rm(folder, { recursive: true, force: true })
  if (code !== 0) throw new Error('what ran on the small disk did not come to its end; see above')
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as FullDiskRun
}
