import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import { auditLog, verifyAudit } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

async function append(facts: Record<string, string | number>): Promise<void> {
  const ctx = testCtx(database.db, { clock: stillClock('2026-07-01T01:02:03.456Z') })
  await ctx.db.transaction().execute((db) =>
    auditLog.append(db, ctx.clock.now(), ctx.actor, {
      action: 'plan.import',
      subject: 'plan',
      subjectId: 'x',
      facts,
    }),
  )
}

/** As somebody with the keys of the database could: past the trigger. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await database.db.transaction().execute(async (db) => {
    await sql`alter table audit_entry disable trigger all`.execute(db)
    await statement.execute(db)
    await sql`alter table audit_entry enable trigger all`.execute(db)
  })
}

describe('the record', () => {
  test('is whole after many appended at once, facts in any order', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => append({ zebra: n, alpha: `Đền ơn ${n}` })))
    expect(await verifyAudit(database.db)).toMatchObject({ whole: true, entries: 30 })
  })

  test('refuses to be changed, emptied or shortened by the application', async () => {
    for (const statement of [
      sql`update audit_entry set action = 'x'`,
      sql`delete from audit_entry`,
      sql`truncate audit_entry`,
    ]) {
      await expect(statement.execute(database.db)).rejects.toThrow('append-only')
    }
  })

  test('shows where a content was changed behind its back', async () => {
    await tamper(sql`update audit_entry set facts = '{"alpha":"khác"}' where seq = 12`)
    expect(await verifyAudit(database.db)).toMatchObject({ whole: false, brokenAt: 12, reason: 'content' })
  })

  test('shows where an entry was taken out', async () => {
    await tamper(sql`delete from audit_entry where seq = 5`)
    expect(await verifyAudit(database.db)).toMatchObject({ whole: false, brokenAt: 6, reason: 'gap' })
  })
})
