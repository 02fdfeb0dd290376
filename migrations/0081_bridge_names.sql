-- Names of fields differ from one source-information system to the other: what is known from makers' code is where one
-- begins, and people say what it is called there.
create table bridge_field (
  section text not null check (section <> ''),
  field text not null check (field <> ''),
  name text not null check (name <> ''),
  kept_at timestamptz not null,
  kept_by uuid references person (id),
  primary key (section, field),
  unique (section, name)
);
comment on table bridge_field is 'Field name (tên trường) of the other system that is another than the one known from makers'' code, written and read in its place.';
