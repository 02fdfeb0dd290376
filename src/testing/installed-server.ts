import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded, type EmbeddedDatabase } from '../platform/database/index.ts'

/** Where Debian and Ubuntu keep the servers of each version: `15/bin/postgres`. */
const DEBIAN = '/usr/lib/postgresql'
const OLDEST = 15

/** The folder of the oldest PostgreSQL of this machine that we support; null where there is none. */
export const installedServer = oldestOf(DEBIAN)

/** Why nothing can be tested on a server of the machine's own, with the remedy; null when it can. */
export const whyNoServer = installedServer
  ? null
  : `no PostgreSQL ${OLDEST} or newer in ${DEBIAN}; get one with: apt-get install postgresql, or set DATABASE_URL_TEST to one whose user may make databases`

/**
 * Starts the oldest PostgreSQL of this machine that we support, as a server of its own in `folder`, on a free port of
 * 127.0.0.1.
 *
 * @throws Error where `whyNoServer` says why.
 */
export function startInstalledServer(folder: string, { durable = true } = {}): Promise<EmbeddedDatabase> {
  if (!installedServer) throw new Error(whyNoServer ?? '')
  return startEmbedded({ folder, programs: installedServer, durable })
}

function oldestOf(folder: string): string | null {
  if (!existsSync(folder)) return null
  const versions = readdirSync(folder)
    .map(Number)
    .filter((version) => version >= OLDEST && existsSync(join(folder, String(version), 'bin/postgres')))
  return versions.length > 0 ? join(folder, String(Math.min(...versions))) : null
}
