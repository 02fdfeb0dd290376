create table task (
  id uuid primary key,
  origin_kind text not null,
  origin_id uuid,
  origin_key text not null unique,
  campaign_id uuid,
  clause text not null default '',
  title text not null check (title <> ''),
  detail text not null,
  role text not null check (role in ('lead', 'coordinate', 'all')),
  mode text not null check (mode in ('ordered', 'asked')),
  channels text[] not null default '{}',
  outputs text[] not null default '{}',
  due_on date,
  due_words text,
  rhythm text,
  organisation_id uuid not null references organisation (id),
  assigned_by uuid not null references organisation (id),
  parent_id uuid references task (id),
  state text not null check (state in ('set', 'accepted', 'returned', 'done', 'withdrawn')),
  escalated_to uuid references organisation (id),
  set_at timestamptz not null,
  revision integer not null default 1,
  search_key text generated always as (fold(title || ' ' || clause)) stored
);
comment on table task is 'Task (nhiệm vụ): what an organisation must do by when; done only when its output exists.';
create index task_of on task (organisation_id, due_on, id);
create index task_set_by on task (assigned_by, due_on, id);
create index task_campaign on task (campaign_id, organisation_id);
create index task_parent on task (parent_id);

create table task_output (
  id uuid primary key,
  task_id uuid not null references task (id),
  kind text not null check (kind in ('link', 'file', 'note')),
  title text not null check (title <> ''),
  value text not null,
  attached_by uuid references person (id),
  attached_at timestamptz not null
);
comment on table task_output is 'Output (sản phẩm, minh chứng kèm theo): what shows that a task was done.';
create index task_output_of on task_output (task_id, attached_at);

create table task_event (
  id bigint generated always as identity primary key,
  task_id uuid not null references task (id),
  at timestamptz not null,
  kind text not null,
  actor text not null,
  note text not null default ''
);
comment on table task_event is 'Event (diễn biến) of a task, append-only: set, accepted, returned, handed over, amended, done …';
create index task_event_of on task_event (task_id, id);
create trigger task_event_is_append_only before update or delete on task_event
  for each row execute function refuse_change();

create table task_reminder (
  task_id uuid not null references task (id),
  on_day date not null,
  days_left integer not null,
  primary key (task_id, on_day)
);
comment on table task_reminder is 'Reminder (nhắc việc): one a task and day, however often the job runs.';

create table calendar_feed (
  person_id uuid primary key references person (id),
  token text not null unique check (length(token) >= 32)
);
comment on table calendar_feed is 'Calendar feed (lịch đồng bộ): the secret address of a person''s tasks as iCalendar. Never exported.';
