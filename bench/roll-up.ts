/**
 * A million facts over the national tree of 34 provinces, 3,321 communes and the 10,600 they were made of: what one province
 * and the whole country ask, on one indicator and on all, and the same on the old map. Nothing is summed beforehand.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openLoa } from '../src/app/loa.ts'
import { figures, questionOf, type Asked } from '../src/core/figure/index.ts'
import type { Db } from '../src/core/kernel/index.ts'
import { holdDatabase, migrate } from '../src/platform/database/index.ts'
import { percentile } from './ledger-stage.ts'

const FACTS = Number(process.env['FACTS'] ?? 1_000_000)
const RUNS = 20
const LIMIT_MS = 200

const folder = await mkdtemp(join(tmpdir(), 'loa-bench-'))
const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
await migrate(database.url, join(import.meta.dirname, '../migrations'))
const loa = await openLoa({ databaseUrl: database.url, folder })
const { db } = loa.contextOf({ kind: 'nobody' })
await fill(db)
const year = { from: '2025-12-15', to: '2026-12-14', mapDay: '2026-12-14' }
const [country, province] = await Promise.all(['P-0', 'P-1'].map(async (code) => idOf(db, code)))
const one = { indicators: ['attendances'] }
let over = false
await measure('a province by commune, one indicator', { ...year, ...one, place: province }, true)
await measure('a province by commune, every indicator', { ...year, place: province }, true)
await measure('a province by month, every indicator', { ...year, place: province, by: 'month' }, true)
await measure('the country on the old map, one indicator', { ...year, ...one, place: country, mapDay: '2025-01-01' })
await measure('the country by province, one indicator', { ...year, ...one, place: country }, true)
await measure('the country by province, every indicator', { ...year, place: country })
await measure('as of last month, the country, one indicator', {
  ...year,
  ...one,
  place: country,
  asOf: '2026-11-14T00:00:00Z',
})
await loa.close()
await database.stop()
await rm(folder, { recursive: true, force: true })
if (over) process.exitCode = 1

async function measure(name: string, asked: Asked, held = false): Promise<void> {
  const question = questionOf(asked)
  await figures(db, question)
  const took: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    await figures(db, question)
    took.push(performance.now() - began)
  }
  const [half, most] = [percentile(took, 0.5), percentile(took, 0.95)]
  const limit = held ? ` (limit ${LIMIT_MS})` : ''
  console.log(`${name}: p50 ${half.toFixed(0)} ms, p95 ${most.toFixed(0)} ms${limit}`)
  if (held && most > LIMIT_MS) over = true
}

async function idOf(inside: Db, code: string): Promise<string> {
  return (await inside.selectFrom('place').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
}

/** Places by codes P-…; facts without their activities, which no question reads. */
async function fill(inside: Db): Promise<void> {
  await sql`
    insert into place (id, code, kind, level, name, parent_id, alive_from, alive_to)
    select gen_random_uuid(), 'P-0', 'country', 'national', 'Nước', null::uuid, null::date, null::date
    union all select gen_random_uuid(), 'P-' || n, 'province', 'province', 'Tỉnh ' || n, null, null, null from generate_series(1, 34) as n
    union all select gen_random_uuid(), 'C-' || n, 'commune', 'commune', 'Xã ' || n, null, '2025-07-01', null from generate_series(1, 3321) as n
    union all select gen_random_uuid(), 'O-' || n, 'commune', 'commune', 'Xã cũ ' || n, null, null, '2025-06-30' from generate_series(1, 10600) as n`.execute(
    inside,
  )
  await sql`update place set parent_id = (select id from place where code = 'P-0') where level = 'province'`.execute(
    inside,
  )
  await sql`update place set parent_id = above.id from place as above
    where place.level = 'commune' and above.code = 'P-' || (1 + substr(place.code, 3)::int % 34)`.execute(inside)
  await sql`insert into place_succession (from_id, to_id, on_day)
    select old.id, new.id, '2025-07-01' from place as old join place as new
      on new.code = 'C-' || (1 + substr(old.code, 3)::int % 3321) where old.code like 'O-%'`.execute(inside)
  await sql`insert into organisation (id, code, name, kind, level, place_id)
    select gen_random_uuid(), 'B-' || code, name, 'peoples_committee', 'commune', id from place where code like 'C-%'`.execute(
    inside,
  )
  await inside.transaction().execute(async (quiet) => {
    await sql`set local session_replication_role = replica`.execute(quiet)
    await sql`
      with code as (select code, row_number() over (order by ordinal) - 1 as at, count(*) over () as many from indicator),
        body as (select id, place_id, row_number() over (order by code) - 1 as at from organisation)
      insert into activity_count (activity_id, indicator, breakdown, value, estimated, organisation_id, place_id, day, kind, channel,
        audience, language, grade, acceptance, since)
      select gen_random_uuid(), code.code, 'all', n % 300, n % 11 = 0, body.id, body.place_id, '2025-12-15'::date + n % 365, 'talk', 'talk',
        '', 'vi', (array['documented', 'declared', 'declared'])[1 + n % 3], n % 4, '2025-12-15'::timestamptz + (n % 365) * interval '1 day'
      from generate_series(1, ${FACTS}::int) as n
        join body on body.at = (hashint4(n) & 2147483647) % 3321
        join code on code.at = n % code.many`.execute(quiet)
  })
  await sql`vacuum analyze activity_count`.execute(inside)
  await sql`analyze`.execute(inside)
}
