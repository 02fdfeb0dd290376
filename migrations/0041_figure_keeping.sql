-- What figures are asked by and what is kept of them: reporting regimes, targets, snapshots, and what the public sees.
create table reporting_regime (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null check (name <> ''),
  first_day smallint not null check (first_day between 1 and 28),
  source text not null default '',
  ordinal integer not null,
  ended_on date
);
comment on table reporting_regime is 'Reporting regime (chế độ báo cáo): on which day of the month before a reporting period begins; 1: by the calendar. Others by configuration.';
-- Circular 09/2019/TT-NHNN gives the text of decree 09/2019/NĐ-CP, which was not read itself: provinces that cut off otherwise add their own.
insert into reporting_regime (code, name, first_day, source, ordinal) values
  ('periodic', 'Chế độ báo cáo định kỳ (chốt ngày 14)', 15, 'Nghị định số 09/2019/NĐ-CP; thời gian chốt số liệu theo Thông tư số 09/2019/TT-NHNN', 10),
  ('calendar', 'Theo lịch', 1, '', 20);

create table target_indicator (
  campaign_id uuid not null references campaign (id),
  target text not null check (target <> ''),
  indicator text not null references indicator (code),
  linked_by uuid references person (id),
  linked_at timestamptz not null,
  primary key (campaign_id, target)
);
comment on table target_indicator is 'Which indicator shows how far a target of a plan (mục tiêu) is reached: by the words of the target, so that an amended plan that says the same keeps it.';

create table figure_snapshot (
  id uuid primary key,
  name text not null check (name <> ''),
  organisation_id uuid not null references organisation (id),
  question jsonb not null,
  answer jsonb not null,
  as_of timestamptz not null,
  taken_by uuid references person (id),
  taken_at timestamptz not null
);
comment on table figure_snapshot is 'Snapshot (số liệu đã chốt): a question, the moment as of which it was answered, and the answer, so that it can be made again to the unit.';
create index figure_snapshot_newest on figure_snapshot (taken_at desc, id desc);
create trigger figure_snapshot_is_append_only before update or delete on figure_snapshot
  for each row execute function refuse_change();

create table public_figures (
  one boolean primary key default true check (one),
  shown boolean not null,
  indicators text[] not null,
  day_from date not null,
  day_to date,
  place_id uuid references place (id),
  kept_by uuid references person (id),
  kept_at timestamptz not null
);
comment on table public_figures is 'Public figures (số liệu công khai): which indicators, of which days and place, the public sees; not shown until somebody turns it on.';
