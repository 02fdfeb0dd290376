-- What machines and the ledger say, as facts beside those of activities: written by the database in the statement that changes
-- the ledger, as its counters are, so that no path of the code can forget it.
insert into indicator (code, name, unit, people, ordinal, counting) values
  ('mails', 'Thư bản tin đã gửi', 'thư', false, 272, 'Mỗi thư đã đến một địa chỉ là một thư.'),
  ('press_items', 'Tin, bài cung cấp cho báo chí', 'tin, bài', false, 92, 'Mỗi nội dung một cơ quan báo chí đã lấy về là một.'),
  ('press_taken', 'Tin, bài báo chí nhận sử dụng', 'tin, bài', false, 94, 'Theo trả lời của cơ quan báo chí.'),
  ('transfers', 'Lượt chuyển sang hệ thống khác', 'lượt', false, 320, '');

create table ledger_counting (
  channel text not null,
  means text not null check (means in ('machine', 'manual')),
  indicator text not null references indicator (code),
  by_part boolean not null default false,
  primary key (channel, means)
);
comment on table ledger_counting is 'What a delivered row of the ledger counts as (cách tính lượt chuyển), by channel and means; other ways by configuration.';
comment on column ledger_counting.by_part is 'Whether each part counts, as of a text message that goes in several.';
insert into ledger_counting (channel, means, indicator, by_part) values
  ('sms', 'machine', 'text_messages', true),
  ('bulletin', 'machine', 'mails', false),
  ('press', 'machine', 'press_items', false),
  ('press', 'manual', 'press_items', false),
  ('loudspeaker', 'machine', 'plays', false),
  ('loudspeaker', 'manual', 'plays', false),
  ('board', 'machine', 'notices', false),
  ('board', 'manual', 'notices', false),
  ('notice_board', 'manual', 'notices', false),
  ('poster', 'manual', 'posters', false),
  ('panel', 'manual', 'panels', false),
  ('banner', 'manual', 'banners', false),
  ('mobile_team', 'manual', 'mobile_runs', false),
  ('talk', 'manual', 'sessions', false),
  ('event', 'manual', 'sessions', false),
  ('social', 'machine', 'articles', false),
  ('social', 'manual', 'articles', false),
  ('webhook', 'machine', 'transfers', false);

create table ledger_count (
  id bigint generated always as identity primary key,
  source text not null check (source in ('delivery', 'list', 'press', 'carrier', 'issue', 'article')),
  source_id uuid not null,
  release_id uuid not null references release (id),
  indicator text not null references indicator (code),
  value bigint not null check (value <> 0),
  organisation_id uuid not null references organisation (id),
  place_id uuid not null references place (id),
  campaign_id uuid,
  theme_id uuid,
  day date not null,
  channel text not null,
  audience text not null,
  language text not null,
  grade text not null check (grade in ('machine', 'documented', 'declared')),
  since timestamptz not null
);
comment on table ledger_count is 'Ledger fact (số liệu từ sổ phát hành): a number more or, where it is negative, taken back, from a moment on. Append-only: the sum up to a moment is what counted then.';
comment on column ledger_count.source_id is 'delivery: the row; list: the outlet; press: the item; carrier: the receipt; issue: the release; article: the article.';
create trigger ledger_count_is_append_only before update or delete on ledger_count
  for each row execute function refuse_change();
create index ledger_count_asked on ledger_count (indicator, day) include (place_id, organisation_id, channel, value, grade, since);
create index ledger_count_of on ledger_count (source_id);

-- What figures are summed of: whoever asks sees activities and the ledger as one.
create view figure_fact as
  select 'activity'::text as source, activity_id as source_id, null::uuid as release_id, indicator, breakdown, part, value, estimated,
    organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade, acceptance, since, until
  from activity_count
  union all
  select source, source_id, release_id, indicator, 'all', '', value, false,
    organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade,
    case grade when 'machine' then 5 else 0 end::smallint, since, 'infinity'::timestamptz
  from ledger_count;
comment on view figure_fact is 'Every fact of every source. acceptance 5: a machine says it, and nobody need accept it.';

-- Machine rows, by the statement: a million of them to a list are written in as many pieces as they were closed in.
create function count_machines() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from new_rows where state = 'delivered' and means = 'machine')
    and not exists (select 1 from old_rows where state = 'delivered' and means = 'machine') then
    return null;
  end if;
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select moved.source, moved.source_id, moved.release_id, moved.indicator, moved.step, moved.organisation_id, moved.place_id,
    release.campaign_id, message.themes[1], (moved.closed_at at time zone 'Asia/Ho_Chi_Minh')::date, moved.channel,
    coalesce(message.audiences[1], ''), rendition.language, 'machine',
    case when moved.step > 0 then moved.closed_at else moved.left_at end
  from (
    select release_id, case when recipient_id is null then 'delivery' else 'list' end as source,
      case when recipient_id is null then step.id else outlet_id end as source_id, indicator, step.channel,
      organisation_id, place_id, renditions, closed_at, max(left_at) as left_at,
      sum(sign * case when by_part then parts else 1 end)::bigint as step
    from (
      select 1 as sign, closed_at as left_at, new_rows.* from new_rows where state = 'delivered' and means = 'machine'
      union all
      select -1, coalesce((select max(at) from delivery_event where delivery_id = old_rows.id), now()), old_rows.*
      from old_rows where state = 'delivered' and means = 'machine'
    ) as step join ledger_counting using (channel, means)
    group by release_id, 2, 3, indicator, step.channel, organisation_id, place_id, renditions, closed_at
    having sum(sign * case when by_part then parts else 1 end) <> 0
  ) as moved
  join release on release.id = moved.release_id and release.kind <> 'recall'
  join message on message.id = release.message_id
  cross join lateral unnest(moved.renditions) as carried (id)
  join rendition on rendition.id = carried.id;
  return null;
end $$;
create trigger delivery_machines_counted after update on delivery
  referencing old table as old_rows new table as new_rows for each statement execute function count_machines();

-- A row that people carried out counts by itself only while no activity of its task does: the same thing is never counted twice.
create function settle_manual_row(given_release uuid, given_delivery uuid, at timestamptz) returns void language plpgsql as $$
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
    where row.release_id = given_release and row.id = given_delivery and row.state = 'delivered' and not exists (
      select 1 from activity join activity_count as fact on fact.activity_id = activity.id and fact.until = 'infinity'
      where activity.task_id = row.task_id)
    union all
    select indicator, -value, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
    from ledger_count where source = 'delivery' and source_id = given_delivery and release_id = given_release
  ) as settled
  group by indicator, organisation_id, place_id, campaign_id, theme_id, day, channel, audience, language, grade
  having sum(value) <> 0;
end $$;

create function count_manual_rows() returns trigger language plpgsql as $$
declare moved record;
begin
  for moved in
    select release_id, id, coalesce(closed_at, (select max(delivery_event.at) from delivery_event where delivery_id = new_rows.id), now()) as at
    from new_rows where means = 'manual'
      and (state = 'delivered' or exists (select 1 from ledger_count where source_id = new_rows.id))
    order by release_id, id
  loop
    perform settle_manual_row(moved.release_id, moved.id, moved.at);
  end loop;
  return null;
end $$;
create trigger delivery_manual_counted after update on delivery
  referencing new table as new_rows for each statement execute function count_manual_rows();

create function activity_stands_for_row() returns trigger language plpgsql as $$
declare moved record;
begin
  for moved in
    select row.release_id, row.id, max(case when new_rows.until = 'infinity' then new_rows.since else new_rows.until end) as at
    from new_rows join activity on activity.id = new_rows.activity_id
      join delivery as row on row.task_id = activity.task_id and row.means = 'manual'
    group by 1, 2 order by 1, 2
  loop
    perform settle_manual_row(moved.release_id, moved.id, moved.at);
  end loop;
  return null;
end $$;
create trigger activity_count_added after insert on activity_count
  referencing new table as new_rows for each statement execute function activity_stands_for_row();
create trigger activity_count_closed after update on activity_count
  referencing new table as new_rows for each statement execute function activity_stands_for_row();

-- What a newsroom answered last of an item, as its own number: taken, ran in print, on air.
create function count_press_answer() returns trigger language plpgsql as $$
begin
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'press', new.item_id, release_id, indicator, sum(value), organisation_id, place_id, campaign_id, theme_id,
    day, 'press', audience, language, grade, new.at
  from (
    select item.release_id, said.indicator, said.value, outlet.organisation_id, outlet.place_id, release.campaign_id,
      message.themes[1] as theme_id, (coalesce(new.ran_at, new.at) at time zone 'Asia/Ho_Chi_Minh')::date as day,
      coalesce(message.audiences[1], '') as audience, item.language,
      case when new.link is null then 'declared' else 'documented' end as grade
    from press_item as item
    join outlet on outlet.id = item.outlet_id
    join release on release.id = item.release_id
    join message on message.id = item.message_id
    cross join lateral (values
      ('press_taken', 1::bigint, new.kind in ('taken', 'ran')),
      (case message.kind when 'news' then 'news' else 'articles' end, 1, new.kind = 'ran' and coalesce(new.medium, 'print') in ('print', 'online')),
      ('plays', 1, new.kind = 'ran' and new.medium in ('radio', 'television')),
      ('minutes', new.minutes, new.kind = 'ran' and new.medium in ('radio', 'television') and new.minutes is not null)
    ) as said (indicator, value, holds)
    where item.id = new.item_id and item.editorial <> 'kill' and said.holds
    union all
    select release_id, indicator, -value, organisation_id, place_id, campaign_id, theme_id, day, audience, language, grade
    from ledger_count where source = 'press' and source_id = new.item_id
  ) as settled
  group by release_id, indicator, organisation_id, place_id, campaign_id, theme_id, day, audience, language, grade
  having sum(value) <> 0;
  return null;
end $$;
create trigger press_answer_counted after insert on press_answer for each row execute function count_press_answer();

-- What a carrier reports it sent, by its signed paper; a later paper takes its place.
create function count_carrier_receipt() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.superseded_at is not null or new.superseded_at is null) then
    return null;
  end if;
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'carrier', new.id, row.release_id, said.indicator, case tg_op when 'INSERT' then said.value else -said.value end,
    row.organisation_id, row.place_id, release.campaign_id, message.themes[1], new.to_day, row.channel,
    coalesce(message.audiences[1], ''), message.language, 'documented',
    case tg_op when 'INSERT' then new.filed_at else new.superseded_at end
  from carrier_sending as sending
  join delivery as row on row.release_id = sending.release_id and row.id = sending.delivery_id
  join release on release.id = row.release_id
  join message on message.id = release.message_id
  cross join lateral (values ('phone_subscribers', new.subscribers), ('text_messages', new.messages)) as said (indicator, value)
  where sending.request_id = new.request_id and sending.delivery_id = new.delivery_id and said.value > 0;
  return null;
end $$;
create trigger carrier_receipt_counted after insert or update of superseded_at on carrier_receipt
  for each row execute function count_carrier_receipt();

create function count_issue() returns trigger language plpgsql as $$
begin
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'issue', new.release_id, new.release_id, 'bulletins', 1, release.organisation_id, organisation.place_id, release.campaign_id,
    message.themes[1], (new.published_at at time zone 'Asia/Ho_Chi_Minh')::date, 'bulletin', coalesce(message.audiences[1], ''),
    message.language, 'machine', new.published_at
  from release join message on message.id = release.message_id join organisation on organisation.id = release.organisation_id
  where release.id = new.release_id;
  return null;
end $$;
create trigger bulletin_issue_counted after insert on bulletin_issue for each row execute function count_issue();

create function count_article() returns trigger language plpgsql as $$
begin
  insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
    day, channel, audience, language, grade, since)
  select 'article', new.id, new.release_id, case message.kind when 'news' then 'news' else 'articles' end, 1, release.organisation_id,
    organisation.place_id, release.campaign_id, message.themes[1], (new.published_at at time zone 'Asia/Ho_Chi_Minh')::date, 'portal',
    coalesce(message.audiences[1], ''), new.language, 'machine', new.published_at
  from release join message on message.id = release.message_id join organisation on organisation.id = release.organisation_id
  where release.id = new.release_id;
  return null;
end $$;
create trigger portal_article_counted after insert on portal_article for each row execute function count_article();

-- What stands already, once: by the same rules, each row through its own trigger's eye.
insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
  day, channel, audience, language, grade, since)
select case when recipient_id is null then 'delivery' else 'list' end, case when recipient_id is null then row.id else outlet_id end, row.release_id, counting.indicator,
  sum(case when by_part then parts else 1 end), row.organisation_id, row.place_id, release.campaign_id, message.themes[1],
  (row.closed_at at time zone 'Asia/Ho_Chi_Minh')::date, row.channel, coalesce(message.audiences[1], ''), rendition.language,
  'machine', max(row.closed_at)
from delivery as row join ledger_counting as counting on counting.channel = row.channel and counting.means = row.means
  join release on release.id = row.release_id and release.kind <> 'recall'
  join message on message.id = release.message_id
  cross join lateral unnest(row.renditions) as carried (id)
  join rendition on rendition.id = carried.id
where row.state = 'delivered' and row.means = 'machine'
group by 1, 2, row.release_id, counting.indicator, row.organisation_id, row.place_id, release.campaign_id, message.themes[1], 10, row.channel,
  message.audiences[1], rendition.language;
select settle_manual_row(release_id, id, closed_at) from delivery where state = 'delivered' and means = 'manual';
insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
  day, channel, audience, language, grade, since)
select 'issue', issue.release_id, issue.release_id, 'bulletins', 1, release.organisation_id, organisation.place_id, release.campaign_id,
  message.themes[1], (issue.published_at at time zone 'Asia/Ho_Chi_Minh')::date, 'bulletin', coalesce(message.audiences[1], ''),
  message.language, 'machine', issue.published_at
from bulletin_issue as issue join release on release.id = issue.release_id
  join message on message.id = release.message_id join organisation on organisation.id = release.organisation_id;
insert into ledger_count (source, source_id, release_id, indicator, value, organisation_id, place_id, campaign_id, theme_id,
  day, channel, audience, language, grade, since)
select 'article', article.id, article.release_id, case message.kind when 'news' then 'news' else 'articles' end, 1, release.organisation_id,
  organisation.place_id, release.campaign_id, message.themes[1], (article.published_at at time zone 'Asia/Ho_Chi_Minh')::date, 'portal',
  coalesce(message.audiences[1], ''), article.language, 'machine', article.published_at
from portal_article as article join release on release.id = article.release_id
  join message on message.id = release.message_id join organisation on organisation.id = release.organisation_id;

-- A roll-up reads what counts now without its table: indicators by their days, with all that a figure may be asked by.
create index activity_count_asked on activity_count (indicator, day)
  include (place_id, organisation_id, value, estimated, grade, acceptance, channel, language, theme_id, campaign_id)
  where until = 'infinity' and breakdown = 'all';
