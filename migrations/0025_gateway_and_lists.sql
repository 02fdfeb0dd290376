-- Gateways: the roads a channel of machines goes by; and lists: outlets behind which subscribers stand.
create table gateway (
  id uuid primary key,
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  channel text not null,
  kind text not null check (kind <> ''),
  organisation_id uuid references organisation (id),
  settings jsonb not null default '{}',
  secret_sealed text,
  share smallint not null default 100 check (share between 1 and 100),
  share_now smallint not null default 100 check (share_now between 0 and 100),
  rate_per_second integer not null default 100 check (rate_per_second between 1 and 100000),
  window_size smallint not null default 10 check (window_size between 1 and 1000),
  bucket_rows double precision not null default 0,
  bucket_at timestamptz not null default '-infinity',
  simulated boolean not null default false,
  paused_at timestamptz,
  paused_reason text
);
comment on table gateway is 'Gateway (cổng gửi): one road by which a channel sends to machines, with its rate, window and share of the work.';
comment on column gateway.organisation_id is 'Whose outlets alone it serves; null: those of every body that has none of its own.';
comment on column gateway.settings is 'Address and names that the adapter of its kind asks for; never a secret.';
comment on column gateway.share_now is 'The share it has now: less than `share` while its answers or receipts fail or are slow.';
comment on column gateway.bucket_rows is 'How many rows it may still take at `bucket_at`: a bucket that every worker draws from.';
comment on column gateway.secret_sealed is 'Never exported.';
create index gateway_of_channel on gateway (channel, code);

create table gateway_minute (
  gateway_id uuid not null references gateway (id),
  minute timestamptz not null,
  sent integer not null default 0,
  good integer not null default 0,
  bad integer not null default 0,
  receipts integer not null default 0,
  receipt_seconds double precision not null default 0,
  primary key (gateway_id, minute)
);
comment on table gateway_minute is 'What a gateway (cổng gửi) did in a minute: handed over, taken, not taken, receipts and the seconds they were waited for.';

create table gateway_shift (
  id bigint generated always as identity primary key,
  gateway_id uuid not null references gateway (id),
  at timestamptz not null,
  from_share smallint not null,
  to_share smallint not null,
  reason text not null
);
comment on table gateway_shift is 'When the share of a gateway (cổng gửi) changed by itself, and why; append-only.';
create index gateway_shift_of on gateway_shift (gateway_id, id);
create trigger gateway_shift_is_append_only before update or delete on gateway_shift
  for each row execute function refuse_change();

create table subscriber (
  id uuid primary key,
  contact_kind text not null check (contact_kind in ('mail', 'phone')),
  contact_hash text not null,
  contact_sealed text,
  language text,
  place_id uuid references place (id),
  created_at timestamptz not null,
  suppressed_at timestamptz,
  suppressed_reason text,
  erased_at timestamptz,
  unique (contact_kind, contact_hash),
  check ((contact_sealed is null) = (erased_at is not null))
);
comment on table subscriber is 'Subscriber (người đăng ký nhận tin): someone who asked to be sent messages; the contact point lies sealed.';
comment on column subscriber.contact_sealed is 'Never exported.';
comment on column subscriber.contact_hash is 'Keyed hash of the contact point: finds the same one again without reading any. Never exported.';

create table subscription (
  outlet_id uuid not null references outlet (id),
  subscriber_id uuid not null references subscriber (id),
  state text not null check (state in ('asked', 'active', 'ended')),
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  ended_reason text,
  primary key (outlet_id, subscriber_id)
);
comment on table subscription is 'Subscription (đăng ký nhận tin) of a subscriber to a list, which is an outlet: asked for, then confirmed, then ended.';
create index subscription_active on subscription (outlet_id, subscriber_id) where state = 'active';
create index subscription_of on subscription (subscriber_id);
