-- Whoever keeps the facts in memory asks before each answer what has changed since: exactly what was committed in between, whatever
-- order transactions began and ended in. So a figure is as live as if it were summed by the database.
create table fact_change (
  id bigint generated always as identity primary key,
  changed xid8 not null default pg_current_xact_id(),
  occasions uuid[] not null,
  noted_at timestamptz not null default now()
);
comment on table fact_change is 'Of which activities and rows of the ledger facts changed, by the transaction that did it; kept for a day.';
comment on column fact_change.occasions is 'activity_count.activity_id or ledger_count.source_id.';
create index fact_change_by on fact_change (changed);

create function note_changed_activities() returns trigger language plpgsql as $$
begin
  insert into fact_change (occasions)
  select occasions from (select array_agg(distinct activity_id) from changed_rows) as noted (occasions) where occasions is not null;
  return null;
end $$;
create trigger activity_count_notes_new after insert on activity_count
  referencing new table as changed_rows for each statement execute function note_changed_activities();
create trigger activity_count_notes_closed after update on activity_count
  referencing new table as changed_rows for each statement execute function note_changed_activities();
create trigger activity_count_notes_gone after delete on activity_count
  referencing old table as changed_rows for each statement execute function note_changed_activities();

create function note_changed_rows() returns trigger language plpgsql as $$
begin
  insert into fact_change (occasions)
  select occasions from (select array_agg(distinct source_id) from changed_rows) as noted (occasions) where occasions is not null;
  return null;
end $$;
create trigger ledger_count_notes_new after insert on ledger_count
  referencing new table as changed_rows for each statement execute function note_changed_rows();
