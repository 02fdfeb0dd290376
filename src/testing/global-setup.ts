import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, startEmbedded } from '../platform/database/index.ts'
import { createDatabase } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    templateName: string
  }
}

/**
 * One PostgreSQL for the whole run, with one migrated database that every test file copies.
 * `DATABASE_URL_TEST` uses a server that stands already, as the oldest version we support.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-test-'))
  const server = process.env['DATABASE_URL_TEST']
    ? { url: process.env['DATABASE_URL_TEST'], stop: async () => {} }
    : await startEmbedded({ folder, durable: false })
  const templateName = `loa_template_${process.pid}`
  const url = await createDatabase(server.url, templateName)
  await migrate(url, join(import.meta.dirname, '../../migrations'))
  project.provide('serverUrl', server.url)
  project.provide('templateName', templateName)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
