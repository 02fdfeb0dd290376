-- A message is written once; each version stays, and each way out in each language has a rendition with versions of its own.
create table message (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  campaign_id uuid references campaign (id),
  kind text not null check (kind in ('news', 'notice', 'slogan', 'question', 'story', 'commendation', 'script', 'press_material')),
  working_title text not null check (working_title <> ''),
  language text not null default 'vi',
  themes uuid[] not null default '{}',
  audiences text[] not null default '{}',
  places uuid[] not null default '{}',
  embargo_until timestamptz,
  valid_until date,
  current_version integer not null default 1,
  content_hash text not null default '',
  created_by uuid references person (id),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  search_key text generated always as (fold(working_title)) stored
);
comment on table message is 'Message (tin, bài, thông điệp): what is to be said, written once for every channel and language.';
comment on column message.content_hash is 'SHA-256 of all that would go out as it stands: what an approval is bound to.';
create index message_by_change on message (changed_at desc, id desc);
create index message_campaign on message (campaign_id, changed_at desc);
create index message_search on message (search_key text_pattern_ops);

create table message_version (
  message_id uuid not null references message (id),
  number integer not null check (number > 0),
  title text not null,
  lead text not null,
  body text not null,
  call_to_action text not null,
  restored_from integer,
  edited_by uuid references person (id),
  edited_at timestamptz not null,
  primary key (message_id, number)
);
comment on table message_version is 'Version (bản) of the master text of a message; never changed, never erased.';

create table rendition (
  id uuid primary key,
  message_id uuid not null references message (id),
  channel text not null,
  language text not null,
  current_version integer not null default 1,
  dropped_at timestamptz,
  unique (message_id, channel, language)
);
comment on table rendition is 'Rendition (bản thể hiện): a message as one channel in one language carries it.';

create table rendition_version (
  rendition_id uuid not null references rendition (id),
  number integer not null check (number > 0),
  fields jsonb not null,
  composed boolean not null,
  from_master integer not null,
  from_composition text not null,
  recording_sha256 text,
  recording_seconds numeric(8, 2),
  restored_from integer,
  edited_by uuid references person (id),
  edited_at timestamptz not null,
  primary key (rendition_id, number)
);
comment on table rendition_version is 'Version (bản) of a rendition: its words, or the recording that is its master where the language is heard first.';
comment on column rendition_version.from_composition is 'SHA-256 of the composition of the master it was made from or held against: another one now means that the master or a fact has moved on.';

create table rendition_signature (
  rendition_id uuid not null,
  version integer not null,
  signed_by uuid not null references person (id),
  signed_at timestamptz not null,
  speaker text not null check (speaker <> ''),
  back_translation text not null check (back_translation <> ''),
  primary key (rendition_id, version),
  foreign key (rendition_id, version) references rendition_version (rendition_id, number)
);
comment on table rendition_signature is 'Signature of a native speaker (người bản ngữ xác nhận) under one version of a translation, with what it says back in Vietnamese.';

create table message_draft (
  message_id uuid not null references message (id),
  person_id uuid not null references person (id),
  subject text not null,
  fields jsonb not null,
  based_on integer not null,
  saved_at timestamptz not null,
  primary key (message_id, person_id, subject)
);
comment on table message_draft is 'Draft (bản đang gõ): what a person has typed and not saved yet, so that nothing typed is lost.';

create table message_lock (
  message_id uuid not null references message (id),
  subject text not null,
  person_id uuid not null references person (id),
  until timestamptz not null,
  primary key (message_id, subject)
);
comment on table message_lock is 'Edit lock (khóa soạn): who writes at a text now; it ends by itself.';

create table message_fact (
  message_id uuid not null references message (id),
  code text not null,
  primary key (message_id, code)
);
comment on table message_fact is 'Facts that a message refers to, so that a corrected fact finds the messages that say it.';
create index message_fact_code on message_fact (code);

create table message_term (
  id uuid primary key,
  language text not null,
  source text not null check (source <> ''),
  approved text not null check (approved <> ''),
  note text not null default '',
  kept_by uuid references person (id),
  kept_at timestamptz not null,
  unique (language, source)
);
comment on table message_term is 'Term (thuật ngữ): the approved word of a language for a Vietnamese one.';

create table story_consent (
  id uuid primary key,
  message_id uuid not null unique references message (id),
  sealed text not null,
  pseudonym text not null check (pseudonym <> ''),
  scope text not null,
  channels text[] not null,
  of_child boolean not null,
  guardian_agreed boolean not null,
  child_agreed boolean not null,
  given_on date not null,
  recorded_by uuid not null references person (id),
  recorded_at timestamptz not null,
  withdrawn_on date,
  withdrawn_reason text,
  check (not of_child or guardian_agreed)
);
comment on table story_consent is 'Consent (sự đồng ý) of a survivor whose story is told. Who it is lies sealed; nothing else here identifies anybody.';
