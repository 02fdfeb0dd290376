import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../core/kernel/index.ts'

/** One connection that is told things by the database, and that can be asked. */
export interface Line {
  readonly db: Kysely<DB>
  /** True when it broke by itself: nothing is told by it any more. */
  isLost(): boolean
  close(): Promise<void>
}

export interface LineOptions {
  readonly url: string
  /** The channel of `LISTEN`. */
  readonly channel: string
  readonly onNotice: (payload: string) => void
  /** How long the database may take to let it in, and to answer each question. */
  readonly patienceMs: number
}

/** Opens it and listens; what is asked after that sees everything whose notice would have come before. */
export async function openLine({ url, channel, onNotice, patienceMs }: LineOptions): Promise<Line> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  let lost = false
  const lose = () => {
    lost = true
  }
  client.on('error', lose).on('end', lose)
  client.on('notification', ({ payload }) => onNotice(payload ?? ''))
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  // A pool of this one connection, which nobody gives back.
  const asked = Object.assign(client, { release() {} })
  const pool = { options: {}, connect: () => Promise.resolve(asked), end: () => client.end() }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, isLost: () => lost, close: () => client.end().catch(() => {}) }
}
