create table person (
  id uuid primary key,
  username text not null unique check (username = lower(username) and username <> ''),
  name text not null check (name <> ''),
  email text,
  phone text,
  language text not null default 'vi' check (language in ('vi', 'en')),
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  search_key text generated always as (fold(name || ' ' || username)) stored
);
comment on table person is 'Person (cán bộ): a member of staff who signs in. Citizens are never kept here.';
