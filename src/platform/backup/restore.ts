import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../../core/kernel/refusal.ts'
import { migrate, migrationsIn } from '../database/index.ts'
import { openFileStore } from '../files/file-store.ts'
import { KEY_IN_BACKUP } from './backup.ts'
import { readManifest, sha256Of, type Manifest, type ManifestTable } from './manifest.ts'
import * as store from './table.store.ts'

export interface RestorePlaces {
  readonly databaseUrl: string
  readonly filesFolder: string
  /** Where the key goes that opens the sealed secrets. */
  readonly keyFile: string
  /** Folder of the backup. */
  readonly source: string
  /** Folder of the migrations this Loa knows. */
  readonly migrations: string
  /** Makes the tables of the job queue, which no migration of ours does. */
  readonly makeJobTables: () => Promise<void>
}

/**
 * Fills an empty database and the files from a backup. All rows come in one transaction: a restore that fails or is
 * killed leaves the database empty, and can be run again.
 *
 * @throws Refusal `restore.no_backup`, `.damaged`, `.newer`, `.target_not_empty`
 */
export async function restore(places: RestorePlaces): Promise<Manifest> {
  const manifest = await readManifest(places.source)
  if (!manifest) throw new Refusal('restore.no_backup', { folder: places.source })
  await refuseDamaged(places.source, manifest)
  const client = new pg.Client({ connectionString: places.databaseUrl })
  await client.connect()
  try {
    await refuseFilled(client)
    await migrateAsFarAs(manifest, places)
    await places.makeJobTables()
    await restoreFiles(places, manifest)
    await client.query('begin')
    const putRulesBack = await store.liftRules(client)
    for (const table of manifest.tables) await readTable(client, places.source, table)
    for (const sequence of manifest.sequences) await store.setSequence(client, sequence)
    await putRulesBack()
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(places.databaseUrl, places.migrations)
  return manifest
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const [table] = await store.filledTables(client)
  if (table) throw new Refusal('restore.target_not_empty', { table })
}

/** The rows fit the tables of the day they were taken; what came after is applied to them when they are in. */
async function migrateAsFarAs({ migrationHead }: Manifest, { databaseUrl, migrations }: RestorePlaces): Promise<void> {
  const known = await migrationsIn(migrations)
  if (!known.some(({ name }) => name === migrationHead))
    throw new Refusal('restore.newer', { migration: migrationHead })
  await migrate(databaseUrl, migrations, migrationHead)
}

async function refuseDamaged(source: string, manifest: Manifest): Promise<void> {
  const kept = manifest.files.map((sha256) => ({ file: `files/${sha256.slice(0, 2)}/${sha256.slice(2)}`, sha256 }))
  const key = manifest.keySha256 === null ? [] : [{ file: KEY_IN_BACKUP, sha256: manifest.keySha256 }]
  for (const { file, sha256 } of [...manifest.tables, ...kept, ...key]) {
    const found = await sha256Of(join(source, file)).catch(() => null)
    if (found !== sha256) throw new Refusal('restore.damaged', { file })
  }
}

async function restoreFiles({ source, filesFolder, keyFile }: RestorePlaces, manifest: Manifest): Promise<void> {
  const { files, keySha256 } = manifest
  const kept = openFileStore(filesFolder)
  for (const sha256 of files) await kept.put(await readFile(join(source, 'files', sha256.slice(0, 2), sha256.slice(2))))
  if (keySha256 === null) return
  await mkdir(dirname(keyFile), { recursive: true })
  await copyFile(join(source, KEY_IN_BACKUP), keyFile)
}

async function readTable(client: pg.Client, source: string, table: ManifestTable): Promise<void> {
  const rows = client.query(copyFrom(store.copyIn(table)))
  await pipeline(createReadStream(join(source, table.file)), createGunzip(), rows)
  if (rows.rowCount !== table.rows) throw new Refusal('restore.damaged', { file: table.file })
}
