import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../src/core/kernel/index.ts'
import { mislaid } from './ledger-rows.ts'
import { stillClock } from '../src/testing/index.ts'
import { FEW_OUTLETS, openReleaseStage, type ReleaseStage } from '../src/app/release.build.ts'

let stage: ReleaseStage
let releaseId: Id<'release'>
beforeAll(async () => {
  stage = await openReleaseStage(stillClock('2026-11-24T02:00:00Z'), FEW_OUTLETS)
  releaseId = await stage.released({
    channels: ['portal', 'loudspeaker'],
    startsAt: new Date('2026-11-24T00:00:00Z'),
    words: 'Phát',
  })
})
afterAll(() => stage.database.close())

test('what waits has its turn, whichever way a row moves', async () => {
  const { db } = stage.ctx
  expect(await mislaid(db)).toBe(0)
  const moves = [
    sql`update delivery set due_at = due_at + interval '1 hour' where release_id = ${releaseId}`,
    sql`update delivery set state = 'claimed', lease_until = now() where release_id = ${releaseId} and channel = 'portal'`,
    sql`update delivery set state = 'due', attempts = 1 where release_id = ${releaseId} and channel = 'portal'`,
    sql`update delivery set lane = 0 where release_id = ${releaseId}`,
    sql`update delivery set state = 'cancelled' where release_id = ${releaseId}`,
    sql`update delivery set state = 'planned', lease_until = null where release_id = ${releaseId}`,
  ]
  for (const move of moves) {
    expect(Number((await move.execute(db)).numAffectedRows)).toBeGreaterThan(0)
    expect(await mislaid(db)).toBe(0)
  }
})

test('a row goes to an outlet that is there, of a release that is there, and neither is ever erased', async () => {
  const { db } = stage.ctx
  const copied = (column: 'outlet_id' | 'release_id') => sql`
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, means, renditions, lane, state, due_at)
    select ${column === 'release_id' ? sql`gen_random_uuid()` : sql`release_id`}, gen_random_uuid(), channel,
      ${column === 'outlet_id' ? sql`gen_random_uuid()` : sql`outlet_id`}, organisation_id, place_id, means, renditions, lane, state, due_at
    from delivery where release_id = ${releaseId} limit 1`
  await expect(copied('outlet_id').execute(db)).rejects.toThrow('goes to no outlet')
  await expect(copied('release_id').execute(db)).rejects.toThrow('release_count')
  await expect(sql`delete from outlet`.execute(db)).rejects.toThrow('never erased')
  await expect(sql`delete from release where id = ${releaseId}`.execute(db)).rejects.toThrow('violates foreign key')
})

test('a second row for the same end of the same release is refused by the database', async () => {
  const again = sql`
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, means, renditions, lane, state, due_at)
    select release_id, gen_random_uuid(), channel, outlet_id, organisation_id, place_id, means, renditions, lane, state, due_at
    from delivery where release_id = ${releaseId} limit 1`
  await expect(again.execute(stage.ctx.db)).rejects.toThrow('duplicate key')
})
