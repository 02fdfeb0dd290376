-- A task handed over or issued again: the history keeps from whom to whom, and which day stood before.
alter table task_event
  add column from_id uuid references organisation (id),
  add column to_id uuid references organisation (id),
  add column due_before date;
comment on column task_event.from_id is 'Handed over: the body that had the task.';
comment on column task_event.to_id is 'Handed over or escalated: the body that has it now, or was told.';
comment on column task_event.due_before is 'Issued again: the due day that stood before.';
create index task_escalated on task (escalated_to) where escalated_to is not null;
create index task_due on task (due_on) where state in ('set', 'accepted', 'returned');
create index task_origin on task (origin_kind, origin_id);
