import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { makeEmpty } from './backup.ts'
import { sha256Of, writeManifest } from './manifest.ts'
import * as store from './table.store.ts'

export interface Exported {
  readonly takenAt: string
  readonly migrationHead: string
  readonly tables: readonly { name: string; file: string; columns: readonly string[]; rows: number; sha256: string }[]
}

/**
 * Writes every table, as all stood at one moment, as CSV with a header line for spreadsheets and other programs:
 * RFC 4180, UTF-8, empty for null, moments with their zone. Tables whose comment says `Never exported.` (passwords, sessions, second factors) are not among it.
 *
 * @throws Refusal `backup.target_not_empty`
 */
export async function exportTables(databaseUrl: string, target: string): Promise<Exported> {
  await makeEmpty(target)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = []
    const secret = await store.neverExported(client)
    const sealed = await store.columnsNeverExported(client)
    for (const whole of (await store.ourTables(client)).filter(({ name }) => !secret.has(name))) {
      const table = { ...whole, columns: whole.columns.filter((column) => !sealed.has(`${whole.name}.${column}`)) }
      const file = `${table.name}.csv`
      const rows = client.query(copyTo(store.copyOut(table, 'with (format csv, header)')))
      await pipeline(rows, createWriteStream(join(target, file), { mode: 0o600 }))
      const sha256 = await sha256Of(join(target, file))
      tables.push({ name: table.name, file, columns: table.columns, rows: rows.rowCount, sha256 })
    }
    const exported = { takenAt: new Date().toISOString(), migrationHead: await store.migrationHead(client), tables }
    await writeManifest(target, exported)
    return exported
  } finally {
    await client.end()
  }
}
