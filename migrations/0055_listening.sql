-- Nobody approves what they have not listened to, to the end.
create table listening (
  id uuid primary key,
  person_id uuid not null references person (id),
  sha256 text not null check (length(sha256) = 64),
  kind text not null check (kind in ('began', 'played', 'declared')),
  at timestamptz not null
);
comment on table listening is 'Listening (lần nghe): that a person fetched a recording, that it played through before them, or that they say it did; by the hash of its bytes.';
create unique index listening_once on listening (person_id, sha256, kind);
create trigger listening_is_append_only before update or delete on listening
  for each row execute function refuse_change();
create trigger listening_is_never_emptied before truncate on listening
  for each statement execute function refuse_change();
