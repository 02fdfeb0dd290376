import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The PostgreSQL that holds this folder, or null when none does. What a killed one left behind is cleared away. */
export async function whoRuns(data: string): Promise<Postmaster | null> {
  const path = join(data, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (pid && (await isPostgres(pid, data))) return port ? { pid, port } : null
  // In a container numbers of processes come again after a restart: PostgreSQL would take a stranger for its double.
  await rm(path, { force: true })
  return null
}

/** Waits until the folder is free, as after a kill, when PostgreSQL is still closing it. False when it took too long. */
export async function waitUntilFree(data: string, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs
  while (await whoRuns(data)) {
    if (Date.now() > until) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

async function isPostgres(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return command.split('\0').includes(data)
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
