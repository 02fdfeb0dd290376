/** The tests on a PostgreSQL server: that of DATABASE_URL_TEST, else the oldest one installed here, started for them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInstalledServer } from '../src/testing/installed-server.ts'

const standing = process.env['DATABASE_URL_TEST']
const folder = await mkdtemp(join(tmpdir(), 'loa-server-'))
await chmod(folder, 0o755)
const server = standing ? null : await startInstalledServer(folder, { durable: false })
try {
  const env = { ...process.env, DATABASE_URL_TEST: standing ?? server?.url }
  const args = [join(import.meta.dirname, 'test.js'), ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit', env })
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
} finally {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}
