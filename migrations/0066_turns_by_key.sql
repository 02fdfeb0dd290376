-- By three-part key, one row after the other, whatever the planner knows: with statistics from before a release was written
-- it read every turn of the release for every row that left, thirty thousand times thirty thousand.
create or replace function leave_turns() returns trigger language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_material = off as $$
declare named record;
begin
  for named in
    select way.* from release_way as way join (
      select distinct release_id, means, channel, lane from old_rows where state in ('planned', 'due')
    ) as here using (release_id, means, channel, lane)
  loop
    -- A turn is never changed, only taken and left, and only by whoever holds its row: where it lies stays true.
    delete from delivery_turn where ctid = any(array(
      select turn.place from old_rows as was cross join lateral (
        select ctid as place from delivery_turn where way = named.id and due_at = was.due_at and id = was.id offset 0
      ) as turn
      where was.state in ('planned', 'due') and was.release_id = named.release_id and was.means = named.means
        and was.channel = named.channel and was.lane = named.lane));
  end loop;
  return null;
end $$;
