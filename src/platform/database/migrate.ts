import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const OLDEST_SERVER = 150_000
/** One number for `pg_advisory_lock`: two programs that start together migrate one after the other. */
const MIGRATION_LOCK = 7_265_510

interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/**
 * Brings the database to the newest of `folder` (`0001_name.sql` …), or to the one named `last`, forward only, each in
 * its own transaction.
 *
 * @returns the names it applied.
 * @throws Error with the remedy for a server that is too old, or an applied file that was changed since.
 */
export async function migrate(url: string, folder: string, last?: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(`create table if not exists migration (
      number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`)
    await client.query(`comment on table migration is 'Migration: which files of migrations/ this database has seen.'`)
    const applied = await client.query<{ number: number; sha256: string }>('select number, sha256 from migration')
    const known = new Map(applied.rows.map((row) => [row.number, row.sha256]))
    const done: string[] = []
    for (const migration of await migrationsIn(folder)) {
      if (last !== undefined && migration.name > last) break
      const sha256 = known.get(migration.number)
      if (sha256 === migration.sha256) continue
      if (sha256) throw changed(migration)
      await apply(client, migration)
      done.push(migration.name)
    }
    return done
  } finally {
    await client.end()
  }
}

/** Names of the migrations in `folder` that the database at `url` has not seen. */
export async function pendingMigrations(url: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: found } = await client.query<{ present: boolean }>(
      `select to_regclass('migration') is not null as present`,
    )
    const { rows } = found[0]?.present
      ? await client.query<{ number: number }>('select number from migration')
      : { rows: [] }
    const seen = new Set(rows.map((row) => row.number))
    return (await migrationsIn(folder)).filter(({ number }) => !seen.has(number)).map(({ name }) => name)
  } finally {
    await client.end()
  }
}

export async function migrationsIn(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`migrations/${migration.name} could not be applied; the database is as it was before it`, { cause })
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  const version = Number(rows[0]?.server_version_num)
  if (version < OLDEST_SERVER) {
    throw new Error(
      `Loa needs PostgreSQL 15 or newer, this is ${Math.floor(version / 10_000)}; upgrade it or unset DATABASE_URL`,
    )
  }
}

function changed(migration: Migration): Error {
  return new Error(
    `migrations/${migration.name} was changed after this database applied it; put the old text back and add a new file`,
  )
}
