-- The key for search without diacritics. The same as fold() in src/core/kernel/language.ts: a test compares them.
create function fold(given text) returns text language sql immutable parallel safe strict as $$
  select btrim(regexp_replace(lower(translate(regexp_replace(normalize(given, NFD), '[̀-ͯ]+', '', 'g'), 'đĐ', 'dd')), '\s+', ' ', 'g'))
$$;
comment on function fold is 'Search key: lower case, no diacritics, đ as d, single blanks.';

create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'system', 'nobody')),
  actor text not null,
  action text not null,
  subject text not null,
  subject_id text,
  facts jsonb not null,
  previous_hash text not null check (length(previous_hash) = 64),
  hash text not null unique check (length(hash) = 64)
);
comment on table audit_entry is 'The append-only, hash-chained record (nhật ký): every change of state, who made it and when.';
create index audit_entry_subject on audit_entry (subject, subject_id, seq);
create index audit_entry_actor on audit_entry (actor, seq);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name;
end
$$;
create trigger audit_entry_is_append_only before update or delete on audit_entry
  for each row execute function refuse_change();
create trigger audit_entry_is_never_emptied before truncate on audit_entry
  for each statement execute function refuse_change();
