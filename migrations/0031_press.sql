-- The press wire: what stands for each newsroom, numbered without a gap; and what newsrooms answer.
create table press_wire (
  outlet_id uuid primary key references outlet (id),
  secret_sealed text,
  token_hash text unique,
  opened_at timestamptz,
  last_sequence bigint not null default 0,
  polled_at timestamptz,
  fetched_to bigint not null default 0,
  taken integer not null default 0,
  ran integer not null default 0,
  not_running integer not null default 0,
  check ((secret_sealed is null) = (token_hash is null))
);
comment on table press_wire is 'Wire (bản tin báo chí) of one newsroom: its secret address, how far its items are numbered, and how far it has fetched them.';
comment on column press_wire.token_hash is 'Never exported.';
comment on column press_wire.secret_sealed is 'From which its address and the links by which it answers are derived; null while it is shut. Never exported.';
comment on column press_wire.fetched_to is 'The highest sequence number that it has asked to read on after: all up to it is there.';
comment on column press_wire.taken is 'Items of which this was answered last; likewise the two below.';

create table press_item (
  id uuid primary key,
  outlet_id uuid not null references press_wire (outlet_id),
  sequence bigint not null check (sequence > 0),
  delivery_id uuid not null,
  release_id uuid not null references release (id),
  message_id uuid not null references message (id),
  language text not null,
  version integer not null check (version > 0),
  editorial text not null check (editorial in ('news', 'correction', 'replacement', 'kill')),
  lane text not null check (lane in ('emergency', 'priority', 'ordinary')),
  title text not null,
  lead text not null,
  body text not null,
  contact text not null,
  author text not null,
  located text not null,
  themes text[] not null default '{}',
  places uuid[] not null default '{}',
  first_at timestamptz not null,
  at timestamptz not null,
  expires_at timestamptz,
  unique (outlet_id, sequence),
  unique (outlet_id, delivery_id, message_id, language),
  unique (outlet_id, message_id, language, version)
);
comment on table press_item is 'Item (tin) on a wire in one language, exactly as it was approved; a correction and a kill (rút tin) are items of their own. Append-only.';
comment on column press_item.version is 'Of this message in this language on this wire.';
create index press_item_of_delivery on press_item (delivery_id);
create trigger press_item_is_append_only before update or delete on press_item
  for each row execute function refuse_change();

create table press_answer (
  id bigint generated always as identity primary key,
  item_id uuid not null references press_item (id),
  at timestamptz not null,
  kind text not null check (kind in ('taken', 'ran', 'not_running')),
  medium text check (medium in ('print', 'online', 'radio', 'television')),
  link text,
  ran_at timestamptz,
  minutes integer check (minutes between 1 and 1440),
  note text not null default '',
  person_id uuid references person (id),
  check (kind <> 'ran' or link is not null or ran_at is not null),
  check (link is null or link ~ '^https?://')
);
comment on table press_answer is 'Answer (trả lời) of a newsroom on an item: taken, ran (where or when), or not running; append-only, the last one counts.';
comment on column press_answer.person_id is 'The member of staff who wrote it down for the newsroom; null where the newsroom answered itself.';
create index press_answer_of on press_answer (item_id, id);
create trigger press_answer_is_append_only before update or delete on press_answer
  for each row execute function refuse_change();

create table press_kit (
  delivery_id uuid primary key,
  outlet_id uuid not null references outlet (id),
  state text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'unknown')),
  at timestamptz not null,
  reason text not null default ''
);
comment on table press_kit is 'Press kit (bộ tài liệu báo chí) by mail beside the wire: one a delivery, with an outcome of its own.';
