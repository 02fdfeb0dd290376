-- What was really played counts by itself: plays and minutes of each play, as its ends say. A row of the ledger counts as a
-- play only where nobody knows of single plays.
alter table ledger_count drop constraint ledger_count_source_check;
alter table ledger_count add constraint ledger_count_source_check
  check (source in ('delivery', 'list', 'press', 'carrier', 'issue', 'article', 'play'));
comment on column ledger_count.source_id is 'delivery: the row; list: the outlet; press: the item; carrier: the receipt; issue: the release; article: the article; play: the play.';
delete from ledger_counting where channel = 'loudspeaker' and means = 'machine';

-- Brings the facts of a play to what its ends say: one play where it was played to its end anywhere at its station; minutes
-- of the longest it was heard, rounded over all plays of its row, so that many short ones are not each rounded up.
create function settle_play(given_play uuid, at timestamptz) returns void language plpgsql as $$
begin
  perform 1 from delivery join play on play.release_id = delivery.release_id and play.delivery_id = delivery.id
    where play.id = given_play for update of delivery;
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  with this as (
    select play.*, broadcast.language, row.organisation_id, row.place_id, row.channel, release.campaign_id, message.themes[1] as theme_id,
      coalesce(message.audiences[1], '') as audience,
      not exists (select 1 from activity join activity_count as fact on fact.activity_id = activity.id and fact.until = 'infinity'
        where activity.task_id = row.task_id) as counts
    from play join broadcast on broadcast.id = play.broadcast_id
    join delivery as row on row.release_id = play.release_id and row.id = play.delivery_id
    join release on release.id = play.release_id and release.kind <> 'recall'
    join message on message.id = release.message_id
    where play.id = given_play
  ), heard as (
    select one.play_id, bool_or(one.state = 'played') as whole, max(one.seconds) as seconds,
      coalesce(min(one.grade) filter (where one.state = 'played'), min(one.grade)) as grade
    from play_end as one join play on play.id = one.play_id
    where play.delivery_id = (select delivery_id from this) and one.state in ('played', 'partial')
    group by one.play_id
  ), minutes as (
    select round(coalesce(sum(heard.seconds), 0) / 60.0)::bigint as total from heard
  ), counted as (
    select coalesce(sum(value), 0)::bigint as total from ledger_count
    where source = 'play' and indicator = 'minutes' and release_id = (select release_id from this)
      and source_id in (select id from play where delivery_id = (select delivery_id from this)) and source_id <> given_play
  )
  select 'play', given_play, release_id, indicator, sum(value), organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, at
  from (
    select this.release_id, said.indicator, said.value, organisation_id, place_id, campaign_id, theme_id, this.day, channel, audience,
      language, coalesce(heard.grade, 'declared') as grade
    from this join heard on heard.play_id = this.id cross join minutes cross join counted
    cross join lateral (values
      ('plays', case when heard.whole and this.counts then 1::bigint else 0 end),
      ('minutes', case when this.counts then minutes.total - counted.total else 0 end)
    ) as said (indicator, value)
    where said.value <> 0
    union all
    select release_id, indicator, -value, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
    from ledger_count where source = 'play' and source_id = given_play
  ) as settled
  group by release_id, indicator, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
  having sum(value) <> 0;
end $$;

create function count_play_ends() returns trigger language plpgsql as $$
declare moved record;
begin
  for moved in
    select play_id, coalesce(max(closed_at), now()) as at from new_rows
    where state in ('played', 'partial') or exists (select 1 from ledger_count where source = 'play' and source_id = new_rows.play_id)
    group by play_id order by play_id
  loop
    perform settle_play(moved.play_id, moved.at);
  end loop;
  return null;
end $$;
create trigger play_end_counted after update on play_end
  referencing new table as new_rows for each statement execute function count_play_ends();
create trigger play_end_counted_in after insert on play_end
  referencing new table as new_rows for each statement execute function count_play_ends();

-- As before, but for rows whose single plays are known, which count themselves.
create or replace function settle_manual_row(given_release uuid, given_delivery uuid, at timestamptz) returns void language plpgsql as $$
declare played record;
begin
  -- Whoever closes the row and whoever proves it go one after the other; each sees what the other wrote.
  perform 1 from delivery where release_id = given_release and id = given_delivery for update;
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'delivery', given_delivery, given_release, indicator, sum(value), organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, at
  from (
    select counting.indicator, 1::bigint as value, row.organisation_id, row.place_id, release.campaign_id,
      message.themes[1] as theme_id, (row.closed_at at time zone 'Asia/Ho_Chi_Minh')::date as day, row.channel,
      coalesce(message.audiences[1], '') as audience, rendition.language,
      case when exists (select 1 from task_output where task_output.task_id = row.task_id and kind in ('link', 'file'))
        then 'documented' else 'declared' end as grade
    from delivery as row
    join ledger_counting as counting on counting.channel = row.channel and counting.means = row.means
    join release on release.id = row.release_id and release.kind <> 'recall'
    join message on message.id = release.message_id
    cross join lateral unnest(row.renditions) as carried (id)
    join rendition on rendition.id = carried.id
    where row.release_id = given_release and row.id = given_delivery and row.state = 'delivered'
      and not exists (select 1 from play join play_end on play_end.play_id = play.id and play_end.state in ('played', 'partial')
        where play.delivery_id = row.id)
      and not exists (
        select 1 from activity join activity_count as fact on fact.activity_id = activity.id and fact.until = 'infinity'
        where activity.task_id = row.task_id)
    union all
    select indicator, -value, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
    from ledger_count where source = 'delivery' and source_id = given_delivery and release_id = given_release
  ) as settled
  group by indicator, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
  having sum(value) <> 0;
  for played in
    select play.id from play where play.delivery_id = given_delivery
      and (exists (select 1 from play_end where play_id = play.id and state in ('played', 'partial'))
        or exists (select 1 from ledger_count where source = 'play' and source_id = play.id))
    order by play.id
  loop
    perform settle_play(played.id, at);
  end loop;
end $$;
