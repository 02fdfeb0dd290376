import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../platform/config/index.ts'
import { loadReference } from '../app/reference.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import { migrate, openDatabase, startEmbedded } from '../platform/database/index.ts'
import { createDatabase, dropDatabase } from './server.ts'
import { testCtx } from './test-context.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    templateName: string
    /** A copy of that, in which the first province stands. */
    provinceName: string
    /** Why there is no migrated database; empty when there is one. Tests that need none still run. */
    migrationFault: string
  }
}

/**
 * One PostgreSQL for the whole run, with one migrated database that every test file copies, and one with a province.
 * `DATABASE_URL_TEST` uses a server that stands already, as the oldest version we support.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-test-'))
  await chmod(folder, 0o755)
  const standing = process.env['DATABASE_URL_TEST']
  const server = standing
    ? { url: standing, stop: async () => {} }
    : await startEmbedded({ folder, durable: false, allowNamespaces: readConfig().allowNamespaces })
  const templateName = `loa_template_${process.pid}`
  await dropDatabase(server.url, templateName)
  const url = await createDatabase(server.url, templateName)
  const provinceName = `loa_province_${process.pid}`
  await dropDatabase(server.url, provinceName)
  const migrations = join(import.meta.dirname, '../../migrations')
  const prepared = migrate(url, migrations).then(() => addProvince(server.url, provinceName, templateName))
  project.provide('migrationFault', await prepared.then(none, faultOf))
  project.provide('serverUrl', server.url)
  project.provide('templateName', templateName)
  project.provide('provinceName', provinceName)
  return async () => {
    if (standing) for (const name of [templateName, provinceName]) await dropDatabase(server.url, name)
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function addProvince(serverUrl: string, name: string, template: string): Promise<void> {
  const { db, close } = openDatabase(await createDatabase(serverUrl, name, template), 5)
  try {
    await loadReference(testCtx(db, { hierarchy: organisationHierarchy }))
  } finally {
    await close()
  }
}

function none(): string {
  return ''
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
