create table organisation (
  id uuid primary key,
  code text not null unique check (code <> ''),
  name text not null check (name <> ''),
  aliases text[] not null default '{}',
  kind text not null,
  level text not null check (level in ('national', 'province', 'district', 'commune')),
  place_id uuid not null references place (id),
  parent_id uuid references organisation (id),
  alive_from date,
  alive_to date,
  note text,
  search_key text not null generated always as (fold(name)) stored,
  check (alive_from is null or alive_to is null or alive_from <= alive_to)
);
comment on table organisation is 'Organisation (cơ quan, đơn vị): a body that acts in a place, with a lifetime.';
create index organisation_parent on organisation (parent_id);

create table organisation_succession (
  from_id uuid not null references organisation (id),
  to_id uuid not null references organisation (id),
  on_day date not null,
  duty text not null default '',
  primary key (from_id, to_id, duty)
);
comment on table organisation_succession is 'Successor of an organisation (đơn vị kế thừa): who carries which of its duties on; an empty duty means all.';

create table membership (
  id uuid primary key,
  person_id uuid not null references person (id),
  organisation_id uuid not null references organisation (id),
  role text not null check (role in ('administrator', 'campaign_officer', 'leader', 'content_officer', 'reviewer',
    'licence_officer', 'press_officer', 'field_officer', 'observer')),
  from_day date not null,
  to_day date,
  check (to_day is null or from_day <= to_day)
);
comment on table membership is 'Role (vai trò): what a person may be in an organisation and everything below it, from day to day.';
create unique index membership_once on membership (person_id, organisation_id, role) where to_day is null;
create index membership_of on membership (organisation_id);

create table delegation (
  id uuid primary key,
  membership_id uuid not null references membership (id),
  to_person_id uuid not null references person (id),
  from_day date not null,
  to_day date not null,
  legal_reference text not null check (legal_reference <> ''),
  ended_on date,
  check (from_day <= to_day)
);
comment on table delegation is 'Delegation (ủy quyền): a role lent to another person from day to day, with its legal reference.';
create index delegation_to on delegation (to_person_id);
