import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../core/audit/index.ts'
import { openTestDatabase, type TestDatabase } from '../testing/index.ts'

const KILLS = Number(process.env['LOA_KILLS'] ?? 5)
/** A whole import takes some 1.5 s on a small machine: kills fall all along it. */
const LONGEST_MS = 1_800

let database: TestDatabase
let folder: string
let sample: string
beforeAll(async () => {
  database = await openTestDatabase('province')
  folder = await mkdtemp(join(tmpdir(), 'loa-kill-import-'))
  sample = await readFile(new URL('../../examples/plans/mua-ban-nguoi-2024.txt', import.meta.url), 'utf8')
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function importUntil(file: string, killAfterMs: number | null): Promise<number | null> {
  const program = join(import.meta.dirname, '../testing/import-a-plan.ts')
  const child = spawn(process.execPath, [program, database.url, folder, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exit = once(child, 'exit')
  if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const [code] = (await exit) as [number | null]
  return code
}

interface Standing {
  readonly state: string
  readonly items: number
  readonly campaigns: number
  readonly tasks: number
}

async function plans(): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select state, (select count(*)::int from plan_item where plan_id = plan.id) as items,
      (select count(*)::int from campaign where plan_id = plan.id) as campaigns,
      (select count(*)::int from task join campaign on campaign.id = task.campaign_id where campaign.plan_id = plan.id) as tasks
    from plan order by imported_at`.execute(database.db)
  return rows
}

describe('an import that is killed', () => {
  test(
    `is whole or absent at every step, and done when it is run again, ${KILLS} times`,
    { timeout: KILLS * 20_000 },
    async () => {
      const whole = join(folder, 'whole.txt')
      await writeFile(whole, sample)
      expect(await importUntil(whole, null)).toBe(0)
      const [complete] = await plans()
      expect(complete).toMatchObject({ state: 'confirmed', campaigns: 1 })

      for (let kill = 0; kill < KILLS; kill++) {
        const file = join(folder, `${kill}.txt`)
        await writeFile(file, `${sample}\nBản ${kill}\n`)
        await importUntil(file, Math.round(LONGEST_MS * Math.random()))
        for (const plan of await plans()) expect(possible(complete!)).toContainEqual(plan)
        expect(await importUntil(file, null)).toBe(0)
        expect((await plans()).at(-1)).toEqual(complete)
      }
      expect(await plans()).toHaveLength(KILLS + 1)
      expect(await verifyAudit(database.db)).toMatchObject({ whole: true })
    },
  )
})

/** The only ways a plan may stand after a kill: taken in, read whole, or confirmed whole with all its tasks. */
const possible = (complete: Standing): Standing[] => [
  { state: 'reading', items: 0, campaigns: 0, tasks: 0 },
  { ...complete, state: 'read', campaigns: 0, tasks: 0 },
  complete,
]
