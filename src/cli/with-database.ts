import { join } from 'node:path'
import type { Config } from '../platform/config/index.ts'
import { migrate, openDatabase, reachDatabase, type Database } from '../platform/database/index.ts'

export const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/** Does some work on the database of this installation, running or started for it, and leaves it as it was found. */
export async function withDatabaseUrl<Result>(config: Config, work: (url: string) => Promise<Result>): Promise<Result> {
  const place = await reachDatabase(config)
  const stop = () => void place.stop().then(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    return await work(place.url)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
    await place.stop()
  }
}

/** The same with the newest tables and a pool. */
export async function withDatabase<Result>(
  config: Config,
  work: (db: Database['db']) => Promise<Result>,
): Promise<Result> {
  return withDatabaseUrl(config, async (url) => {
    await migrate(url, MIGRATIONS)
    const database = openDatabase(url, 4)
    try {
      return await work(database.db)
    } finally {
      await database.close()
    }
  })
}
