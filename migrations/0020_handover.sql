-- Where approved content went by hand: what a recall has to reach.
create table message_handover (
  id uuid primary key,
  message_id uuid not null references message (id),
  content_hash text not null,
  channel text not null,
  organisation_id uuid not null references organisation (id),
  handed_on date not null,
  note text not null default '',
  recorded_by uuid references person (id),
  recorded_at timestamptz not null,
  recall_task_id uuid references task (id)
);
comment on table message_handover is 'Handover (giao bản duyệt): a body that was given approved content, by which channel and when; recalled by a task of its own.';
create index message_handover_of on message_handover (message_id, recorded_at desc, id desc);
