import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { openDatabase, type Database } from '../platform/database/index.ts'
import type {} from './global-setup.ts' // what it provides
import { createDatabase, dropDatabase } from './server.ts'

export interface TestDatabase extends Database {
  readonly url: string
}

/**
 * A migrated database of the test file's own, empty or with places, organisations and facts of the first province as
 * `loadReference` puts them in; `close` drops it.
 */
export async function openTestDatabase(holding: 'nothing' | 'province' = 'nothing'): Promise<TestDatabase> {
  const fault = inject('migrationFault')
  if (fault) throw new Error(fault)
  return open(holding === 'province' ? inject('provinceName') : inject('templateName'))
}

/** A database without any table, for tests of what makes them; `close` drops it. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  return open('template0')
}

async function open(template: string): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl')
  const name = `loa_${randomBytes(6).toString('hex')}`
  const url = await createDatabase(serverUrl, name, template)
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
