import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditLog, verifyAudit } from '../../core/audit/index.ts'
import { job, newId, type Refusal } from '../../core/kernel/index.ts'
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { openFileStore } from '../files/file-store.ts'
import { openJobs } from '../jobs/job-queue.ts'
import { backUp, exportTables, restore } from './index.ts'

const migrations = join(import.meta.dirname, '../../../migrations')
const waitingJob = job('test.wait', { payload: v.object({ id: v.string() }), run: async () => {} })
let folder = ''
let source: TestDatabase

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-backup-'))
  source = await openTestDatabase()
  const day = new Date('2023-07-13T02:00:00Z')
  for (const name of ['Hoà', 'tab\tand\nline', '\\N']) {
    const entry = { action: 'test', subject: 'plan', subjectId: null, facts: { name } }
    await auditLog.append(source.db, day, { kind: 'system', name: 'test' }, entry)
  }
  const person = { id: newId<'person'>(), username: 'hoa', name: 'Nguyễn Thị Hoà' }
  await source.db.insertInto('person').values(person).execute()
  const jobs = await openJobs(source.url, { supervise: false })
  await jobs.prepare([waitingJob])
  await jobs.add(source.db, waitingJob, { id: 'waits' })
  await jobs.close()
  await writeFile(join(folder, 'secret.key'), randomBytes(32))
  await openFileStore(join(folder, 'files')).put(Buffer.from('kế hoạch'))
})
afterAll(async () => {
  await source.close()
  await rm(folder, { recursive: true, force: true })
})

test('a backup restored elsewhere is the same, jobs and files too, and its audit is whole', async () => {
  const target = await openEmptyDatabase()
  const backup = join(folder, 'round-trip')
  const taken = await backUp(placesOf(backup))
  const restored = join(folder, 'restored')
  await restore({ ...restorePlaces(backup, target.url), filesFolder: restored, keyFile: join(folder, 'restored.key') })

  const again = await backUp({
    databaseUrl: target.url,
    filesFolder: restored,
    keyFile: join(folder, 'restored.key'),
    target: join(folder, 'again'),
  })
  const essence = ({ tables, sequences, files, keySha256 }: typeof taken) => ({
    tables: tables.map(({ name, rows }) => ({ name, rows })),
    sequences,
    files,
    keySha256,
  })
  expect(taken.keySha256).not.toBeNull()
  expect(essence(again)).toEqual(essence(taken))
  expect(taken.tables.find(({ name }) => name === 'job')?.rows).toBe(1)
  expect(await verifyAudit(target.db)).toMatchObject({ whole: true, entries: 3 })
  await target.close()
})

test('what is there already is never written over', async () => {
  const backup = join(folder, 'kept')
  await backUp(placesOf(backup))
  expect(await codeOf(backUp(placesOf(backup)))).toBe('backup.target_not_empty')
  expect(await codeOf(restore(restorePlaces(backup, source.url)))).toBe('restore.target_not_empty')
})

test('a backup that was damaged, is not finished, or comes from a newer Loa is refused and nothing is kept', async () => {
  const target = await openEmptyDatabase()
  const backup = join(folder, 'damaged')
  await backUp(placesOf(backup))
  const manifest = await readFile(join(backup, 'manifest.json'), 'utf8')
  await writeFile(
    join(backup, 'manifest.json'),
    manifest.replace(/"migrationHead": ".*"/, '"migrationHead": "9999_x.sql"'),
  )
  expect(await codeOf(restore(restorePlaces(backup, target.url)))).toBe('restore.newer')
  await writeFile(join(backup, 'manifest.json'), manifest)
  await appendFile(join(backup, 'tables/public.person.copy.gz'), 'x')
  expect(await codeOf(restore(restorePlaces(backup, target.url)))).toBe('restore.damaged')
  await rm(join(backup, 'manifest.json'))
  expect(await codeOf(restore(restorePlaces(backup, target.url)))).toBe('restore.no_backup')
  await target.close()
})

test('an export holds every table with its header and nothing that lets anybody in', async () => {
  const target = join(folder, 'export')
  const exported = await exportTables(source.url, target)
  const people = await readFile(join(target, 'person.csv'), 'utf8')
  expect(people.split('\n')[0]).toMatch(/^id,username,name/)
  expect(people).toContain('Nguyễn Thị Hoà')
  const words = exported.tables.flatMap(({ name, columns }) => [name, ...columns])
  expect(words.filter((word) => /password|secret|token|recovery|^(session|credential)$/.test(word))).toEqual([])
  expect(words).toContain('audit_entry')
})

function placesOf(target: string) {
  return { databaseUrl: source.url, filesFolder: join(folder, 'files'), keyFile: join(folder, 'secret.key'), target }
}

function restorePlaces(backup: string, databaseUrl: string) {
  const makeJobTables = async () => {
    const jobs = await openJobs(databaseUrl, { supervise: false })
    await jobs.prepare([waitingJob])
    await jobs.close()
  }
  return {
    databaseUrl,
    filesFolder: join(folder, 'unused'),
    keyFile: join(folder, 'unused.key'),
    source: backup,
    migrations,
    makeJobTables,
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (refusal: Refusal) => refusal.code,
  )
}
