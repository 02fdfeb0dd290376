import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReleaseStage } from '../../src/app/release.build.ts'
import { organisationHierarchy } from '../../src/core/organisation/index.ts'
import { freePort, migrate, openDatabase, type Database } from '../../src/platform/database/index.ts'
import { testCtx } from '../../src/testing/index.ts'
import { addRoadsAndReaders, OUTLETS } from '../province.ts'
import { Receiver, type Call } from '../receiver.ts'
import { wrongClock } from './clock.ts'
import { startKilledDatabase, type KilledDatabase } from './killed-database.ts'
import { officeOf, type Office } from './office.ts'
import { Program } from './program.ts'
import { openWire, type Wire } from './proxy.ts'

const ROOT = join(import.meta.dirname, '../..')
const program = (name: string) => join(import.meta.dirname, `${name}.ts`)

/** Everything that runs side by side and is killed: each reaches the other over a wire that can be cut. */
export interface Stage {
  readonly database: KilledDatabase
  readonly toDatabase: Wire
  readonly toReceiver: Wire
  readonly workers: readonly Program[]
  readonly receiver: Program
  readonly office: Program
  /** Holds by how many milliseconds all clocks are wrong. */
  readonly clockFile: string
  /** A way to the database of the harness itself, which nothing cuts; to be opened again after a kill. */
  people(): Promise<{ readonly office: Office; readonly db: Database['db']; close(): Promise<void> }>
  /** What the receiver counted, from its own journal. */
  counted(): Promise<Receiver>
  close(): Promise<void>
}

export interface StageOptions {
  readonly seed: number
  readonly workers: number
  /** Subscribers of the one list. */
  readonly subscribers?: number
  /** Folder of another PostgreSQL than the embedded one. */
  readonly programs?: string
  /** Where the receiver keeps its journal, when it stands on another machine than Loa. */
  readonly journal?: string
}

export async function openStage({ seed, workers, subscribers, programs, ...elsewhere }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-kills-'))
  await chmod(folder, 0o755)
  const [clockFile, data] = [join(folder, 'clock'), join(folder, 'loa')]
  const journal = elsewhere.journal ?? join(folder, 'journal')
  await mkdir(data)
  await writeFile(clockFile, '0')
  const database = await startKilledDatabase(join(folder, 'database'), programs)
  await migrate(database.url, join(ROOT, 'migrations'))
  await prepare(database.url, clockFile, subscribers)
  const receiverPort = await freePort()
  const toDatabase = await openWire(database.port)
  const toReceiver = await openWire(receiverPort)
  const url = Object.assign(new URL(database.url), { port: String(toDatabase.port) }).href
  // Starts of programs cost less when what was compiled is kept.
  const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const own = (name: string, args: readonly string[], ready: RegExp) =>
    new Program(name, () => [program(name), ...args], ready, env)
  return {
    database,
    toDatabase,
    toReceiver,
    clockFile,
    workers: Array.from({ length: workers }, () =>
      own('worker-process', [url, data, String(toReceiver.port), clockFile], /^working/m),
    ),
    receiver: own('receiver-process', [String(receiverPort), journal, String(seed)], /^listening/m),
    office: own('office-process', [url, data, String(seed), clockFile], /^working/m),
    async people() {
      const { db, close } = openDatabase(database.url, 4)
      const ctx = testCtx(db, { hierarchy: organisationHierarchy, clock: wrongClock(clockFile) })
      return { office: await officeOf(ctx), db, close }
    },
    counted: () => readJournal(journal),
    async close() {
      await toDatabase.close()
      await toReceiver.close()
      await database.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function prepare(url: string, clockFile: string, subscribers?: number): Promise<void> {
  const database = openDatabase(url, 4)
  const { ctx } = await openReleaseStage(wrongClock(clockFile), OUTLETS, { ...database, url })
  await addRoadsAndReaders(ctx, subscribers)
  await database.close()
}

async function readJournal(path: string): Promise<Receiver> {
  const receiver = new Receiver()
  for (const line of (await readFile(path, 'utf8').catch(() => '')).split('\n')) {
    if (!line) continue
    const entry = JSON.parse(line) as { took?: Call; fails?: boolean }
    if (!entry.took) continue
    receiver.take(entry.took)
    if (entry.fails) receiver.fail(entry.took.key)
  }
  return receiver
}
