-- Copied numbers are looked for by the people that were counted, under whatever heading, and in other bodies, too.
update activity set counts_key = (
  select string_agg(said.field || '=' || said.value, '|' order by said.field collate "C")
  from (
    select case count.breakdown when 'all' then 'count_' || count.indicator
      else 'part_' || count.indicator || ':' || count.breakdown || ':' || count.part end as field, count.value
    from jsonb_to_recordset(activity.counts) as count (indicator text, breakdown text, part text, value bigint)
    join indicator on indicator.code = count.indicator and indicator.people
    where count.value > 0
  ) as said);
comment on column activity.counts_key is 'The numbers of people in one line, so that the same are found in other activities; null where no people were counted.';
create index activity_copied_elsewhere on activity (counts_key, owed_to) where counts_key is not null;
update activity_finding set facts = facts || '{"days": 1}' where code = 'copied_counts';
