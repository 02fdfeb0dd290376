import { sql } from 'kysely'
import type { Db } from '../../src/core/kernel/index.ts'

/**
 * A country by codes: 34 provinces `P-…`, their communes `C-…`, the ones those were made of `O-…`, a body for each commune
 * `B-…`, 11,000 stations `S-…` and so many facts, each of an activity of its own.
 */
export async function fillCountry(inside: Db, facts: number): Promise<void> {
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
    await sql`insert into outlet (id, code, name, kind, channel, means, place_id, organisation_id, languages)
      select gen_random_uuid(), 'S-' || n, 'Đài ' || n, 'station', 'loudspeaker', 'machine', body.place_id, body.id, '{vi}'
      from generate_series(1, 11000) as n join organisation as body on body.code = 'B-C-' || (1 + n % 3321)`.execute(
      quiet,
    )
    await sql`insert into station (outlet_id, carriage) select id, 'ip' from outlet where code like 'S-%'`.execute(
      quiet,
    )
    await sql`
      with code as (select code, row_number() over (order by ordinal) - 1 as at, count(*) over () as many from indicator),
        body as (select id, place_id, row_number() over (order by code) - 1 as at from organisation)
      insert into activity_count (activity_id, indicator, breakdown, value, estimated, organisation_id, place_id, day, kind, channel,
        audience, language, grade, acceptance, since)
      select gen_random_uuid(), code.code, 'all', n % 300, n % 11 = 0, body.id, body.place_id, '2025-12-15'::date + n % 365, 'talk', 'talk',
        '', 'vi', (array['documented', 'declared', 'declared'])[1 + n % 3], n % 4, '2025-12-15'::timestamptz + (n % 365) * interval '1 day'
      from generate_series(1, ${facts}::int) as n
        join body on body.at = (hashint4(n) & 2147483647) % 3321
        join code on code.at = n % code.many`.execute(quiet)
    await sql`
      insert into activity (id, kind, organisation_id, owed_to, place_id, day, topic, counts, state, acceptance, grade, sent_through,
        made_at, received_at)
      select activity_id, kind, organisation_id, organisation_id, place_id, day, 'Phòng, chống mua bán người', '[]',
        case when acceptance = 0 then 'sent' else 'accepted' end, acceptance, grade, 'form', since, since from activity_count`.execute(
      quiet,
    )
  })
  await sql`vacuum analyze activity_count, activity`.execute(inside)
  await sql`analyze`.execute(inside)
}

/** One more activity with its number, as one that was just sent in. */
export async function addFact(inside: Db): Promise<void> {
  await sql`
    with sent as (
      insert into activity (id, kind, organisation_id, owed_to, place_id, day, topic, counts, state, acceptance, grade, sent_through,
        made_at, received_at)
      select gen_random_uuid(), kind, organisation_id, owed_to, place_id, day, topic, counts, state, acceptance, grade, sent_through,
        made_at, received_at from activity limit 1
      returning id
    )
    insert into activity_count (activity_id, indicator, breakdown, value, estimated, organisation_id, place_id, day, kind, channel,
      audience, language, grade, acceptance, since)
    select sent.id, indicator, breakdown, value, estimated, organisation_id, place_id, day, kind, channel, audience, language, grade,
      acceptance, since from sent, (select * from activity_count limit 1) as like_it`.execute(inside)
}
