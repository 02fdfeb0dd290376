-- Who copies numbers is who said them later, be it by amending what was sent before.
alter table activity add column counts_at timestamptz not null default now();
update activity set counts_at = received_at;
comment on column activity.counts_at is 'When its numbers of people were first said as they stand: when it was received, or amended to others.';
create index activity_finding_naming on activity_finding (other_id) where other_id is not null;
