import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbedded } from './index.ts'

const KILLS = Number(process.env['LOA_KILLS'] ?? 5)
const ways = process.getuid?.() === 0 ? ['with user namespaces', 'none'] : ['with user namespaces']

describe.each(ways)('a start that is killed, %s', (namespaces) => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-kill-'))
    await chmod(folder, 0o755)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test(
    `leaves a database that opens and no process, ${KILLS} times`,
    { timeout: KILLS * 10_000, skip: process.platform !== 'linux' },
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        // A first start takes some 900 ms and a later one some 200: both are hit all along.
        const place = join(folder, String(Math.floor(kill / 5)))
        await killAfter(place, namespaces, Math.round((kill % 5 === 0 ? 900 : 300) * Math.random()))
        const database = await startEmbedded({ folder: place, allowNamespaces: namespaces !== 'none' })
        expect(database.started).toBe(true)
        await keepOneMore(database.url, (kill % 5) + 1)
        await database.stop()
        await expect.poll(() => processesOn(place), { timeout: 5_000 }).toEqual([])
      }
    },
  )
})

async function killAfter(folder: string, namespaces: string, ms: number): Promise<void> {
  const program = join(import.meta.dirname, 'start-and-wait.ts')
  const child = spawn(process.execPath, [program, folder, namespaces], { stdio: 'ignore' })
  const exit = once(child, 'exit')
  await new Promise((resolve) => setTimeout(resolve, 60 + ms))
  child.kill('SIGKILL')
  await exit
}

/** What was acknowledged before the kill is there after it. */
async function keepOneMore(url: string, expected: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table if not exists kept (number integer)')
  await client.query('insert into kept values (1)')
  const { rows } = await client.query<{ count: string }>('select count(*) from kept')
  await client.end()
  expect(Number(rows[0]?.count)).toBe(expected)
}

async function processesOn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return commands.filter((command) => command.includes('postgres') && command.includes(folder))
}
