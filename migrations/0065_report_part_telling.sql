-- Who was told of a contribution they owe, so that nobody is told twice.
create table report_part_telling (
  part_id uuid not null references report_part (id),
  person_id uuid not null references person (id),
  step text not null check (step in ('due_soon', 'overdue')),
  told_at timestamptz not null,
  primary key (part_id, person_id, step)
);
comment on table report_part_telling is 'Telling (lần báo) of a contribution: who was told by mail that it is due soon, or overdue. Written before the mail leaves; taken back where none could.';
