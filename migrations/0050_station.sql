-- Stations with their clusters of loudspeakers and the devices that play: who they are, how they prove it, how they are.
create table station (
  outlet_id uuid primary key references outlet (id),
  carriage text not null check (carriage in ('ip', 'fm', 'wired')),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  daily_minutes smallint check (daily_minutes between 1 and 1440),
  daily_repeats smallint check (daily_repeats between 1 and 24),
  volume smallint not null default 80 check (volume between 0 and 100),
  volume_hours jsonb not null default '[]',
  chime boolean not null default true,
  undecided text not null default 'skip' check (undecided in ('skip', 'play')),
  schedule_version bigint not null default 0,
  check ((latitude is null) = (longitude is null))
);
comment on table station is 'Station (đài truyền thanh) of a commune: an outlet with clusters and a programme; what has no IP is played by hand.';
comment on column station.carriage is 'How its programme reaches the clusters: over IP to devices of ours, by FM, or by wire.';
comment on column station.daily_minutes is 'Minutes that may be played in a day; null where nobody has set it.';
comment on column station.daily_repeats is 'How often one bulletin may be played in a day; null where nobody has set it.';
comment on column station.volume_hours is 'Volume by hour: [{"from":"05:00","to":"06:00","volume":60}]; elsewhere `volume`.';
comment on column station.undecided is 'What becomes of an ordinary bulletin that nobody chose or left out before its slot begins.';
comment on column station.schedule_version is 'Counts on with every change of what its devices hold.';

create table cluster (
  id uuid primary key,
  station_id uuid not null references station (outlet_id),
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  village text not null default '',
  network text not null check (network in ('3g', '4g', 'lan', 'fm', 'wired')),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  horns smallint not null default 1 check (horns between 1 and 200),
  languages text[] not null default '{}',
  alive_from date,
  alive_to date,
  note text,
  search_key text generated always as (fold(name)) stored,
  check ((latitude is null) = (longitude is null)),
  check (alive_from is null or alive_to is null or alive_from <= alive_to)
);
comment on table cluster is 'Cluster (cụm loa): some loudspeakers on one pole, with one device or one receiver.';
comment on column cluster.languages is 'BCP 47 tags of who listens there; none: what is spoken at the station.';
create index cluster_of_station on cluster (station_id, code);
create index cluster_search on cluster (search_key text_pattern_ops);

create table device (
  id uuid primary key,
  station_id uuid not null references station (outlet_id),
  cluster_id uuid references cluster (id),
  code text not null unique check (code <> ''),
  kind text not null check (kind in ('speaker', 'board')),
  state text not null check (state in ('expected', 'enrolled', 'revoked')),
  public_key bytea check (length(public_key) = 32),
  password_hash text,
  replaces_id uuid references device (id),
  added_at timestamptz not null,
  enrolled_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  check ((state = 'expected') = (public_key is null) or state = 'revoked'),
  check ((state = 'revoked') = (revoked_at is not null))
);
comment on table device is 'Device (thiết bị) that plays or shows: it enrols once with a key pair of its own; who has its key is it.';
comment on column device.public_key is 'Ed25519, 32 bytes: its signature under what it says it played.';
comment on column device.password_hash is 'Hash of what it signs in to the broker with.';
create unique index device_stands_once on device (cluster_id) where state <> 'revoked' and kind = 'speaker';
create index device_of_station on device (station_id, code);

create table device_enrolment (
  id uuid primary key,
  device_id uuid not null references device (id),
  code_hash text not null unique,
  made_by uuid references person (id),
  made_at timestamptz not null,
  until timestamptz not null,
  used_at timestamptz
);
comment on table device_enrolment is 'One-time code (mã kích hoạt) by which a device enrols; only its hash is kept. Never exported.';
create unique index device_enrolment_open on device_enrolment (device_id) where used_at is null;

create table device_state (
  device_id uuid primary key references device (id),
  heard_at timestamptz not null,
  schedule_version bigint not null default 0,
  stored_count integer not null default 0,
  next_play_at timestamptz,
  volume smallint,
  clock_off_ms bigint not null default 0,
  faults text[] not null default '{}',
  agent_version text not null default ''
);
comment on table device_state is 'What a device last said of itself (nhịp báo); the newest only.';

create table device_command (
  id uuid primary key,
  device_id uuid not null references device (id),
  kind text not null check (kind in ('volume', 'test_tone', 'restart', 'stop', 'resume')),
  facts jsonb not null default '{}',
  made_by uuid references person (id),
  made_at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  answer text
);
comment on table device_command is 'Command (lệnh điều khiển) to one device: what, by whom, until when it holds, and what the device answered.';
create index device_command_of on device_command (device_id, made_at desc);

create table device_log (
  device_id uuid not null references device (id),
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  kind text not null,
  play_id uuid,
  body jsonb not null,
  hash bytea not null check (length(hash) = 32),
  noted_at timestamptz not null,
  primary key (device_id, seq)
);
comment on table device_log is 'As-played log (nhật ký phát) of a device: signed by it, each entry bound to the one before by its hash; append-only.';
create trigger device_log_is_append_only before update or delete on device_log
  for each row execute function refuse_change();

create table speaker_key (
  id text primary key,
  public_key bytea not null check (length(public_key) = 32),
  sealed text not null,
  made_at timestamptz not null,
  ends_at timestamptz
);
comment on table speaker_key is 'Key (khóa ký) with which what devices play is signed; the private half is sealed. Never exported.';
