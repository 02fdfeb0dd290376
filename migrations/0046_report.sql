-- Reports written from figures, and what higher bodies ask to be reported.
create table report_template (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('periodic', 'thematic', 'ad_hoc')),
  content jsonb not null,
  ordinal integer not null default 100,
  ended_on date
);
comment on table report_template is 'Report template (đề cương): the outline, sentences and annexes of a report as data; new ones by configuration.';

create table report_request (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  asked_by text not null check (asked_by <> ''),
  subject text not null check (subject <> ''),
  template text not null references report_template (code),
  campaign_id uuid references campaign (id),
  scope_id uuid references organisation (id),
  day_from date not null,
  day_to date not null check (day_to >= day_from),
  due_on date not null,
  state text not null check (state in ('open', 'sent', 'dropped')),
  sent_at timestamptz,
  sent_by text,
  sent_note text not null default '',
  created_at timestamptz not null,
  created_by uuid references person (id),
  revision integer not null default 1,
  check ((state = 'sent') = (sent_at is not null))
);
comment on table report_request is 'Report request (yêu cầu báo cáo): that a higher body asks for a report by a day, with who must contribute.';
create index report_request_newest on report_request (created_at desc, id desc);
create index report_request_open on report_request (organisation_id, due_on) where state = 'open';

create table report (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  template text not null references report_template (code),
  kind text not null check (kind in ('periodic', 'thematic', 'ad_hoc')),
  subject text not null check (subject <> ''),
  campaign_id uuid references campaign (id),
  scope_id uuid references organisation (id),
  day_from date not null,
  day_to date not null check (day_to >= day_from),
  compare_from date,
  compare_to date check (compare_to >= compare_from),
  accepted_from smallint,
  map_day date not null,
  as_of timestamptz not null,
  text text not null,
  tables jsonb not null default '[]',
  photos jsonb not null default '[]',
  document_id uuid references document (id),
  request_id uuid references report_request (id),
  created_at timestamptz not null,
  created_by uuid references person (id),
  revision integer not null default 1,
  check ((compare_from is null) = (compare_to is null))
);
comment on table report is 'Report (báo cáo): what a body says it did in some days, its sentences free and its figures bound to their questions.';
comment on column report.text is 'In the outline notation of documents, with a token {{f1}} for each figure.';
comment on column report.tables is 'The tables of its annexes as they were answered: [{title, table}].';
create index report_newest on report (created_at desc, id desc);
create index report_of_request on report (request_id) where request_id is not null;

create table report_figure (
  report_id uuid not null references report (id),
  code text not null check (code ~ '^f[0-9]+$'),
  ordinal integer not null,
  key jsonb not null,
  unit text not null,
  value jsonb not null,
  question jsonb not null,
  as_of timestamptz not null,
  primary key (report_id, code)
);
comment on table report_figure is 'Figure of a report: the question behind a token of its text, the answer, and the moment as of which it was answered.';

create table report_part (
  id uuid primary key,
  request_id uuid not null references report_request (id),
  organisation_id uuid not null references organisation (id),
  state text not null check (state in ('waiting', 'confirmed')),
  note text not null default '',
  figures jsonb not null default '[]',
  as_of timestamptz,
  confirmed_at timestamptz,
  confirmed_by text,
  confirmed_by_id uuid references person (id),
  reminded_on date,
  unique (request_id, organisation_id),
  check ((state = 'confirmed') = (confirmed_at is not null))
);
comment on table report_part is 'Contribution (phần đóng góp) of a body to a requested report: its own figures, confirmed or corrected, with its words.';
comment on column report_part.figures is 'What the body confirmed: [{indicator, counted, estimated}] as of `as_of`.';
create index report_part_waiting on report_part (organisation_id) where state = 'waiting';

create table report_correction (
  id uuid primary key,
  part_id uuid not null references report_part (id),
  indicator text not null references indicator (code),
  shown bigint not null,
  said bigint not null check (said >= 0),
  reason text not null check (reason <> ''),
  said_at timestamptz not null,
  said_by text not null,
  said_by_id uuid references person (id)
);
comment on table report_correction is 'Correction (số đơn vị nêu): that a body says a figure should be another, and why; the figure itself stays.';
create index report_correction_of on report_correction (part_id);
create trigger report_correction_is_append_only before update or delete on report_correction
  for each row execute function refuse_change();
