import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../../testing/index.ts'
import { action, InputRefusal, newId, Refusal, type Hierarchy, type Id } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await sql`create table note (text text not null)`.execute(database.db)
})
afterAll(() => database.close())

const province = newId<'organisation'>()
const commune = newId<'organisation'>()
const stranger = newId<'organisation'>()
const hierarchy: Hierarchy = {
  above: async (_db, organisationId) => new Set(organisationId === commune ? [commune, province] : [organisationId]),
  ofPerson: async () => new Set(),
}

const write = action('note.write', {
  input: v.object({
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20)),
    organisationId: v.custom<Id<'organisation'>>(() => true),
    fail: v.optional(v.boolean(), false),
  }),
  may: { who: 'roles', roles: ['leader'], within: (_ctx, input) => input.organisationId },
  records: ({ text }) => ({ subject: 'note', subjectId: null, facts: { length: text.length } }),
  async run(ctx, { text, fail }) {
    await sql`insert into note (text) values (${text})`.execute(ctx.db)
    if (fail) throw new Refusal('note.no')
    return text
  },
})

function leaderOf(organisationId: Id<'organisation'>) {
  return person(newId<'person'>(), [{ role: 'leader', organisationId, delegationId: null }])
}

async function counts() {
  const { rows } = await sql<{ notes: number; entries: number }>`
    select (select count(*)::int from note) as notes, (select count(*)::int from audit_entry) as entries`.execute(
    database.db,
  )
  return rows[0]
}

describe('an action', () => {
  test('changes and records in one transaction', async () => {
    const ctx = testCtx(database.db, { actor: leaderOf(province), hierarchy })
    expect(await write(ctx, { text: ' xin chào ', organisationId: commune })).toBe('xin chào')
    expect(await counts()).toEqual({ notes: 1, entries: 1 })
  })

  test('leaves neither change nor entry when it refuses on the way', async () => {
    const ctx = testCtx(database.db, { actor: leaderOf(province), hierarchy })
    await expect(write(ctx, { text: 'không', organisationId: commune, fail: true })).rejects.toMatchObject({
      code: 'note.no',
    })
    expect(await counts()).toEqual({ notes: 1, entries: 1 })
  })

  test('says which field is wrong, and how', async () => {
    const ctx = testCtx(database.db, { actor: leaderOf(province), hierarchy })
    const refusal = await write(ctx, { text: 'x'.repeat(21), organisationId: commune }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(InputRefusal)
    expect((refusal as InputRefusal).problems).toMatchObject([
      { code: 'input.max_length', field: 'text', facts: { limit: 20 } },
    ])
  })

  test.each([
    ['somebody not signed in', { kind: 'nobody' } as const, 'access.sign_in'],
    ['somebody without the role', person(newId<'person'>()), 'access.role'],
    ['a leader of another organisation', leaderOf(stranger), 'access.organisation'],
  ])('refuses %s, and greys the button with the same reason', async (_who, actor, code) => {
    const ctx = testCtx(database.db, { actor, hierarchy })
    const input = { text: 'a', organisationId: commune, fail: false }
    await expect(write(ctx, input)).rejects.toMatchObject({ code })
    expect(await write.whyNot(ctx, input)).toMatchObject({ code })
  })
})
