create table organisation (
  id uuid primary key,
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  aliases text[] not null default '{}',
  kind text not null,
  level text not null check (level in ('national', 'province', 'district', 'commune')),
  place_id uuid not null references place (id),
  parent_id uuid references organisation (id),
  alive_from date,
  alive_to date,
  note text,
  search_key text not null generated always as (fold(name)) stored,
  check (alive_from is null or alive_to is null or alive_from <= alive_to)
);
comment on table organisation is 'Organisation (cơ quan, đơn vị): a body that acts in a place, with a lifetime.';
create index organisation_parent on organisation (parent_id);
