import { execFile, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, link, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { exists } from './binaries.ts'
import { ownerFor, run, type Runner } from './runner.ts'

/** What it takes to run one PostgreSQL: its programs, its data, and as whom. */
export interface Cluster {
  readonly runner: Runner
  readonly programs: string
  readonly data: string
  readonly password: string
}

/** The password of this folder's database, random, readable by its owner alone; made when missing. */
export async function passwordOf(folder: string): Promise<string> {
  const path = join(folder, 'password')
  if (!(await exists(path))) {
    const draft = `${path}.${process.pid}`
    await writeFile(draft, randomBytes(24).toString('hex'), { mode: 0o600 })
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(draft)
  }
  return (await readFile(path, 'utf8')).trim()
}

/** Makes the data beside its place and then renames it: a kill in between leaves nothing that looks finished. */
export async function initialise(cluster: Cluster): Promise<void> {
  const { data, runner } = cluster
  if (await exists(join(data, 'PG_VERSION'))) return giveTo(runner, data)
  const folder = dirname(data)
  await clearDrafts(folder)
  const draft = `${data}.new.${process.pid}`
  const passwordFile = `${draft}.password`
  const owner = ownerFor(runner)
  if (owner !== null) await chown(folder, owner, owner)
  await writeFile(passwordFile, cluster.password, { mode: 0o600 })
  if (owner !== null) await chown(passwordFile, owner, owner)
  const names = ['-D', draft, '-U', 'loa', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  // ICU sorts Vietnamese rightly whatever locales the machine has.
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=vi-VN', '--no-instructions']
  const child = run(runner, join(cluster.programs, 'bin', 'initdb'), [...names, ...locale], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const complaint = lastWords(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  await rm(passwordFile, { force: true })
  if (code !== 0) throw new Error(`PostgreSQL could not make its files in ${folder}: ${complaint()}`)
  await putInPlace(draft, data)
}

/** The end of what a program says on its error stream. */
export function lastWords(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2_000)))
  child.on('error', (error) => (text += error.message))
  return () => text.trim()
}

async function putInPlace(draft: string, data: string): Promise<void> {
  await rename(draft, data).catch(async (error: NodeJS.ErrnoException) => {
    // Somebody started at the same moment and was first.
    await rm(draft, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  if (process.platform === 'win32') return
  const folder = await open(dirname(data), 'r')
  await folder.sync().finally(() => folder.close())
}

/** What starts that were killed have left. */
async function clearDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^data\.new\.(\d+)/.exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    // One that dies this moment still tidies up after itself; what is left then goes with the next start.
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The machine may have had user namespaces yesterday and none today: then the data changes hands. */
async function giveTo(runner: Runner, data: string): Promise<void> {
  const owner = ownerFor(runner)
  const { uid } = await stat(data)
  if (owner !== null && uid !== owner) {
    await promisify(execFile)('chown', ['-R', `${owner}:${owner}`, data])
  } else if (runner === 'ourselves' && process.platform !== 'win32' && uid !== process.getuid?.()) {
    throw new Error(`${data} belongs to user ${uid}; start Loa as that user, or: chown -R $(id -u) ${dirname(data)}`)
  }
}
