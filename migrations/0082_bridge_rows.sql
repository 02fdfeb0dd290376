-- What comes in besides bulletins is kept and shown: days of the schedule as proposals, the rest as it came.
create table bridge_day (
  id uuid primary key,
  source text not null,
  station text not null,
  day date not null,
  exchange_id uuid not null references bridge_exchange (id),
  content_hash text not null,
  content jsonb not null,
  state text not null check (state in ('proposed', 'taken', 'declined')),
  station_id uuid references outlet (id),
  slots integer not null default 0,
  came_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references person (id),
  reason text not null default '',
  unique (source, station, day),
  check ((state = 'proposed') = (decided_at is null)),
  check ((state = 'taken') = (station_id is not null))
);
comment on table bridge_day is 'Proposed day (lịch cấp trên gửi): what a station should play on a day and those with the same plan, as it came; its hours become slots only where somebody of the station takes them over.';
comment on column bridge_day.station is 'As the other system names it.';
comment on column bridge_day.slots is 'How many slots were made of it.';
create index bridge_day_open on bridge_day (day, id) where state = 'proposed';

create table bridge_row (
  exchange_id uuid not null references bridge_exchange (id),
  list text not null check (list in ('devices', 'figures', 'beats', 'showings')),
  row integer not null check (row > 0),
  content jsonb not null,
  primary key (exchange_id, list, row)
);
comment on table bridge_row is 'Row (dòng nhận về) of a package that came in: a device, what was played there, its last word, or what a board shows, as the other system says; evidence beside our own; append-only.';
create trigger bridge_row_is_append_only before update or delete on bridge_row
  for each row execute function refuse_change();
create index bridge_report_by_exchange on bridge_report (exchange_id, report_id);
