-- Who must agree, in which order, before a message may go out.
create table review_step (
  id uuid primary key,
  message_kind text not null,
  ordinal integer not null check (ordinal > 0),
  name text not null check (name in ('edit', 'facts', 'orientation', 'survivor', 'lead')),
  role text not null,
  organisation_kinds text[] not null default '{}',
  days integer not null check (days between 1 and 60),
  unique (message_kind, ordinal, name)
);
comment on table review_step is 'Review step (bước duyệt) of one kind of message; steps of one ordinal go at the same time. Without kinds of organisation it is taken where the message was written, or above.';

insert into review_step (id, message_kind, ordinal, name, role, organisation_kinds, days)
select gen_random_uuid(), kind, ordinal, name, role, kinds, days
from unnest(array['news', 'notice', 'slogan', 'question', 'story', 'commendation', 'script', 'press_material']) as kind
cross join (values
  (1, 'edit', 'reviewer', '{}'::text[], 2),
  (2, 'facts', 'content_officer', '{police,border_guard}'::text[], 3),
  (3, 'lead', 'leader', '{}'::text[], 2)
) as step (ordinal, name, role, kinds, days);
insert into review_step (id, message_kind, ordinal, name, role, organisation_kinds, days) values
  (gen_random_uuid(), 'press_material', 2, 'orientation', 'reviewer', '{party}', 3);

create table review (
  id uuid primary key,
  message_id uuid not null references message (id),
  content_hash text not null,
  content jsonb not null,
  state text not null check (state in ('open', 'approved', 'returned', 'taken_back')),
  submitted_by uuid references person (id),
  submitted_at timestamptz not null,
  closed_at timestamptz
);
comment on table review is 'Review (thẩm định, duyệt) of exactly the content of one hash.';
create unique index review_open on review (message_id) where state = 'open';
create index review_message on review (message_id, submitted_at desc);

create table review_part (
  review_id uuid not null references review (id),
  ordinal integer not null,
  name text not null,
  role text not null,
  organisation_kinds text[] not null,
  due_on date not null,
  verdict text check (verdict in ('approve', 'return')),
  note text not null default '',
  decided_by uuid references person (id),
  decided_at timestamptz,
  reminded_on date,
  primary key (review_id, ordinal, name),
  check ((verdict is null) = (decided_at is null))
);
comment on table review_part is 'A step of a review as it stood when the message was submitted, and the decision on it.';

create table review_comment (
  id uuid primary key,
  message_id uuid not null references message (id),
  subject text not null,
  field text not null,
  quote text not null default '',
  words text not null check (words <> ''),
  made_by uuid not null references person (id),
  made_at timestamptz not null,
  resolved_by uuid references person (id),
  resolved_at timestamptz
);
comment on table review_comment is 'Comment (góp ý) on a passage of a message or of a rendition.';
create index review_comment_of on review_comment (message_id, made_at);
