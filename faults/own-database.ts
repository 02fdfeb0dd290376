import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase, startEmbedded } from '../src/platform/database/index.ts'
import type { TestDatabase } from '../src/testing/index.ts'

/** Lets something be done with a migrated, empty database that is thrown away afterwards. */
export async function withOwnDatabase<Answer>(work: (database: TestDatabase) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-faults-'))
  const server = await startEmbedded({ folder, durable: false })
  try {
    await migrate(server.url, join(import.meta.dirname, '../migrations'))
    const database = openDatabase(server.url, 8)
    const answer = await work({ ...database, url: server.url })
    await database.close()
    return answer
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
