create table portal_article (
  id uuid primary key,
  message_id uuid not null references message (id),
  language text not null,
  release_id uuid not null references release (id),
  title text not null check (title <> ''),
  lead text not null,
  body text not null,
  call_to_action text not null,
  published_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (message_id, language)
);
comment on table portal_article is 'Article (bài trên cổng): what the public reads of a message in one language, exactly as it was approved.';
create index portal_newest on portal_article (language, published_at desc, id desc) where withdrawn_at is null;
