import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../core/kernel/index.ts'

export interface Database {
  readonly db: Kysely<DB>
  close(): Promise<void>
}

const types = new pg.TypeOverrides()
// A day has no hour and no zone: pg would make it midnight of wherever the server stands.
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

/** A pool of at most `max` connections to the database at `url`; rows come in camelCase, days as ISO text. */
export function openDatabase(url: string, max = 20): Database {
  const pool = new pg.Pool({ connectionString: url, max, types })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // So would one that breaks in the midst of a transaction: the pool listens to idle ones alone, and the query is told anyway.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    // Statements of a millisecond whose costs are guessed high, as on tables never analysed, would be compiled each time anew.
    client.query('set jit = off').catch(() => {})
  })
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, close: () => db.destroy() }
}
