import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { Refusal } from '../../core/kernel/refusal.ts'
import { sha256Of, writeManifest, type Manifest, type ManifestTable } from './manifest.ts'
import * as store from './table.store.ts'

export interface BackupPlaces {
  readonly databaseUrl: string
  /** Folder of the files by content hash. */
  readonly filesFolder: string
  /** The key that opens the sealed secrets: without it nobody's second factor works after a restore. */
  readonly keyFile: string
  /** Made when missing; refused when it holds anything. */
  readonly target: string
}

/**
 * Writes everything to a folder while Loa runs: all tables as they stood at one moment, the jobs that wait, and the
 * files. Files are kept before the rows that name them and never taken away, so copying them after the rows is whole.
 *
 * @throws Refusal `backup.target_not_empty`
 */
export async function backUp({ databaseUrl, filesFolder, keyFile, target }: BackupPlaces): Promise<Manifest> {
  await makeEmpty(target)
  await mkdir(join(target, 'tables'), { mode: 0o700 })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  let manifest: Manifest
  try {
    await client.query('begin isolation level repeatable read read only')
    const jobs = await store.jobTable(client)
    const tables: ManifestTable[] = []
    for (const table of [...(await store.ourTables(client)), ...(jobs ? [jobs] : [])]) {
      tables.push(await writeTable(client, target, table))
    }
    manifest = {
      format: 1,
      takenAt: new Date().toISOString(),
      serverVersion: await store.serverVersion(client),
      migrationHead: await store.migrationHead(client),
      tables,
      sequences: await store.sequencesOf(client),
      files: [],
      keySha256: null,
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
  const files = await copyFiles(filesFolder, join(target, 'files'))
  manifest = { ...manifest, files, keySha256: await copyKey(keyFile, join(target, KEY_IN_BACKUP)) }
  await writeManifest(target, manifest)
  return manifest
}

/** Its name in a backup. */
export const KEY_IN_BACKUP = 'secret.key'

/** @throws Refusal `backup.target_not_empty` */
export async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Refusal('backup.target_not_empty', { folder })
}

async function writeTable(client: pg.Client, target: string, table: store.StoredTable): Promise<ManifestTable> {
  const file = `tables/${table.schema}.${table.name}.copy.gz`
  const rows = client.query(copyTo(store.copyOut(table)))
  await pipeline(rows, createGzip(), createWriteStream(join(target, file), { mode: 0o600, flush: true }))
  return {
    ...table,
    columns: [...table.columns],
    rows: rows.rowCount,
    file,
    sha256: await sha256Of(join(target, file)),
  }
}

async function copyKey(from: string, to: string): Promise<string | null> {
  const key = await readFile(from).catch(() => null)
  if (key === null) return null
  await writeFile(to, key, { mode: 0o600, flush: true })
  return sha256Of(to)
}

async function copyFiles(from: string, to: string): Promise<string[]> {
  await mkdir(to, { mode: 0o700 })
  const copied: string[] = []
  for (const sha256 of await filesIn(from)) {
    const [folder, name] = [sha256.slice(0, 2), sha256.slice(2)]
    await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
    await copyFile(join(from, folder, name), join(to, folder, name))
    copied.push(sha256)
  }
  return copied
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names
    .map((name) => name.replace(/[\\/]/g, ''))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .sort()
}
