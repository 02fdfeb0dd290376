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

create table credential (
  person_id uuid primary key references person (id),
  password_hash text not null,
  must_change boolean not null default false,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  recovery_hashes text[] not null default '{}'
);
comment on table credential is 'Credential (thông tin đăng nhập): hash of the password, second factor. Never exported.';

create table session (
  id uuid primary key,
  person_id uuid not null references person (id),
  token_hash text not null unique check (length(token_hash) = 64),
  made_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor_done boolean not null,
  device text not null default '',
  address text not null default ''
);
comment on table session is 'Session (phiên đăng nhập): one signed-in device. The token itself is never kept. Never exported.';
create index session_of on session (person_id, seen_at desc);

create table sign_in_attempt (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  username_hash text not null,
  address_hash text not null
);
comment on table sign_in_attempt is 'Failed attempt to sign in, by hash of name and address; swept after a day. Never exported.';
create index sign_in_attempt_username on sign_in_attempt (username_hash, at);
create index sign_in_attempt_address on sign_in_attempt (address_hash, at);
