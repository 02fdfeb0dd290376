-- Webhooks: the secrets by which receivers know that it is us, and every attempt with what they answered.
create table webhook_secret (
  id uuid primary key,
  outlet_id uuid not null references outlet (id),
  sealed text not null,
  made_at timestamptz not null,
  ends_at timestamptz
);
comment on table webhook_secret is 'Secret (khóa ký) by which a receiver of webhooks checks that we sent; after a change the old one signs beside the new for some days. Never exported.';
comment on column webhook_secret.ends_at is 'From when it signs no more; null: it is the newest.';
create unique index webhook_secret_newest on webhook_secret (outlet_id) where ends_at is null;
create index webhook_secret_of on webhook_secret (outlet_id);

create table webhook_attempt (
  id bigint generated always as identity primary key,
  outlet_id uuid not null references outlet (id),
  release_id uuid not null,
  delivery_id uuid not null,
  at timestamptz not null,
  event text not null check (event in ('release.published', 'release.corrected', 'release.withdrawn')),
  status smallint,
  took_ms integer not null,
  bytes integer not null,
  outcome text not null check (outcome in ('delivered', 'refused', 'postponed')),
  reason text not null default '',
  answer text not null default ''
);
comment on table webhook_attempt is 'Attempt (lần gọi) of a webhook: what the receiver answered, how long it took; append-only.';
comment on column webhook_attempt.status is 'The status of HTTP; null where no answer came.';
comment on column webhook_attempt.answer is 'The first 500 bytes of the answer.';
create index webhook_attempt_of_outlet on webhook_attempt (outlet_id, id desc);
create index webhook_attempt_of_delivery on webhook_attempt (delivery_id, id);
create trigger webhook_attempt_is_append_only before update or delete on webhook_attempt
  for each row execute function refuse_change();
