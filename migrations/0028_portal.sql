-- Articles know their campaign, their themes and when they were corrected; what is public has a version that a cache asks for.
alter table portal_article
  add column campaign_id uuid references campaign (id),
  add column released_at timestamptz,
  add column corrected_at timestamptz,
  add column recording_sha256 text,
  add column replaced_by uuid references message (id);
update portal_article set
  released_at = coalesce(release.released_at, published_at),
  campaign_id = release.campaign_id
from release where release.id = portal_article.release_id;
alter table portal_article alter column released_at set not null;
comment on column portal_article.released_at is 'When the release that put it up was pressed: an older one that comes late changes nothing.';
comment on column portal_article.corrected_at is 'When its words last became others than those that stood; null where they never did.';
comment on column portal_article.recording_sha256 is 'The approved recording of it in its language, to be listened to; null where there is none.';
comment on column portal_article.replaced_by is 'The message whose articles took its place; null where none did.';
create index portal_newest_of_campaign on portal_article (campaign_id, language, published_at desc, id desc) where withdrawn_at is null;
create index portal_changed on portal_article (language, changed_at desc, id desc) where withdrawn_at is null;
create index portal_withdrawn on portal_article (language, withdrawn_at desc, id desc) where withdrawn_at is not null;

create table portal_theme (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  name text not null check (name <> '')
);
comment on table portal_theme is 'Theme (chủ đề trên cổng) under which the public finds articles: by its words, so that its address stays when the plan is amended.';
create unique index portal_theme_once on portal_theme (campaign_id, md5(name));

create table portal_article_theme (
  theme_id uuid not null references portal_theme (id),
  article_id uuid not null references portal_article (id),
  primary key (theme_id, article_id)
);
comment on table portal_article_theme is 'Which articles stand under a theme (bài của chủ đề).';
create index portal_article_theme_of on portal_article_theme (article_id);

create table portal_recall (
  release_id uuid primary key references release (id),
  at timestamptz not null
);
comment on table portal_recall is 'Releases (phát hành) taken back on the portal: one of their rows that comes late puts nothing up again.';

create table portal_version (
  one boolean primary key default true check (one),
  version bigint not null,
  changed_at timestamptz not null
);
comment on table portal_version is 'Version of all that the public reads: goes up in the transaction that changes any of it. No row before the first change.';

-- A row and not a sequence: a sequence shows its new number before the change itself can be seen.
create function renew_portal() returns trigger language plpgsql as $$
declare renewed portal_version;
begin
  insert into portal_version as held (version, changed_at) values (1, clock_timestamp())
  on conflict (one) do update set version = held.version + 1, changed_at = greatest(held.changed_at, clock_timestamp())
  returning * into renewed;
  perform pg_notify('portal_renewed', renewed.version || ' ' || (extract(epoch from renewed.changed_at) * 1000)::bigint);
  return null;
end $$;
create trigger portal_article_renews after insert or update or delete on portal_article
  for each statement execute function renew_portal();
create trigger fact_renews_portal after insert or update on fact
  for each row when (new.kind = 'hotline') execute function renew_portal();
create trigger fact_gone_renews_portal after delete on fact
  for each row when (old.kind = 'hotline') execute function renew_portal();
create trigger fact_turned_renews_portal after update of kind on fact
  for each row when (old.kind = 'hotline' and new.kind <> 'hotline') execute function renew_portal();
create trigger campaign_renews_portal after update of name on campaign
  for each row when (old.name is distinct from new.name) execute function renew_portal();
create trigger media_renews_portal after update of state, alternative, rights_owner, rights_until, withdrawn_at on media
  for each row when ((old.state, old.alternative, old.rights_owner, old.rights_until, old.withdrawn_at)
    is distinct from (new.state, new.alternative, new.rights_owner, new.rights_until, new.withdrawn_at))
  execute function renew_portal();
