import type { Kysely } from 'kysely'
import type { DB } from './database.gen.ts'

/** A connection or a transaction; which one it is, the action decides. */
export type Db = Kysely<DB>
