-- What stations play: bulletins made of approved recordings, slots, and every single play with its end at each device.
create table broadcast (
  id uuid primary key,
  release_id uuid not null references release (id),
  language text not null,
  version_id uuid not null,
  content_hash text not null,
  title text not null,
  class text not null check (class in ('ordinary', 'priority', 'emergency')),
  sha256 text check (length(sha256) = 64),
  bytes bigint check (bytes > 0),
  seconds numeric(8, 2) not null check (seconds > 0),
  script text not null default '',
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (release_id, language),
  check (valid_from < valid_until),
  check ((sha256 is null) = (bytes is null))
);
comment on table broadcast is 'Broadcast (bản tin phát thanh): the approved recording of a released message in one language, with its class.';
comment on column broadcast.sha256 is 'Null where nothing was recorded: it is read out by hand, and no device plays it.';
comment on column broadcast.class is 'Circular 39/2020: ordinary (the commune chooses), priority (first in the programme), emergency (plays at once).';

create table slot (
  id uuid primary key,
  station_id uuid not null references station (outlet_id),
  name text not null check (name <> ''),
  weekdays smallint not null check (weekdays between 0 and 127),
  market text not null default '',
  begins time not null,
  minutes smallint not null check (minutes between 1 and 240),
  from_day date,
  to_day date,
  season_from text check (season_from ~ '^[01][0-9]-[0-3][0-9]$'),
  season_to text check (season_to ~ '^[01][0-9]-[0-3][0-9]$'),
  check (from_day is null or to_day is null or from_day <= to_day),
  check ((season_from is null) = (season_to is null))
);
comment on table slot is 'Slot (khung giờ phát) of a station: on which days, from when, how many minutes.';
comment on column slot.weekdays is 'Bits: 1 Monday, 2 Tuesday … 64 Sunday.';
comment on column slot.market is 'A rule of market days besides the weekdays (lunar days or a cycle); empty where there is none.';
comment on column slot.season_from is 'Month and day, as 11-01: it falls every year from then to `season_to`, over the new year where that is earlier.';
create index slot_of_station on slot (station_id, begins);

create table play (
  id uuid primary key,
  station_id uuid not null references station (outlet_id),
  broadcast_id uuid not null references broadcast (id),
  release_id uuid not null,
  delivery_id uuid not null,
  slot_id uuid references slot (id),
  day date not null,
  ord smallint not null default 0,
  planned_at timestamptz not null,
  class text not null check (class in ('ordinary', 'priority', 'emergency')),
  state text not null check (state in ('offered', 'chosen', 'skipped', 'cancelled')),
  decided_by uuid references person (id),
  decided_at timestamptz,
  reason text not null default '',
  unique (station_id, broadcast_id, planned_at)
);
comment on table play is 'Play (lượt phát): one broadcast at one station at one moment; ordinary ones are offered to the commune first.';
create index play_of_day on play (station_id, day, planned_at, ord);
create index play_of_broadcast on play (broadcast_id, planned_at);
create index play_of_release on play (release_id, station_id);

create table play_end (
  play_id uuid not null references play (id),
  device_id uuid references device (id),
  state text not null check (state in ('expected', 'played', 'partial', 'skipped', 'preempted', 'offline', 'failed', 'cancelled')),
  grade text check (grade in ('machine', 'documented', 'declared')),
  started_at timestamptz,
  ended_at timestamptz,
  seconds numeric(8, 2) not null default 0,
  log_seq bigint,
  reason text not null default '',
  closed_at timestamptz,
  unique nulls not distinct (play_id, device_id)
);
comment on table play_end is 'End (kết quả) of a play at one device, or at the station where it is played by hand (no device): exactly one state.';
create index play_end_open on play_end (play_id) where state = 'expected';
create index play_end_of_device on play_end (device_id, play_id);
