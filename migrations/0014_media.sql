-- Files that messages show or sound: by content hash, with their rights.
create table media (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  sha256 text not null unique,
  kind text not null check (kind in ('picture', 'audio', 'video', 'document')),
  mime text not null,
  file_name text not null,
  bytes bigint not null,
  title text not null check (title <> ''),
  alternative text not null default '',
  rights_owner text not null default '',
  rights_terms text not null default '',
  rights_until date,
  width integer,
  height integer,
  taken_on date,
  likeness bit(64),
  state text not null check (state in ('waiting', 'ready', 'broken')),
  added_by uuid references person (id),
  added_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  search_key text generated always as (fold(title || ' ' || alternative || ' ' || rights_owner)) stored
);
comment on table media is 'Media (tư liệu): a picture, a sound, a film or a paper by content hash, with who owns it and until when it may be used.';
comment on column media.likeness is 'Difference hash of a picture: few bits apart means that it looks the same.';
create index media_newest on media (added_at desc, id desc);
create index media_search on media (search_key text_pattern_ops);

create table media_size (
  media_id uuid not null references media (id),
  name text not null check (name in ('small', 'large')),
  sha256 text not null,
  mime text not null,
  width integer not null,
  height integer not null,
  primary key (media_id, name)
);
comment on table media_size is 'Size (cỡ ảnh) of a picture as it is shown: made anew from its points, so that nothing of its file is left.';

create table media_location (
  media_id uuid primary key references media (id),
  latitude double precision not null,
  longitude double precision not null
);
comment on table media_location is 'Where a picture was taken, kept apart from it: never served, never in the record.';
