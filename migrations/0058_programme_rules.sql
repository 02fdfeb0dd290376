-- What the programme of stations is laid out by, and what people say of it: days on which nothing plays, the rule of a
-- release, bulletins taken back, and days that were played by hand.
create table off_day (
  id uuid primary key,
  from_day date not null,
  to_day date not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('holiday', 'exam', 'mourning', 'other')),
  stops text not null check (stops in ('ordinary', 'all')),
  organisation_id uuid references organisation (id),
  kept_by uuid references person (id),
  kept_at timestamptz not null,
  check (from_day <= to_day)
);
comment on table off_day is 'Day off (ngày nghỉ phát): what does not play on these days; an emergency always does.';
comment on column off_day.organisation_id is 'For the stations of this body and of those below it; null: for every station.';
create index off_day_from on off_day (from_day, to_day);

create table airing (
  release_id uuid primary key references release (id),
  periods jsonb not null,
  kept_by uuid references person (id),
  kept_at timestamptz not null
);
comment on table airing is 'Airing (lịch phát của đợt): how often a release is to be heard in each part of its time; without it the rule of its class.';

create table broadcast_withdrawal (
  delivery_id uuid primary key,
  release_id uuid not null references release (id),
  station_id uuid not null references station (outlet_id),
  schedule_version bigint not null,
  at timestamptz not null,
  closed_at timestamptz
);
comment on table broadcast_withdrawal is 'Withdrawal (thu hồi bản tin) at a station: done when every device holds a schedule at least as new as the one without it.';
create index broadcast_withdrawal_open on broadcast_withdrawal (at) where closed_at is null;

create table lay_conflict (
  delivery_id uuid not null,
  release_id uuid not null references release (id),
  station_id uuid not null references station (outlet_id),
  day date not null,
  slot_id uuid references slot (id),
  why text not null,
  what text not null default ''
);
comment on table lay_conflict is 'Conflict (vướng lịch) that was met when a release was laid into the slots of a station: what could not be laid, and why.';
create index lay_conflict_of_station on lay_conflict (station_id, day);
create index lay_conflict_of_release on lay_conflict (release_id, station_id);

create table hand_day (
  station_id uuid not null references station (outlet_id),
  day date not null,
  closed_by uuid references person (id),
  closed_at timestamptz not null,
  photo_sha256 text check (length(photo_sha256) = 64),
  primary key (station_id, day)
);
comment on table hand_day is 'Day played by hand (ngày phát thủ công) that somebody has said is done, with or without a photograph of the sheet.';

create table programme_setting (
  one boolean primary key default true check (one),
  silent_hours smallint not null default 48 check (silent_hours between 1 and 720)
);
comment on table programme_setting is 'Setting of the programme: after how many hours a play that no device spoke of is called offline.';
insert into programme_setting default values;

create index play_of_delivery on play (delivery_id);
create index play_planned on play (planned_at) where state in ('offered', 'chosen');
create index play_undecided on play (planned_at) where state = 'offered';
