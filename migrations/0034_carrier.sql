-- Text messages to a whole province go by request to the carriers: decree 49/2024/NĐ-CP, articles 32 and 33.
create table carrier_request (
  id uuid primary key,
  release_id uuid not null references release (id),
  organisation_id uuid not null references organisation (id),
  committee_id uuid not null references organisation (id),
  request_id uuid not null references document (id),
  letter_id uuid not null references document (id),
  area text not null check (area <> ''),
  hour_from time not null,
  hour_to time not null,
  from_day date not null,
  to_day date not null,
  sender_name text not null default '',
  state text not null check (state in ('drafted', 'sent', 'signed', 'dropped')),
  sent_on date,
  dropped_reason text,
  created_at timestamptz not null,
  created_by uuid references person (id),
  check (from_day <= to_day),
  check (hour_from < hour_to),
  check ((state in ('sent', 'signed')) = (sent_on is not null) or state = 'dropped')
);
comment on table carrier_request is 'Carrier request (hồ sơ đề nghị nhà mạng): the dossier by which a provincial people''s committee has carriers send text messages.';
create unique index carrier_request_one on carrier_request (release_id) where state <> 'dropped';
create index carrier_request_newest on carrier_request (created_at desc, id desc);

create table carrier_sending (
  request_id uuid not null references carrier_request (id),
  delivery_id uuid not null,
  release_id uuid not null,
  outlet_id uuid not null references outlet (id),
  sent_on date,
  sent_by text not null default '',
  primary key (request_id, delivery_id),
  foreign key (release_id, delivery_id) references delivery (release_id, id)
);
comment on table carrier_sending is 'A carrier of a request: when the signed letter was sent to it, and which row of the ledger it closes.';

create table carrier_receipt (
  id uuid primary key,
  request_id uuid not null,
  delivery_id uuid not null,
  subscribers bigint not null check (subscribers >= 0),
  messages bigint not null check (messages >= 0),
  from_day date not null,
  to_day date not null,
  note text not null default '',
  sha256 text not null,
  file_name text not null,
  filed_at timestamptz not null,
  filed_by text not null,
  superseded_at timestamptz,
  foreign key (request_id, delivery_id) references carrier_sending (request_id, delivery_id),
  check (from_day <= to_day)
);
comment on table carrier_receipt is 'Carrier receipt (báo cáo kết quả của nhà mạng): what a carrier says it sent, with its paper by content hash; a later one supersedes it.';
create unique index carrier_receipt_one on carrier_receipt (delivery_id) where superseded_at is null;
