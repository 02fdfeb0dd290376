-- What happened counts for good: a mail or a text message that was sent, an issue with its number, a play. What stands counts
-- while it stands: an article of the portal that is taken down, or whose place another takes, is taken back from then on.
create or replace function count_article() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.withdrawn_at is null) = (new.withdrawn_at is null) then
    return null;
  end if;
  if new.withdrawn_at is not null then
    insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
      day, channel, audience, language, grade, since)
    select source, source_id, release_id, indicator, -sum(value), organisation_id, place_id, campaign_id, theme_id,
      day, channel, audience, language, grade, new.withdrawn_at
    from ledger_count where source = 'article' and source_id = new.id
    group by source, source_id, release_id, indicator, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
    having sum(value) <> 0;
    return null;
  end if;
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'article', new.id, new.release_id, case message.kind when 'news' then 'news' else 'articles' end, 1, release.organisation_id,
    organisation.place_id, release.campaign_id, message.themes[1], (new.published_at at time zone 'Asia/Ho_Chi_Minh')::date, 'portal',
    coalesce(message.audiences[1], ''), new.language, 'machine', case tg_op when 'INSERT' then new.published_at else new.changed_at end
  from release join message on message.id = release.message_id join organisation on organisation.id = release.organisation_id
  where release.id = new.release_id;
  return null;
end $$;
drop trigger portal_article_counted on portal_article;
create trigger portal_article_counted after insert or update of withdrawn_at on portal_article
  for each row execute function count_article();

-- What is down already, from now on: what was reported of a moment before stays as it was reported.
insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
  day, channel, audience, language, grade, since)
select source, source_id, fact.release_id, indicator, -sum(value), organisation_id, place_id, fact.campaign_id, theme_id,
  day, channel, audience, fact.language, grade, now()
from ledger_count as fact join portal_article as article on article.id = fact.source_id and article.withdrawn_at is not null
where source = 'article'
group by source, source_id, fact.release_id, indicator, organisation_id, place_id, fact.campaign_id, theme_id, day, channel, audience,
  fact.language, grade
having sum(value) <> 0;
