-- Subscribers by double opt-in: where consent came from, which lists the public may ask for, counts kept by the database; issues of the bulletin.
alter table subscription
  add column source text not null default 'portal' check (source in ('portal', 'import', 'phone')),
  add column consent_words text not null default '',
  add column consent_note text not null default '',
  add column consent_on date;
comment on column subscription.source is 'Where consent came from: asked for by its owner on the portal or by phone, or put in from a list that says who asked.';
comment on column subscription.consent_words is 'Wording key of the very sentence that was agreed to; such a sentence is never changed, a new one gets a new key.';
comment on column subscription.consent_note is 'Of a list put in: who asked for consent and how.';
create index subscription_asked on subscription (asked_at) where state = 'asked';

create table subscriber_list (
  outlet_id uuid primary key references outlet (id),
  opened_at timestamptz not null,
  opened_by uuid references person (id)
);
comment on table subscriber_list is 'A list (danh sách nhận tin) that the public may ask for on the portal, and whose issues it may read there.';

create table subscription_count (
  outlet_id uuid not null references outlet (id),
  state text not null,
  n bigint not null,
  primary key (outlet_id, state)
);
comment on table subscription_count is 'How many subscriptions (đăng ký nhận tin) of a list stand in each state, kept with each change.';

create function count_subscriptions() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into subscription_count as held (outlet_id, state, n)
    select outlet_id, state, count(*) from new_rows group by 1, 2 order by 1, 2
    on conflict (outlet_id, state) do update set n = held.n + excluded.n;
  elsif tg_op = 'DELETE' then
    insert into subscription_count as held (outlet_id, state, n)
    select outlet_id, state, -count(*) from old_rows group by 1, 2 order by 1, 2
    on conflict (outlet_id, state) do update set n = held.n + excluded.n;
  else
    insert into subscription_count as held (outlet_id, state, n)
    select outlet_id, state, sum(step) from (
      select outlet_id, state, 1 as step from new_rows union all select outlet_id, state, -1 from old_rows
    ) as moved group by 1, 2 having sum(step) <> 0 order by 1, 2
    on conflict (outlet_id, state) do update set n = held.n + excluded.n;
  end if;
  return null;
end $$;
create trigger subscription_counted_in after insert on subscription
  referencing new table as new_rows for each statement execute function count_subscriptions();
create trigger subscription_counted_out after delete on subscription
  referencing old table as old_rows for each statement execute function count_subscriptions();
create trigger subscription_counted after update on subscription
  referencing old table as old_rows new table as new_rows for each statement execute function count_subscriptions();

create table subscription_request (
  id bigint generated always as identity primary key,
  contact_hash text not null,
  address_hash text not null,
  at timestamptz not null
);
comment on table subscription_request is 'Who asked to be sent messages (đăng ký nhận tin) how often of late, as keyed hashes; swept after a day.';
create index subscription_request_contact on subscription_request (contact_hash, at);
create index subscription_request_address on subscription_request (address_hash, at);

create table subscriber_import (
  id uuid primary key,
  outlet_id uuid not null references outlet (id),
  sealed text not null,
  created_at timestamptz not null
);
comment on table subscriber_import is 'A list of contacts that was previewed and waits to be put in, sealed; gone when it is put in, or after a day. Never exported.';

create table bulletin_issue (
  release_id uuid primary key references release (id),
  number integer not null unique check (number > 0),
  message_id uuid not null references message (id),
  of_release_id uuid references release (id),
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  renditions jsonb not null
);
comment on table bulletin_issue is 'Issue (số bản tin): what went out to a list open to all, exactly as approved, for anybody to read by its number.';
create index bulletin_issue_of on bulletin_issue (of_release_id) where of_release_id is not null;
