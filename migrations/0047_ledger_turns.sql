-- The ledger writes less for each step of a row. A state that changes goes into no index of `delivery` (PostgreSQL's HOT
-- updates): what waits stands in a narrow table of its own, what is to be looked at again in a list by the batch, and
-- what went wrong in indexes of columns that are empty for all the rest.
drop index delivery_open;
drop index delivery_expiring;
drop index delivery_leased;
drop index delivery_asking;
drop index delivery_without_receipt;
drop index delivery_gone_wrong;
drop index delivery_put_off;
drop index delivery_unknown;
drop index delivery_failed;
drop index delivery_unknown_since;

-- A page is filled by half, so that a batch that is claimed, and then closed, finds room beside its rows.
alter table delivery_0 set (fillfactor = 45);
alter table delivery_1 set (fillfactor = 45);
alter table delivery_2 set (fillfactor = 45);
alter table delivery_3 set (fillfactor = 45);

alter table delivery
  add column went_wrong text generated always as
    (case when state in ('failed', 'cancelled', 'expired', 'unknown') then state end) stored,
  add column unknown_since timestamptz generated always as
    (case when state = 'unknown' then coalesce(closed_at, due_at) end) stored,
  add column failed_at timestamptz generated always as
    (case when state = 'failed' and means = 'machine' and recipient_id is null then closed_at end) stored,
  add column put_off_at uuid generated always as
    (case when state = 'due' and attempts > 0 and means = 'machine' and recipient_id is null then outlet_id end) stored;
comment on column delivery.went_wrong is 'The state where it is one that people look for; null for the rows that go as they should, which no index of it knows.';
comment on column delivery.failed_at is 'When a machine that is no list refused it.';
comment on column delivery.put_off_at is 'The machine that put it off, while it waits to be tried again.';
create index delivery_gone_wrong on delivery (release_id, went_wrong, id) where went_wrong is not null;
create index delivery_unknown_since on delivery (unknown_since, id) where unknown_since is not null;
create index delivery_failed on delivery (failed_at) where failed_at is not null;
create index delivery_put_off on delivery (put_off_at) where put_off_at is not null;
create index delivery_asking on delivery (ask_at) where ask_at is not null;

create table release_way (
  id bigint generated always as identity primary key,
  release_id uuid not null references release (id),
  means text not null,
  channel text not null,
  lane smallint not null,
  unique (release_id, means, channel, lane)
);
comment on table release_way is 'Way (đường đi): by what means, by which channel and in which lane rows of a release go; a number for short.';

create table delivery_turn (
  way bigint not null,
  due_at timestamptz not null,
  id uuid not null,
  primary key (way, due_at, id)
);
comment on table delivery_turn is 'Turn (lượt chờ): every row of the ledger that is planned or due, in the order in which they leave; kept by the database with each change.';

create function take_turns() returns trigger language plpgsql as $$
declare named record;
begin
  if not exists (select from new_rows where state in ('planned', 'due')) then return null; end if;
  insert into release_way (release_id, means, channel, lane)
  select release_id, means, channel, lane from (
    select distinct release_id, means, channel, lane from new_rows where state in ('planned', 'due')
  ) as here where not exists (
    select from release_way as way where way.release_id = here.release_id and way.means = here.means
      and way.channel = here.channel and way.lane = here.lane)
  on conflict do nothing;
  for named in
    select way.* from release_way as way join (
      select distinct release_id, means, channel, lane from new_rows where state in ('planned', 'due')
    ) as here using (release_id, means, channel, lane)
  loop
    insert into delivery_turn (way, due_at, id)
    select named.id, due_at, new_rows.id from new_rows
    where state in ('planned', 'due') and new_rows.release_id = named.release_id and new_rows.means = named.means
      and new_rows.channel = named.channel and new_rows.lane = named.lane;
  end loop;
  return null;
end $$;

-- By nested loops along the key, whatever the planner knows of a table that is empty now and has a million rows then.
create function leave_turns() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set enable_material = off as $$
declare named record;
begin
  for named in
    select way.* from release_way as way join (
      select distinct release_id, means, channel, lane from old_rows where state in ('planned', 'due')
    ) as here using (release_id, means, channel, lane)
  loop
    delete from delivery_turn as turn using old_rows as was
    where was.state in ('planned', 'due') and was.release_id = named.release_id and was.means = named.means
      and was.channel = named.channel and was.lane = named.lane
      and turn.way = named.id and turn.due_at = was.due_at and turn.id = was.id;
  end loop;
  return null;
end $$;
-- By their names: what leaves its turn does so before it takes one anew.
create trigger delivery_turn_1_left after update on delivery
  referencing old table as old_rows for each statement execute function leave_turns();
create trigger delivery_turn_2_taken after update on delivery
  referencing new table as new_rows for each statement execute function take_turns();
create trigger delivery_turn_taken after insert on delivery
  referencing new table as new_rows for each statement execute function take_turns();

create table delivery_reminder (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('lease', 'receipt')),
  channel text not null,
  at timestamptz not null,
  release_id uuid not null,
  deliveries uuid[] not null
);
comment on table delivery_reminder is 'Reminder (hẹn xem lại): rows of one batch that are to be looked at again, each by what it is then; kept by the database.';
comment on column delivery_reminder.at is 'lease: when the claim is over; receipt: when it was taken, since when a receipt is waited for.';
create index delivery_reminder_next on delivery_reminder (kind, at);

create function keep_reminders() returns trigger language plpgsql as $$
begin
  insert into delivery_reminder (kind, channel, at, release_id, deliveries)
  select 'lease', channel, lease_until, release_id, array_agg(id) from new_rows
  where state = 'claimed' and lease_until is not null group by channel, lease_until, release_id;
  if exists (select from new_rows where state = 'accepted' and gateway_id is not null and accepted_at is not null) then
    insert into delivery_reminder (kind, channel, at, release_id, deliveries)
    select 'receipt', channel, accepted_at, release_id, array_agg(id) from new_rows
    where state = 'accepted' and gateway_id is not null and accepted_at is not null
      and not exists (select from old_rows where old_rows.id = new_rows.id and old_rows.state = 'accepted'
        and old_rows.accepted_at = new_rows.accepted_at)
    group by channel, accepted_at, release_id;
  end if;
  return null;
end $$;
create trigger delivery_reminded after update on delivery
  referencing old table as old_rows new table as new_rows for each statement execute function keep_reminders();

-- What stands already.
insert into release_way (release_id, means, channel, lane)
select distinct release_id, means, channel, lane from delivery where state in ('planned', 'due');
insert into delivery_turn (way, due_at, id)
select way.id, due_at, delivery.id from delivery join release_way as way using (release_id, means, channel, lane)
where state in ('planned', 'due') order by 1, 2, 3;
insert into delivery_reminder (kind, channel, at, release_id, deliveries)
select 'lease', channel, lease_until, release_id, array_agg(id) from delivery
where state = 'claimed' and lease_until is not null group by channel, lease_until, release_id;
insert into delivery_reminder (kind, channel, at, release_id, deliveries)
select 'receipt', channel, accepted_at, release_id, array_agg(id) from delivery
where state = 'accepted' and gateway_id is not null and accepted_at is not null group by channel, accepted_at, release_id;

-- What was checked row by row is checked by the statement. A release is held by `release_count`, which names it and is
-- never erased; outlets are never erased either, nor tasks that a row has set.
alter table delivery drop constraint delivery_release_id_fkey;
alter table delivery drop constraint delivery_outlet_id_fkey;
alter table delivery drop constraint delivery_task_id_fkey;
create function know_outlets() returns trigger language plpgsql as $$
declare named uuid[] := array(select distinct outlet_id from new_rows limit 501);
begin
  -- A few are looked up; many are compared with all that there are.
  if cardinality(named) <= 500 then
    if not exists (select from unnest(named) as one (id) where not exists (select from outlet where outlet.id = one.id)) then
      return null;
    end if;
  elsif not exists (select outlet_id from new_rows except select id from outlet) then
    return null;
  end if;
  raise foreign_key_violation using message = 'a row of the ledger goes to no outlet';
end $$;
create trigger delivery_goes_somewhere after insert on delivery
  referencing new table as new_rows for each statement execute function know_outlets();
create function know_tasks() returns trigger language plpgsql as $$
begin
  if exists (select from new_rows where task_id is not null
    and not exists (select from task where task.id = new_rows.task_id)) then
    raise foreign_key_violation using message = 'a row of the ledger has set no task';
  end if;
  return null;
end $$;
create trigger delivery_planned_with_task after insert on delivery
  referencing new table as new_rows for each statement execute function know_tasks();
create trigger delivery_sets_a_task after update on delivery
  referencing new table as new_rows for each statement execute function know_tasks();
create function refuse_outlet_delete() returns trigger language plpgsql as $$
begin
  raise exception 'an outlet is never erased';
end $$;
create trigger outlet_is_kept before delete on outlet for each statement execute function refuse_outlet_delete();
create function refuse_task_delete() returns trigger language plpgsql as $$
begin
  if exists (select from delivery where task_id = old.id) then
    raise foreign_key_violation using message = 'a row of the ledger has set this task';
  end if;
  return old;
end $$;
create trigger task_of_the_ledger_is_kept before delete on task for each row execute function refuse_task_delete();
create index outlet_paused on outlet (id) where paused_at is not null;

-- Events are read by their row alone.
drop index delivery_event_of;
alter table delivery_event drop constraint delivery_event_pkey;
alter table delivery_event add primary key (delivery_id, id);

create function open_turns() returns table (way bigint, means text, channel text, lane smallint, release_id uuid)
language plpgsql stable
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  way := 0;
  loop
    select next.way into way from delivery_turn as next where next.way > open_turns.way order by next.way limit 1;
    exit when not found;
    select named.means, named.channel, named.lane, named.release_id into means, channel, lane, release_id
    from release_way as named where named.id = open_turns.way;
    return next;
  end loop;
end $$;
comment on function open_turns() is 'Which releases have rows that wait, by which means and channels and in which lanes; found by leaping from one to the next.';

-- All of both is asked a few times a second, all day long; neither what is done nor how much waits costs anything.
create or replace function due_ways(at timestamptz) returns table (means text, channel text, lane smallint)
language plpgsql stable
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  return query select distinct open.means, open.channel, open.lane from open_turns() as open
    where exists (
      select from delivery_turn as turn where turn.way = open.way and due_at <= at
    ) and exists (
      select from release where release.id = open.release_id and release.state = 'released' and paused_at is null and cancelled_at is null
        and not exists (select from release_expansion where release_expansion.release_id = release.id and done_at is null)
    );
end $$;

create or replace function due_queues(at timestamptz)
returns table (means text, channel text, lane smallint, release_id uuid, due_since timestamptz)
language plpgsql stable
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off as $$
begin
  return query select open.means, open.channel, open.lane, open.release_id, first.due_at
    from open_turns() as open join release on release.id = open.release_id cross join lateral (
      select turn.due_at from delivery_turn as turn
      join delivery as row on row.release_id = open.release_id and row.id = turn.id
      join outlet on outlet.id = row.outlet_id
      where turn.way = open.way and turn.due_at <= at
        and (row.expires_at is null or row.expires_at > at) and outlet.paused_at is null
      order by turn.due_at limit 1
    ) as first
    where release.state = 'released' and release.paused_at is null and release.cancelled_at is null;
end $$;
