create table place (
  id uuid primary key,
  code text not null unique check (code <> ''),
  kind text not null check (kind in ('country', 'province', 'city', 'district', 'town', 'commune', 'ward', 'township', 'village')),
  level text not null check (level in ('national', 'province', 'district', 'commune', 'village')),
  name text not null check (name <> ''),
  parent_id uuid references place (id),
  alive_from date,
  alive_to date,
  languages text[] not null default '{vi}',
  latitude double precision,
  longitude double precision,
  area_km2 double precision,
  note text,
  search_key text generated always as (fold(name)) stored,
  check (alive_from is null or alive_to is null or alive_from <= alive_to)
);
comment on table place is 'Place (địa bàn): a unit of the administrative tree, with a lifetime.';
create index place_parent on place (parent_id);
create table place_succession (
  from_id uuid not null references place (id),
  to_id uuid not null references place (id),
  on_day date not null,
  note text,
  primary key (from_id, to_id)
);
comment on table place_succession is 'Successor of a place (đơn vị kế thừa): what a place became when it ended.';
