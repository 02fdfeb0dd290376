create table plan (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  imported_by uuid references person (id),
  imported_at timestamptz not null,
  file_sha256 text not null check (length(file_sha256) = 64),
  file_name text not null,
  state text not null check (state in ('reading', 'read', 'confirmed', 'superseded', 'refused')),
  refusal text,
  refusal_facts jsonb not null default '{}',
  pages_read integer not null default 0,
  pages integer,
  format text,
  scanned boolean not null default false,
  encoding text,
  signatures jsonb not null default '[]',
  text text,
  machine_text text,
  reading jsonb,
  type text,
  notation text,
  issuer text,
  issued_on date,
  title text,
  amends uuid references plan (id),
  confirmed_by uuid references person (id),
  confirmed_at timestamptz,
  search_key text generated always as (fold(coalesce(notation, '') || ' ' || coalesce(title, '') || ' ' || file_name)) stored,
  unique (organisation_id, file_sha256),
  check ((state = 'refused') = (refusal is not null)),
  check (state in ('reading', 'refused') or (text is not null and reading is not null)),
  check (state not in ('confirmed', 'superseded') or confirmed_at is not null)
);
comment on table plan is 'Plan (kế hoạch): the signed document by content hash, its text, and what the reader proposed.';
comment on column plan.machine_text is 'What was read off a scan before people mended it; null where nothing was mended.';
comment on column plan.reading is 'The proposal of the reader as published in docs/plan-reading.schema.json, never changed by people.';
create index plan_newest on plan (imported_at desc, id desc);

create table plan_page (
  plan_id uuid not null references plan (id) on delete cascade,
  number integer not null check (number > 0),
  image_sha256 text,
  width integer,
  height integer,
  text_from integer not null,
  text_to integer not null,
  words jsonb not null default '[]',
  primary key (plan_id, number)
);
comment on table plan_page is 'Page (trang): a page of a scanned plan, its image, and its words with their place and how sure the machine was.';

create table plan_item (
  id uuid primary key,
  plan_id uuid not null references plan (id) on delete cascade,
  kind text not null check (kind in
    ('head', 'legal_basis', 'period', 'theme', 'slogan', 'hotline', 'audience', 'target', 'channel', 'duty')),
  key text not null,
  ordinal integer not null,
  machine jsonb,
  value jsonb not null,
  span_from integer,
  span_to integer,
  confidence real,
  state text not null check (state in ('proposed', 'right', 'corrected', 'added', 'dropped')),
  decided_by uuid references person (id),
  decided_at timestamptz,
  unique (plan_id, key),
  check ((state = 'added') = (machine is null)),
  check ((state = 'proposed') = (decided_at is null))
);
comment on table plan_item is 'Item (mục đọc được): one thing read from a plan. machine is what was read, value what counts; they differ only where a person changed it.';
create index plan_item_in_order on plan_item (plan_id, kind, ordinal);

create table campaign (
  id uuid primary key,
  plan_id uuid not null unique references plan (id),
  organisation_id uuid not null references organisation (id),
  name text not null,
  opened_at timestamptz not null,
  search_key text generated always as (fold(name)) stored
);
comment on table campaign is 'Campaign (đợt tuyên truyền): the work that a confirmed plan starts. An amended plan keeps the campaign.';

create table campaign_period (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  item_id uuid references plan_item (id),
  kind text not null check (kind in ('campaign', 'peak', 'day')),
  day_from date,
  day_to date,
  rhythm text,
  check (day_from is null or day_to is null or day_from <= day_to)
);
comment on table campaign_period is 'Period (thời gian, đợt cao điểm): from day to day, both included.';

create table campaign_theme (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  item_id uuid references plan_item (id),
  ordinal integer not null,
  clause text not null,
  text text not null
);
comment on table campaign_theme is 'Theme (nội dung tuyên truyền): a line of content the plan demands.';

create table campaign_line (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  item_id uuid references plan_item (id),
  kind text not null check (kind in ('slogan', 'hotline', 'audience', 'target', 'channel')),
  ordinal integer not null,
  value jsonb not null
);
comment on table campaign_line is 'Line (khẩu hiệu, đường dây nóng, đối tượng, mục tiêu, hình thức): what else the plan fixes for the campaign.';
create index campaign_period_of on campaign_period (campaign_id, day_from);
create index campaign_theme_of on campaign_theme (campaign_id, ordinal);
create index campaign_line_of on campaign_line (campaign_id, kind, ordinal);
