-- A fact has an owner who is asked again when its period has passed.
alter table fact add owner_id uuid references organisation (id);
comment on column fact.owner_id is 'The body that vouches for it and is asked again; without one, all who may verify are asked.';
