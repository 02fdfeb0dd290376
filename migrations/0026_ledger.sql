-- The ledger learns recipients of lists, gateways and receipts, corrections, waves, and counters that no two workers fight over.
alter table release
  add column wave_count smallint not null default 1 check (wave_count between 1 and 24),
  add column wave_minutes integer not null default 0 check (wave_minutes between 0 and 10080),
  add column words_at_end text,
  add column ended_at timestamptz;
alter table release drop constraint release_kind_check;
alter table release add constraint release_kind_check check (kind in ('original', 'correction', 'replacement', 'recall'));
alter table release drop constraint release_check2;
alter table release add constraint release_names_what_it_follows check ((kind = 'original') = (of_release_id is null));
comment on column release.wave_count is 'In how many waves the rows leave, `wave_minutes` apart.';
comment on column release.words_at_end is 'What people are told when it is over and what stays up is to come down; null: nothing is taken down then.';
comment on column release.ended_at is 'When its end was dealt with.';
create index release_ending on release (ends_at) where words_at_end is not null and ended_at is null;

create table release_expansion (
  release_id uuid not null references release (id),
  outlet_id uuid not null references outlet (id),
  after_subscriber uuid,
  done_at timestamptz,
  primary key (release_id, outlet_id)
);
comment on table release_expansion is 'How far the rows of a release for a list have been written; nothing of the release leaves before all are.';
create index release_expansion_open on release_expansion (release_id) where done_at is null;

alter table delivery
  add column recipient_id uuid,
  add column gateway_id uuid,
  add column wave smallint not null default 1,
  add column corrects boolean not null default false,
  add column claimed_at timestamptz,
  add column accepted_at timestamptz,
  add column parts smallint not null default 1,
  add column parts_good smallint not null default 0,
  add column ask_at timestamptz,
  add column ask_until timestamptz;
comment on column delivery.recipient_id is 'The subscriber where the outlet is a list; null elsewhere.';
comment on column delivery.corrects is 'Whether what is corrected or replaced had been there, so that it is called a correction.';
comment on column delivery.ask_at is 'When the provider is asked next what became of a row nobody knows of; null when a person must find out.';
alter table delivery drop constraint delivery_release_id_channel_outlet_id_key;
create unique index delivery_once_an_outlet on delivery (release_id, channel, outlet_id) where recipient_id is null;
create unique index delivery_once_a_recipient on delivery (release_id, channel, recipient_id) where recipient_id is not null;
drop index delivery_open;
create index delivery_open on delivery (means, channel, lane, release_id, due_at, id) where state in ('planned', 'due');
create index delivery_asking on delivery (ask_at) where state = 'unknown' and ask_at is not null;
create index delivery_without_receipt on delivery (accepted_at) where state = 'accepted' and gateway_id is not null;
create index delivery_reference on delivery (gateway_id, provider_ref) where provider_ref is not null;
create index delivery_gone_wrong on delivery (release_id, state, id) where state in ('failed', 'cancelled', 'expired', 'unknown');

create table delivery_part (
  gateway_id uuid not null,
  ref text not null,
  release_id uuid not null,
  delivery_id uuid not null,
  part smallint not null,
  state text not null check (state in ('accepted', 'delivered', 'failed')),
  primary key (gateway_id, ref)
);
comment on table delivery_part is 'Part (phần tin) of a delivery that a gateway carries in several pieces, each with its reference and receipt.';
create index delivery_part_of on delivery_part (delivery_id);

create table receipt (
  id bigint generated always as identity primary key,
  gateway_id uuid not null,
  ref text not null,
  state text not null check (state in ('delivered', 'failed')),
  at timestamptz not null,
  noted_at timestamptz not null,
  detail text not null default '',
  matched_at timestamptz,
  unique (gateway_id, ref, state)
);
comment on table receipt is 'Receipt (biên nhận): what a machine says about a delivery; kept before it is matched, so that none is lost.';
create index receipt_unmatched on receipt (noted_at) where matched_at is null;

alter table delivery_event add column began_at timestamptz, add column gateway_id uuid;
comment on column delivery_event.began_at is 'When the attempt began whose outcome this is.';

-- Workers that close rows of one release at once would wait for each other at its one counter; each has a shard of its own.
alter table release_count drop constraint release_count_pkey;
alter table release_count add column shard smallint not null default 0;
alter table release_count add primary key (release_id, channel, state, shard);
comment on column release_count.shard is 'Counters are the sum over shards; one worker writes to one, and a single shard may be below zero.';

create or replace function count_planned() returns trigger language plpgsql as $$
declare mine smallint := pg_backend_pid() % 16;
begin
  insert into release_count as held (release_id, channel, state, shard, n)
  select release_id, channel, state, mine, count(*) from new_rows group by 1, 2, 3 order by 1, 2, 3
  on conflict (release_id, channel, state, shard) do update set n = held.n + excluded.n;
  return null;
end $$;

create or replace function count_moved() returns trigger language plpgsql as $$
declare mine smallint := pg_backend_pid() % 16;
begin
  insert into release_count as held (release_id, channel, state, shard, n)
  select release_id, channel, state, mine, sum(step) from (
    select release_id, channel, state, count(*) as step from new_rows group by 1, 2, 3
    union all select release_id, channel, state, -count(*) from old_rows group by 1, 2, 3
  ) as moved group by 1, 2, 3 having sum(step) <> 0 order by 1, 2, 3
  on conflict (release_id, channel, state, shard) do update set n = held.n + excluded.n;
  return null;
end $$;

-- Wakes the workers at once when an urgent release is written; they look by themselves a few times a second besides.
create function tell_ledger() returns trigger language plpgsql as $$
begin
  perform pg_notify('loa_ledger', '');
  return null;
end $$;
create trigger release_tells_ledger after insert or update of state, paused_at on release
  for each statement execute function tell_ledger();

-- What the workers ask a few times a second, all day long: a function, so that its plans are kept by the session.
create function due_ways(at timestamptz) returns table (means text, channel text, lane smallint)
language plpgsql stable
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  way record;
  held uuid;
begin
  means := ''; channel := ''; lane := -1;
  loop
    select delivery.means, delivery.channel, delivery.lane into way from delivery
    where state in ('planned', 'due') and (delivery.means, delivery.channel, delivery.lane) > (due_ways.means, due_ways.channel, due_ways.lane)
    order by delivery.means, delivery.channel, delivery.lane limit 1;
    exit when not found;
    means := way.means; channel := way.channel; lane := way.lane;
    held := '00000000-0000-0000-0000-000000000000';
    loop
      select delivery.release_id into held from delivery
      where state in ('planned', 'due') and delivery.means = way.means and delivery.channel = way.channel and delivery.lane = way.lane
        and delivery.release_id > held
      order by delivery.release_id limit 1;
      exit when not found;
      if exists (
        select 1 from delivery where state in ('planned', 'due') and delivery.means = way.means
          and delivery.channel = way.channel and delivery.lane = way.lane and delivery.release_id = held and due_at <= at
      ) and exists (
        select 1 from release where release.id = held and release.state = 'released' and paused_at is null and cancelled_at is null
          and not exists (select 1 from release_expansion where release_id = release.id and done_at is null)
      ) then
        return next;
        exit;
      end if;
    end loop;
  end loop;
end $$;
comment on function due_ways(timestamptz) is 'By which means, channels and lanes any row is due that may leave now.';
