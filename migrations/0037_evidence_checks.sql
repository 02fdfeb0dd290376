-- What is found amiss in evidence, what is looked at by lot, periods that are closed, and files on their way from a phone.
create table activity_finding (
  activity_id uuid not null references activity (id),
  code text not null,
  key text not null default '',
  facts jsonb not null default '{}',
  other_id uuid references activity (id),
  found_at timestamptz not null,
  answer text,
  answered_by uuid references person (id),
  answered_at timestamptz,
  primary key (activity_id, code, key),
  check ((answer is null) = (answered_at is null))
);
comment on table activity_finding is 'Finding (điểm cần xem) in an activity: the same picture twice, a place or day that cannot be, copied numbers; open until a person answers for it.';
create index activity_finding_open on activity_finding (activity_id) where answer is null;

create table evidence_lock (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  day_from date not null,
  day_to date not null,
  reason text not null default '',
  locked_by uuid references person (id),
  locked_at timestamptz not null,
  unlocked_by uuid references person (id),
  unlocked_at timestamptz,
  unlock_reason text,
  check (day_from <= day_to),
  check ((unlocked_at is null) = (unlock_reason is null))
);
comment on table evidence_lock is 'Lock (khóa số liệu): activities of a body, of those below it and of those that owe it, whose day lies in the period, are changed no more.';
create index evidence_lock_standing on evidence_lock (organisation_id, day_from, day_to) where unlocked_at is null;

create table spot_draw (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  day_from date not null,
  day_to date not null,
  share numeric(5, 4) not null check (share > 0 and share <= 1),
  seed text not null check (length(seed) >= 32),
  pool_size integer not null,
  pool_hash text not null check (length(pool_hash) = 64),
  drawn_by uuid references person (id),
  drawn_at timestamptz not null,
  check (day_from <= day_to)
);
comment on table spot_draw is 'Draw (lượt rút ngẫu nhiên) of activities to be looked at on the spot: by a recorded seed, so that anybody can draw the same again.';
create index spot_draw_newest on spot_draw (drawn_at desc, id desc);

create table spot_check (
  draw_id uuid not null references spot_draw (id),
  activity_id uuid not null references activity (id),
  ordinal integer not null,
  state text not null default 'open' check (state in ('open', 'held', 'failed')),
  note text,
  decided_by uuid references person (id),
  decided_at timestamptz,
  primary key (draw_id, activity_id),
  check ((state = 'open') = (decided_at is null))
);
comment on table spot_check is 'Spot check (kiểm tra ngẫu nhiên): a drawn activity, and whether it held when somebody went and looked.';
create index spot_check_of on spot_check (activity_id);

create table upload (
  id uuid primary key,
  activity_id uuid not null references activity (id),
  person_id uuid not null references person (id),
  role text not null check (role in ('photo', 'voice', 'document')),
  file_name text not null,
  bytes integer not null check (bytes > 0),
  sha256 text not null check (length(sha256) = 64),
  received integer not null default 0,
  begun_at timestamptz not null,
  moved_at timestamptz not null,
  finished_at timestamptz,
  refusal text,
  unique (activity_id, sha256),
  check (received between 0 and bytes)
);
comment on table upload is 'Upload (tệp đang gửi): a file on its way from a phone to its activity, piece by piece; the id is made by the device.';
create index upload_open on upload (activity_id) where finished_at is null and refusal is null;
create index upload_stale on upload (moved_at) where finished_at is null;

create table upload_piece (
  upload_id uuid not null references upload (id) on delete cascade,
  starts_at integer not null,
  bytes bytea not null,
  primary key (upload_id, starts_at)
);
comment on table upload_piece is 'Piece (mảnh tệp) of an upload, kept until the whole has arrived.';
alter table upload_piece alter column bytes set storage external;
