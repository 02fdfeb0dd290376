import pg from 'pg'
import { verifyAudit } from '../../core/audit/index.ts'
import { openDatabase, pendingMigrations } from '../../platform/database/index.ts'
import { MIGRATIONS } from '../with-database.ts'
import { bad, good, type Finding } from './checkup.ts'
import { aboutServer, type Server } from './server.store.ts'

const OLDEST_SERVER = 150_000
const CLOCKS_MAY_DIFFER_SECONDS = 30

/** What there is to say about the database at `url`. */
export async function aboutDatabase(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let server: Server
  try {
    server = await aboutServer(client)
  } finally {
    await client.end()
  }
  return [version(server), encoding(server), clock(server), await migrations(url)].concat(await audit(url))
}

function version({ version: found, number }: Server): Finding {
  return number >= OLDEST_SERVER
    ? good('doctor_server', { version: found })
    : bad('doctor_server_old', { version: found })
}

function encoding({ encoding: found, vietnamese }: Server): Finding {
  if (found !== 'UTF8') return bad('doctor_encoding', { encoding: found })
  return vietnamese ? good('doctor_locale') : bad('doctor_locale_missing')
}

function clock({ now }: Server): Finding {
  const seconds = Math.round(Math.abs(now.getTime() - Date.now()) / 1_000)
  return seconds > CLOCKS_MAY_DIFFER_SECONDS ? bad('doctor_clock_differs', { seconds }) : good('doctor_clock')
}

async function migrations(url: string): Promise<Finding> {
  const pending = await pendingMigrations(url, MIGRATIONS)
  return pending.length === 0 ? good('doctor_migrations') : bad('doctor_migrations_pending', { count: pending.length })
}

async function audit(url: string): Promise<Finding[]> {
  const { db, close } = openDatabase(url, 1)
  try {
    if ((await pendingMigrations(url, MIGRATIONS)).length > 0) return []
    const verdict = await verifyAudit(db)
    return [
      verdict.whole
        ? good('doctor_audit', { entries: verdict.entries })
        : bad('doctor_audit_broken', { at: verdict.brokenAt }),
    ]
  } finally {
    await close()
  }
}
