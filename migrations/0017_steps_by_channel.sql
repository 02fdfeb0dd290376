-- A step may hold for some ways out alone: the orientation of the party for what goes to the press, say.
alter table review_step add channels text[] not null default '{}';
comment on column review_step.channels is 'The step is taken where the message has a rendition of one of these channels; without any, always.';

-- A survivor's story is looked at by who protects survivors: police, or social protection wherever that duty lies.
update review_step set name = 'survivor', organisation_kinds = '{police}' where message_kind = 'story' and name = 'facts';
