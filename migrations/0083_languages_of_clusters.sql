-- What a commune should hear is what is spoken there and what its clusters say of who listens to them: what is drawn of the
-- tree is out of date when they change, too.
create trigger cluster_renews_tree after insert or delete or update of languages, alive_from, alive_to on cluster
  for each statement execute function renew_tree('place');
create trigger outlet_renews_tree after update of place_id on outlet for each statement execute function renew_tree('place');
comment on column cluster.languages is 'BCP 47 tags of who listens there; none: what is said at the station. A station says what all its clusters need.';
