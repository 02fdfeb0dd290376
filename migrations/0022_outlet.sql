create table outlet (
  id uuid primary key,
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  kind text not null,
  channel text not null,
  means text not null check (means in ('machine', 'manual')),
  place_id uuid not null references place (id),
  organisation_id uuid not null references organisation (id),
  languages text[] not null default '{}',
  address text not null default '',
  quiet_from time,
  quiet_to time,
  alive_from date,
  alive_to date,
  note text,
  paused_at timestamptz,
  paused_reason text,
  search_key text generated always as (fold(name)) stored,
  check (alive_from is null or alive_to is null or alive_from <= alive_to),
  check ((quiet_from is null) = (quiet_to is null))
);
comment on table outlet is 'Outlet (điểm phát, nơi nhận): one concrete end of a way out: a loudspeaker cluster, a page, a newsroom, a carrier, a notice board.';
comment on column outlet.languages is 'BCP 47 tags of what is said there; none: what is spoken in its place.';
comment on column outlet.quiet_from is 'Begin of the hours in which nothing goes there, in the time of Vietnam; they may go over midnight.';
create index outlet_by_code on outlet (code);
create index outlet_of_place on outlet (place_id);
create index outlet_of_channel on outlet (channel, code);
create index outlet_search on outlet (search_key text_pattern_ops);
