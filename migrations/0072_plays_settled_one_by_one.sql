-- A play is settled by what its own ends say and by two sums of its row. Before, every end of a row read all the others
-- again: a row of ten thousand plays was read ten thousand times over.
create table play_heard (
  play_id uuid primary key references play (id),
  seconds numeric(8, 2) not null check (seconds >= 0)
);
comment on table play_heard is 'For how long a play (lượt phát) was heard where it was heard longest, as its row counts it; none where it was not heard.';

create table row_heard (
  delivery_id uuid primary key,
  seconds numeric(12, 2) not null,
  minutes bigint not null
);
comment on table row_heard is 'What the plays of a row of the ledger (lượt chuyển) add up to: seconds heard, and minutes that stand for them among the figures.';

insert into play_heard (play_id, seconds)
  select play_id, max(seconds) from play_end where state in ('played', 'partial') group by play_id;
insert into row_heard (delivery_id, seconds, minutes)
  select delivery_id, sum(seconds), sum(minutes) from (
    select play.delivery_id, play_heard.seconds, 0::bigint as minutes from play_heard join play on play.id = play_heard.play_id
    union all
    select play.delivery_id, 0, fact.value from ledger_count as fact join play on play.id = fact.source_id
    where fact.source = 'play' and fact.indicator = 'minutes'
  ) as standing group by delivery_id;

-- As before: one play where it was played to its end anywhere at its station; minutes of the longest it was heard, rounded
-- over all plays of its row, so that many short ones are not each rounded up.
create or replace function settle_play(given_play uuid, at timestamptz) returns void language plpgsql as $$
declare
  this record;
  heard record;
  had numeric;
  standing record;
  own_minutes bigint;
  wanted bigint := 0;
begin
  perform 1 from delivery join play on play.release_id = delivery.release_id and play.delivery_id = delivery.id
    where play.id = given_play for update of delivery;
  select play.delivery_id, play.release_id, play.day, broadcast.language, row.organisation_id, row.place_id, row.channel,
    release.campaign_id, message.themes[1] as theme_id, coalesce(message.audiences[1], '') as audience,
    not exists (select 1 from activity join activity_count as fact on fact.activity_id = activity.id and fact.until = 'infinity'
      where activity.task_id = row.task_id) as counts
  into this
  from play join broadcast on broadcast.id = play.broadcast_id
  join delivery as row on row.release_id = play.release_id and row.id = play.delivery_id
  join release on release.id = play.release_id and release.kind <> 'recall'
  join message on message.id = release.message_id
  where play.id = given_play;
  if not found then
    return;
  end if;

  select coalesce(bool_or(state = 'played'), false) as whole, max(seconds) as seconds,
    coalesce(min(grade) filter (where state = 'played'), min(grade), 'declared') as grade
  into heard
  from play_end where play_id = given_play and state in ('played', 'partial');
  select seconds into had from play_heard where play_id = given_play;
  if heard.seconds is null then
    delete from play_heard where play_id = given_play;
  else
    insert into play_heard (play_id, seconds) values (given_play, heard.seconds)
    on conflict (play_id) do update set seconds = excluded.seconds where play_heard.seconds <> excluded.seconds;
  end if;

  select coalesce(sum(value), 0)::bigint into own_minutes from ledger_count
    where source = 'play' and source_id = given_play and indicator = 'minutes';
  insert into row_heard as sums (delivery_id, seconds, minutes)
  values (this.delivery_id, coalesce(heard.seconds, 0) - coalesce(had, 0), 0)
  on conflict (delivery_id) do update set seconds = sums.seconds + excluded.seconds, minutes = sums.minutes - own_minutes
  returning sums.seconds, sums.minutes into standing;
  if heard.seconds is not null and this.counts then
    wanted := round(standing.seconds / 60.0)::bigint - standing.minutes;
  end if;
  if wanted <> 0 then
    update row_heard set minutes = standing.minutes + wanted where delivery_id = this.delivery_id;
  end if;

  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'play', given_play, release_id, indicator, sum(value), organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, at
  from (
    select this.release_id, said.indicator, said.value, this.organisation_id, this.place_id, this.campaign_id, this.theme_id, this.day,
      this.channel, this.audience, this.language, heard.grade
    from (values
      ('plays', case when heard.whole and this.counts then 1::bigint else 0 end),
      ('minutes', wanted)
    ) as said (indicator, value)
    where said.value <> 0
    union all
    select release_id, indicator, -value, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
    from ledger_count where source = 'play' and source_id = given_play
  ) as settled
  group by release_id, indicator, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
  having sum(value) <> 0;
end $$;
