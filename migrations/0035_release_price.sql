-- Outlets of a release by kind and by what is said there; what a unit costs by a channel; ways to find what waits for a person.
alter table release
  add column kinds text[] not null default '{}',
  add column languages text[] not null default '{}';
comment on column release.kinds is 'Kinds of outlets that are reached; none: every kind.';
comment on column release.languages is 'Outlets are reached where one of these is said, as BCP 47 tags; none: whatever is said there.';
create index release_proposed on release (starts_at, id) where state = 'proposed';
create index delivery_unknown_since on delivery (closed_at, id) where state = 'unknown';

create table channel_price (
  channel text not null,
  valid_from date not null,
  dong_per_unit numeric(12, 2) not null check (dong_per_unit >= 0),
  source text not null check (source <> ''),
  noted_at timestamptz not null,
  noted_by uuid references person (id),
  primary key (channel, valid_from)
);
comment on table channel_price is 'Unit price (đơn giá): what one part, or one delivery where nothing is sent in parts, costs by a channel from a day on, as a contract says; none: nobody has said.';

-- A preview walks places in the order in which people read them.
create index place_in_order on place (name collate "vi-x-icu", code);
