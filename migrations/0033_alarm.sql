-- Who works, which schedules ran, and what stands still without anybody having said so.
create table worker (
  id uuid primary key,
  host text not null,
  pid integer not null,
  works text[] not null check (cardinality(works) > 0 and works <@ array['jobs', 'ledger']),
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  stopped_at timestamptz,
  check (seen_at >= started_at)
);
comment on table worker is 'Worker (tiến trình gửi): a process that works jobs or the ledger, with its heartbeat (nhịp báo sống).';
comment on column worker.seen_at is 'Its last heartbeat, by the clock of the database: clocks of machines differ, and jump.';
comment on column worker.stopped_at is 'When it ended as it should; null while it lives, and for ever when it was killed.';
create index worker_seen on worker (seen_at) where stopped_at is null;

create table schedule (
  job text primary key,
  every text not null check (every <> ''),
  known_since timestamptz not null,
  ran_at timestamptz
);
comment on table schedule is 'Schedule (lịch chạy) of a job that comes round: since when it is known and when it last ran to its end.';

create table alarm (
  id uuid primary key,
  kind text not null check (kind <> ''),
  subject text not null,
  release_id uuid references release (id),
  outlet_id uuid references outlet (id),
  organisation_id uuid references organisation (id),
  facts jsonb not null default '{}',
  since timestamptz not null,
  raised_at timestamptz not null,
  last_seen timestamptz not null,
  tries smallint not null default 0,
  tell_at timestamptz,
  told_at timestamptz,
  cleared_at timestamptz
);
comment on table alarm is 'Alarm (cảnh báo): something that should move and does not; one open for each kind and subject.';
comment on column alarm.organisation_id is 'The body whose people are told; null: the administrators.';
comment on column alarm.since is 'Since when it is so; `raised_at` is when it was noticed.';
comment on column alarm.tell_at is 'When it is told, or told again after a try that failed; null once it was told or cleared.';
create unique index alarm_one_open on alarm (kind, subject) where cleared_at is null;
create index alarm_open on alarm (since desc, id desc) where cleared_at is null;
create index alarm_cleared on alarm (cleared_at desc, id desc) where cleared_at is not null;
create index alarm_of_release on alarm (release_id) where cleared_at is null;
create index alarm_to_tell on alarm (tell_at) where tell_at is not null;

create table alarm_telling (
  alarm_id uuid not null references alarm (id),
  person_id uuid not null references person (id),
  told_at timestamptz not null,
  primary key (alarm_id, person_id)
);
comment on table alarm_telling is 'Who was told of an alarm (cảnh báo), so that a try that failed half way tells nobody twice.';

create table alarm_patience (
  kind text primary key,
  hours integer not null check (hours between 1 and 720)
);
comment on table alarm_patience is 'How long something may be so before it is an alarm (cảnh báo), where it is not as Loa brings it.';

create table channel_pulse (
  queue text primary key,
  waiting jsonb not null,
  moved_at timestamptz not null
);
comment on table channel_pulse is 'When the queue of a channel, emergencies apart, was last seen to move: one that moves is no standstill, however long it is.';
comment on column channel_pulse.waiting is 'The releases that had rows due at the last look, each with how many of its rows had been begun.';

-- What the watch asks for a few times a minute, whatever else lies in the ledger.
create index delivery_put_off on delivery (outlet_id) where state = 'due' and attempts > 0;
create index delivery_unknown on delivery (release_id, closed_at) where state = 'unknown';
create index delivery_failed on delivery (closed_at) where state = 'failed' and means = 'machine' and recipient_id is null;
create index task_of_outlets on task (due_on) where origin_kind = 'delivery' and state in ('set', 'accepted');

-- By leaping along the index of open rows, as `due_ways` does: neither what is done nor how much waits costs anything.
create function due_queues(at timestamptz)
returns table (means text, channel text, lane smallint, release_id uuid, due_since timestamptz)
language plpgsql stable
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off as $$
begin
  means := ''; channel := ''; lane := -1; release_id := '00000000-0000-0000-0000-000000000000';
  loop
    select next.means, next.channel, next.lane, next.release_id into means, channel, lane, release_id from delivery as next
    where next.state in ('planned', 'due')
      and (next.means, next.channel, next.lane, next.release_id) > (due_queues.means, due_queues.channel, due_queues.lane, due_queues.release_id)
    order by next.means, next.channel, next.lane, next.release_id limit 1;
    exit when not found;
    continue when not exists (
      select 1 from release where release.id = due_queues.release_id and release.state = 'released'
        and release.paused_at is null and release.cancelled_at is null
    );
    select first.due_at into due_since from delivery as first join outlet on outlet.id = first.outlet_id
    where first.state in ('planned', 'due') and first.means = due_queues.means and first.channel = due_queues.channel
      and first.lane = due_queues.lane and first.release_id = due_queues.release_id and first.due_at <= at
      and (first.expires_at is null or first.expires_at > at) and outlet.paused_at is null
    order by first.due_at limit 1;
    if found then return next; end if;
  end loop;
end $$;
comment on function due_queues(timestamptz) is 'Which releases have rows due by which channel that nobody stops, and since when the first of them is.';
