-- A person speaks, and loudspeakers say it while it is spoken: asked for by one, approved by another, kept as evidence.
create table takeover (
  id uuid primary key,
  reason text not null check (reason <> ''),
  speaker text not null check (speaker <> ''),
  language text not null,
  minutes smallint not null check (minutes between 1 and 30),
  state text not null check (state in ('asked', 'approved', 'speaking', 'ended', 'dropped')),
  asked_by uuid references person (id),
  asked_at timestamptz not null,
  lapses_at timestamptz not null,
  approved_by uuid references person (id),
  approved_at timestamptz,
  dropped_by uuid references person (id),
  dropped_at timestamptz,
  dropped_reason text,
  began_at timestamptz,
  spoken integer not null default 0,
  spoke_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references person (id),
  end_reason text check (end_reason in ('stopped', 'stopped_by_other', 'time', 'lost', 'restarted')),
  sha256 text check (length(sha256) = 64),
  bytes bigint check (bytes > 0),
  seconds numeric(8, 2) not null default 0,
  kept_at timestamptz,
  check (approved_by is null or approved_by <> asked_by),
  check ((began_at is null) = (state not in ('speaking', 'ended'))),
  check ((ended_at is null) = (state <> 'ended')),
  check ((dropped_at is null) = (state <> 'dropped')),
  check ((sha256 is null) = (bytes is null))
);
comment on table takeover is 'Takeover (phát trực tiếp, tiếp quản loa): a speech that the devices of stations say while it is spoken; two persons authorise it.';
comment on column takeover.speaker is 'Who is heard, as it was asked for.';
comment on column takeover.lapses_at is 'From then on it can no longer be approved, or begun.';
comment on column takeover.spoken is 'Number of the last piece that came from the microphone.';
comment on column takeover.sha256 is 'All that was sent to the devices, as one MP3; null while it is spoken, and where nothing was sent.';
comment on column takeover.kept_at is 'When its end was told to the devices and its file was kept.';
create index takeover_newest on takeover (asked_at desc, id desc);
create index takeover_open on takeover (state) where state in ('asked', 'approved', 'speaking') or (state = 'ended' and kept_at is null);

create table takeover_station (
  takeover_id uuid not null references takeover (id),
  station_id uuid not null references station (outlet_id),
  play_id uuid not null unique,
  primary key (takeover_id, station_id)
);
comment on table takeover_station is 'Station whose devices a takeover addresses; by the id of its play they tell what became of it.';
create index takeover_station_of on takeover_station (station_id);

create table takeover_part (
  takeover_id uuid not null references takeover (id),
  number integer not null check (number > 0),
  samples bytea,
  sound bytea,
  seconds numeric(8, 3) not null default 0,
  came_at timestamptz not null,
  sent_at timestamptz,
  primary key (takeover_id, number),
  check ((sent_at is null) = (sound is null))
);
comment on table takeover_part is 'Piece of a speech from the microphone on its way: samples until it was sent, then the MP3 that was; gone when all is kept as one file.';

create table takeover_end (
  play_id uuid not null references takeover_station (play_id),
  device_id uuid not null references device (id),
  began_at timestamptz,
  state text check (state in ('played', 'partial', 'skipped', 'preempted', 'failed')),
  seconds numeric(8, 2) not null default 0,
  volume smallint,
  reason text not null default '',
  log_seq bigint,
  noted_at timestamptz,
  primary key (play_id, device_id),
  check ((state is null) = (log_seq is null))
);
comment on table takeover_end is 'What became of a takeover at a device that it addressed, as its signed log says: nothing, that it began, or its one end.';
create index takeover_end_of_device on takeover_end (device_id);

create table takeover_setting (
  one boolean primary key default true check (one),
  most_minutes smallint not null default 10 check (most_minutes between 1 and 30)
);
comment on table takeover_setting is 'Setting of takeovers: for how many minutes at most one may be asked for.';
insert into takeover_setting default values;

alter table speaker_message drop constraint speaker_message_kind_check;
alter table speaker_message add constraint speaker_message_kind_check
  check (kind in ('schedule', 'emergency', 'command', 'logged', 'time', 'showings', 'live'));

create function tell_takeovers() returns trigger language plpgsql as $$
begin
  perform pg_notify('loa_takeovers', '');
  return null;
end $$;
create trigger takeover_tells_hub after update on takeover
  for each statement execute function tell_takeovers();
