-- A day off that is set after plays were laid takes them away: each knows by which one, so that laying out anew fills the day
-- once it is dropped. A day off that is dropped stands on for what it took, and holds for nothing.
alter table off_day add column dropped_at timestamptz;
comment on column off_day.dropped_at is 'From then on it holds no more; what it took away is not laid again by itself.';
alter table play add column off_day_id uuid references off_day (id);
comment on column play.off_day_id is 'The day off that took it away; null where none did, or where it was laid anew since.';
create index play_taken_by_off_day on play (off_day_id) where off_day_id is not null;
