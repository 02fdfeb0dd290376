import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { openDatabase, type Database } from '../platform/database/index.ts'
import { createDatabase, dropDatabase } from './server.ts'

export interface TestDatabase extends Database {
  readonly url: string
}

/** A migrated, empty database of the test file's own; `close` drops it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const fault = inject('migrationFault')
  if (fault) throw new Error(fault)
  const serverUrl = inject('serverUrl')
  const name = `loa_${randomBytes(6).toString('hex')}`
  const url = await createDatabase(serverUrl, name, inject('templateName'))
  const database = openDatabase(url, 5)
  return {
    url,
    db: database.db,
    async close() {
      await database.close()
      await dropDatabase(serverUrl, name)
    },
  }
}
