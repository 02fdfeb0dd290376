-- The ledger: what goes where, written before anything moves; the database refuses the second row.
create table release (
  id uuid primary key,
  message_id uuid not null references message (id),
  content_hash text not null,
  organisation_id uuid not null references organisation (id),
  campaign_id uuid references campaign (id),
  kind text not null check (kind in ('original', 'recall')),
  of_release_id uuid references release (id),
  lane text not null check (lane in ('emergency', 'priority', 'ordinary')),
  lane_reason text not null default '',
  channels text[] not null check (cardinality(channels) > 0),
  places uuid[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz,
  words text not null default '',
  state text not null check (state in ('proposed', 'released', 'dropped')),
  proposed_by uuid references person (id),
  proposed_at timestamptz not null,
  released_by uuid references person (id),
  released_at timestamptz,
  undo_until timestamptz,
  paused_at timestamptz,
  cancelled_at timestamptz,
  cancelled_reason text,
  check (lane <> 'emergency' or lane_reason <> ''),
  check (ends_at is null or starts_at < ends_at),
  check ((kind = 'recall') = (of_release_id is not null))
);
comment on table release is 'Release (phát hành): an approved message going out by channels to outlets from an hour on, or being taken back from those who have it.';
create index release_newest on release (proposed_at desc, id desc);
create index release_stopped on release (id) where cancelled_at is not null;
create index release_message on release (message_id, proposed_at desc);

create table delivery (
  release_id uuid not null references release (id),
  id uuid not null,
  channel text not null,
  outlet_id uuid not null references outlet (id),
  -- As the outlet had them when the row was planned; bodies and places are never erased, so that no reference is checked row by row.
  organisation_id uuid not null,
  place_id uuid not null,
  means text not null check (means in ('machine', 'manual')),
  renditions uuid[] not null,
  lane smallint not null,
  state text not null check (state in ('planned', 'due', 'claimed', 'accepted', 'delivered', 'failed', 'cancelled', 'expired', 'unknown')),
  due_at timestamptz not null,
  expires_at timestamptz,
  lease_until timestamptz,
  fence bigint not null default 0,
  attempts integer not null default 0,
  provider_ref text,
  task_id uuid references task (id),
  reason text not null default '',
  closed_at timestamptz,
  primary key (release_id, id),
  unique (release_id, channel, outlet_id)
) partition by hash (release_id);
create table delivery_0 partition of delivery for values with (modulus 4, remainder 0);
create table delivery_1 partition of delivery for values with (modulus 4, remainder 1);
create table delivery_2 partition of delivery for values with (modulus 4, remainder 2);
create table delivery_3 partition of delivery for values with (modulus 4, remainder 3);
comment on table delivery_0 is 'A quarter of the deliveries (lượt chuyển), by the hash of their release.';
comment on table delivery_1 is 'A quarter of the deliveries (lượt chuyển), by the hash of their release.';
comment on table delivery_2 is 'A quarter of the deliveries (lượt chuyển), by the hash of their release.';
comment on table delivery_3 is 'A quarter of the deliveries (lượt chuyển), by the hash of their release.';
comment on table delivery is 'Delivery (lượt chuyển): one row of the ledger, unique by release, channel and outlet; its key is born at planning.';
create index delivery_open on delivery (lane, due_at, id) where state in ('planned', 'due');
create index delivery_expiring on delivery (expires_at) where state in ('planned', 'due') and expires_at is not null;
create index delivery_leased on delivery (lease_until) where state = 'claimed';
create index delivery_task on delivery (task_id) where task_id is not null;

create table delivery_event (
  id bigint generated always as identity primary key,
  release_id uuid not null,
  delivery_id uuid not null,
  at timestamptz not null,
  kind text not null,
  fence bigint not null default 0,
  detail text not null default '',
  actor text not null default ''
);
comment on table delivery_event is 'Event (diễn biến) of a delivery, append-only: begun, accepted, delivered, refused, postponed, unknown, returned, resolved …';
create index delivery_event_of on delivery_event (delivery_id, id);
create trigger delivery_event_is_append_only before update or delete on delivery_event
  for each row execute function refuse_change();

create table release_count (
  release_id uuid not null references release (id),
  channel text not null,
  state text not null,
  n bigint not null,
  primary key (release_id, channel, state)
);
comment on table release_count is 'How many deliveries of a release stand in each state, kept by the ledger itself with each change.';

-- Counted by the database in the statement that changes the rows: no path of the code can forget it.
create function count_planned() returns trigger language plpgsql as $$
begin
  insert into release_count as held (release_id, channel, state, n)
  select release_id, channel, state, count(*) from new_rows group by 1, 2, 3 order by 1, 2, 3
  on conflict (release_id, channel, state) do update set n = held.n + excluded.n;
  return null;
end $$;
create trigger delivery_counted_in after insert on delivery
  referencing new table as new_rows for each statement execute function count_planned();

create function count_moved() returns trigger language plpgsql as $$
begin
  insert into release_count as held (release_id, channel, state, n)
  select release_id, channel, state, sum(step) from (
    select release_id, channel, state, 1 as step from new_rows
    union all select release_id, channel, state, -1 from old_rows
  ) as moved group by 1, 2, 3 having sum(step) <> 0 order by 1, 2, 3
  on conflict (release_id, channel, state) do update set n = held.n + excluded.n;
  return null;
end $$;
create trigger delivery_counted after update on delivery
  referencing old table as old_rows new table as new_rows for each statement execute function count_moved();

create function refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'a row of the ledger is never erased';
end $$;
create trigger delivery_is_kept before delete on delivery for each statement execute function refuse_delete();

-- The first moment from `at` on outside of quiet hours, in the time of Vietnam; they may go over midnight.
create function after_quiet(at timestamptz, quiet_from time, quiet_to time) returns timestamptz
language sql immutable parallel safe as $$
  select case
    when quiet_from is null or quiet_from = quiet_to then at
    when quiet_from < quiet_to and local_at::time >= quiet_from and local_at::time < quiet_to
      then (local_at::date + quiet_to) at time zone 'Asia/Ho_Chi_Minh'
    when quiet_from > quiet_to and local_at::time >= quiet_from
      then (local_at::date + 1 + quiet_to) at time zone 'Asia/Ho_Chi_Minh'
    when quiet_from > quiet_to and local_at::time < quiet_to
      then (local_at::date + quiet_to) at time zone 'Asia/Ho_Chi_Minh'
    else at
  end from (select at at time zone 'Asia/Ho_Chi_Minh' as local_at) as moment
$$;
