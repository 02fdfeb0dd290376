import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecretBox } from '../../platform/secrets/secret-box.ts'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { castOf, codeAt } from './cast.build.ts'
import {
  changePassword,
  confirmSecondFactor,
  confirmTwoFactor,
  personOfToken,
  resetPassword,
  signIn,
  startTwoFactor,
} from './index.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'loa-stay-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test('after all of it no table holds a password, a token, a secret or a code, and the record names each step', async () => {
  const cast = castOf(database, { secrets: openSecretBox(join(folder, 'secret.key')) })
  const hoa = await cast.someone('hoa')
  const password = 'đường lên bản xa'
  const guess = 'mật khẩu gõ nhầm chỗ'
  await expect(signIn(cast.stranger(), { username: guess, password: guess })).rejects.toThrow('identity.wrong')
  const first = await signIn(cast.stranger(), hoa)
  const { secret } = await startTwoFactor(hoa.ctx, {})
  const { codes } = await confirmTwoFactor(hoa.ctx, { code: codeAt(secret, cast.clock) })
  const sessionId = (await personOfToken(database.db, first.token, cast.clock.now()))?.sessionId ?? ''
  await changePassword(hoa.ctx, { old: hoa.password, password, sessionId })
  const second = await signIn(cast.stranger(), { username: 'hoa', password })
  await confirmSecondFactor(cast.stranger(), { token: second.token, code: codes[0] ?? '' })
  const reset = await resetPassword(cast.system(), { personId: hoa.id })

  const everything = await dump()
  const secrets = [hoa.password, password, guess, reset.password, first.token, second.token, secret, ...codes]
  for (const kept of secrets) expect(everything.join('\n')).not.toContain(kept)
  const { rows } = await sql<{ action: string }>`select action from audit_entry order by seq`.execute(database.db)
  expect(rows.map(({ action }) => action.replace('identity.', ''))).toEqual([
    'add_person',
    'sign_in_failed',
    'sign_in',
    'start_two_factor',
    'confirm_two_factor',
    'change_password',
    'sign_in',
    'second_factor',
    'reset_password',
  ])
})

/** Every row of every table as text. */
async function dump(): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(database.db)
  const lines: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(database.db)
    lines.push(...rows.map(({ row }) => row))
  }
  return lines
}
