-- A place whose languages nobody has said speaks those of the place above it; a list of its own stands for itself.
alter table place alter languages set default '{}';
update place set languages = '{}' where languages = '{vi}' and level in ('district', 'commune', 'village');
comment on column place.languages is 'BCP 47 tags of what people there speak; none where nobody has said, then those of the place above it hold.';
