-- Sound made of the words of a rendition by a machine voice, and how its words are pronounced.
create table pronunciation (
  id uuid primary key,
  language text not null check (language <> ''),
  word text not null check (word <> ''),
  reading text not null check (reading <> ''),
  note text not null default '',
  kept_by uuid references person (id),
  kept_at timestamptz not null,
  unique (language, word)
);
comment on table pronunciation is 'Pronunciation (cách đọc): how a word of a language is read out where its spelling does not say so.';
create index pronunciation_in_order on pronunciation (word collate "vi-x-icu", id);

create table speech (
  id uuid primary key,
  rendition_id uuid not null references rendition (id),
  version integer not null,
  voice text not null check (voice <> ''),
  accent text not null check (accent in ('north', 'central', 'south')),
  speed numeric(3, 2) not null check (speed between 0.7 and 1.4),
  chime boolean not null,
  state text not null check (state in ('waiting', 'speaking', 'done', 'stopped', 'refused')),
  pieces integer,
  pieces_done integer not null default 0,
  refused_code text,
  refused_facts jsonb,
  asked_by uuid references person (id),
  asked_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'refused') = (refused_code is not null)),
  check ((state in ('waiting', 'speaking')) = (ended_at is null))
);
comment on table speech is 'Speech (lượt tạo giọng đọc): that a machine voice says the words of one version of a rendition, how far it is and what came of it.';
create unique index speech_under_way on speech (rendition_id) where state in ('waiting', 'speaking');
create index speech_newest on speech (rendition_id, asked_at desc);

alter table rendition_version
  add column recording_words text,
  add column recording_speech jsonb;
comment on column rendition_version.recording_words is 'SHA-256 of the words that the recording says; null where nobody noted it.';
comment on column rendition_version.recording_speech is 'The machine voice of the recording: voice, accent, speed, chime; null where a person is heard.';
