-- A role taken away ends at once, not at midnight; a role that runs out keeps its last day.
alter table membership add column ended_on date;
comment on column membership.ended_on is 'The day on which it was taken away: from that day it no longer holds. Null while nobody took it away.';
alter table delegation add column reason text not null default '';
comment on column delegation.reason is 'Why it was lent, in the words of the paper.';

alter table organisation add constraint organisation_kind check (kind in ('department', 'agency', 'police', 'border_guard', 'army',
  'party', 'front', 'mass_organisation', 'press', 'press_office', 'peoples_committee', 'office', 'centre', 'station',
  'foreign_portal', 'ministry', 'other'));
alter table organisation add constraint organisation_not_own_parent check (parent_id is null or parent_id <> id);
alter table place add constraint place_not_own_parent check (parent_id is null or parent_id <> id);
create index organisation_succession_to on organisation_succession (to_id);
create index place_succession_to on place_succession (to_id);
create index organisation_place on organisation (place_id);
