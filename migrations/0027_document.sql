-- Official documents: written by people, numbered by the register in the action that issues them, signed outside of Loa.
create table letterhead (
  organisation_id uuid primary key references organisation (id),
  superior text check (superior <> ''),
  issuer text not null check (issuer <> ''),
  abbreviation text not null check (abbreviation <> ''),
  place text not null check (place <> '')
);
comment on table letterhead is 'Letterhead (tiêu đề văn bản): what stands above every document of a body; without one it is guessed from the register of bodies.';

create table document (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  type text not null check (type in ('report', 'plan', 'request', 'notice', 'letter')),
  subject text not null check (subject <> ''),
  content jsonb not null,
  letterhead jsonb,
  state text not null check (state in ('draft', 'issued', 'signed', 'dropped')),
  number integer check (number > 0),
  year integer,
  number_elsewhere text check (number_elsewhere <> ''),
  issued_on date,
  issued_by uuid references person (id),
  origin_kind text,
  origin_id uuid,
  created_at timestamptz not null,
  created_by uuid references person (id),
  revision integer not null default 1,
  unique (organisation_id, type, year, number),
  check ((number is null) = (year is null)),
  check ((state in ('issued', 'signed')) = (number is not null or number_elsewhere is not null)),
  check (number is null or number_elsewhere is null),
  check ((state in ('issued', 'signed')) = (issued_on is not null))
);
comment on table document is 'Document (văn bản đi): an official document that Loa writes in the layout of decree 30/2020/NĐ-CP.';
create index document_newest on document (organisation_id, created_at desc, id desc);
create index document_origin on document (origin_kind, origin_id) where origin_kind is not null;

create table document_register (
  organisation_id uuid not null references organisation (id),
  type text not null,
  year integer not null,
  last integer not null check (last > 0),
  primary key (organisation_id, type, year)
);
comment on table document_register is 'Number register (sổ đăng ký văn bản đi): the last number that a body has given to documents of a type in a year.';

create table document_file (
  document_id uuid not null references document (id),
  revision integer not null,
  form text not null check (form in ('pdf', 'docx')),
  sha256 text not null,
  made_at timestamptz not null,
  primary key (document_id, revision, form)
);
comment on table document_file is 'The file made of one state of a document, by content hash: what was once given out can be given out again to the byte.';

create table signed_copy (
  id uuid primary key,
  document_id uuid not null references document (id),
  sha256 text not null,
  file_name text not null,
  mime text not null,
  bytes integer not null,
  kept_at timestamptz not null,
  kept_by text not null,
  kept_by_id uuid references person (id)
);
comment on table signed_copy is 'Signed copy (bản đã ký): a document as it came back signed and stamped, by content hash, with who kept it when.';
create index signed_copy_of on signed_copy (document_id, kept_at desc);
create trigger signed_copy_is_append_only before update or delete on signed_copy
  for each row execute function refuse_change();
