-- The bridge to source-information systems (hệ thống thông tin nguồn): their codes, what was exchanged, what came in.
create table bridge_setting (
  id boolean primary key default true check (id),
  source_code text not null default '',
  default_field text,
  push_address text not null default '',
  push_secret_sealed text
);
comment on table bridge_setting is 'Settings of the bridge: the code by which the other system knows us, the field of our bulletins, where we push to.';
comment on column bridge_setting.push_secret_sealed is 'Sent as a bearer token to the address; sealed. Never exported.';
insert into bridge_setting default values;

create table bridge_code (
  kind text not null check (kind in ('class', 'field', 'bulletin')),
  code text not null check (code <> ''),
  value text check (value <> ''),
  outbound boolean not null default false,
  seen_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by uuid references person (id),
  primary key (kind, code),
  check (value is not null or not outbound)
);
comment on table bridge_code is 'Code (mã) of the other system and what it is with us; without a value it is kept as it came and shown as not mapped.';
comment on column bridge_code.confirmed_at is 'When a person said so; null: read in the code of a maker, or just seen in what came in.';
create unique index bridge_code_outbound on bridge_code (kind, value) where outbound;
-- Read in the client code of one maker; the annexes of guides 1273 and 2455 are not public. A person confirms them.
insert into bridge_code (kind, code, value, outbound, seen_at) values
  ('class', '1', 'emergency', true, now()),
  ('class', '2', 'priority', true, now()),
  ('class', '3', 'ordinary', true, now()),
  ('bulletin', '5', 'live', true, now());

create table bridge_exchange (
  id uuid primary key,
  direction text not null check (direction in ('out', 'in')),
  way text not null check (way in ('file', 'push')),
  state text not null check (state in ('waiting', 'done', 'failed')),
  name text not null,
  sha256 text not null check (length(sha256) = 64),
  bytes bigint not null,
  bulletins integer not null default 0,
  days integer not null default 0,
  devices integer not null default 0,
  figures integer not null default 0,
  reports integer not null default 0,
  refused integer not null default 0,
  unmapped integer not null default 0,
  attempts integer not null default 0,
  reason text not null default '',
  at timestamptz not null,
  ended_at timestamptz,
  person_id uuid references person (id)
);
comment on table bridge_exchange is 'Exchange (lần trao đổi) with a source-information system: one package out or in, with what was in it and what came of it.';
create index bridge_exchange_by_age on bridge_exchange (at desc, id desc);

create table bridge_attempt (
  id bigint generated always as identity primary key,
  exchange_id uuid not null references bridge_exchange (id),
  at timestamptz not null,
  status integer,
  took_ms integer not null,
  reason text not null default '',
  answer text not null default ''
);
comment on table bridge_attempt is 'Attempt to push a package, with the answer; append-only.';
create index bridge_attempt_of on bridge_attempt (exchange_id, id);
create trigger bridge_attempt_is_append_only before update or delete on bridge_attempt
  for each row execute function refuse_change();

create table bridge_proposal (
  id uuid primary key,
  source text not null,
  bulletin_id text not null check (bulletin_id <> ''),
  exchange_id uuid not null references bridge_exchange (id),
  content_hash text not null,
  bulletin jsonb not null,
  state text not null check (state in ('proposed', 'taken', 'declined')),
  message_id uuid references message (id),
  came_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references person (id),
  reason text not null default '',
  unique (source, bulletin_id),
  check ((state = 'taken') = (message_id is not null)),
  check ((state = 'proposed') = (decided_at is null))
);
comment on table bridge_proposal is 'Proposal (bản tin cấp trên gửi): a bulletin that came in; nothing of it goes out before it is a message that was approved here.';
create index bridge_proposal_open on bridge_proposal (came_at desc) where state = 'proposed';

create table bridge_report (
  source text not null,
  report_id text not null check (report_id <> ''),
  exchange_id uuid not null references bridge_exchange (id),
  bulletin_id text not null,
  device text not null,
  state text not null,
  at timestamptz not null,
  seconds numeric(8, 2) not null check (seconds >= 0),
  noted_at timestamptz not null,
  primary key (source, report_id)
);
comment on table bridge_report is 'Status report (báo cáo trạng thái) of the other system on a bulletin, as it came; append-only.';
create index bridge_report_of on bridge_report (bulletin_id);
create trigger bridge_report_is_append_only before update or delete on bridge_report
  for each row execute function refuse_change();
