-- Electronic boards: what they show, which screens they are, and the signed proof that it was seen.
create table board (
  outlet_id uuid primary key references outlet (id),
  takes text not null default 'all' check (takes in ('all', 'line')),
  token_sealed text,
  token_hash text unique,
  opened_at timestamptz,
  version bigint not null default 1,
  held_version bigint not null default 0,
  heard_at timestamptz,
  check ((token_sealed is null) = (token_hash is null))
);
comment on table board is 'Board (bảng tin điện tử): an outlet that shows; its secret address, and up to where it has fetched its programme.';
comment on column board.takes is 'all: a screen; line: light-emitting letters alone.';
comment on column board.token_hash is 'Never exported.';
comment on column board.token_sealed is 'The secret part of its address, sealed so that who may can show it again; null while it is shut. Never exported.';
comment on column board.version is 'Counts on with every change of what it is to show.';

create table board_screen (
  id uuid primary key,
  outlet_id uuid not null references board (outlet_id),
  public_key bytea not null check (length(public_key) = 65),
  state text not null check (state in ('waiting', 'trusted', 'revoked')),
  enrolled_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references person (id),
  last_seq bigint not null default 0,
  last_hash text not null default '',
  unique (outlet_id, public_key)
);
comment on table board_screen is 'Screen (màn hình): a browser that shows a board, with a key of its own (ECDSA P-256, uncompressed point). The first at an address is trusted, any other waits for a person.';
create unique index board_screen_trusted on board_screen (outlet_id) where state = 'trusted';

create table showing (
  id uuid primary key,
  outlet_id uuid not null references board (outlet_id),
  release_id uuid not null references release (id),
  delivery_id uuid not null,
  message_id uuid not null references message (id),
  class text not null check (class in ('ordinary', 'priority', 'emergency')),
  kind text not null check (kind in ('line', 'notice', 'picture', 'film')),
  language text not null,
  words text not null check (words <> ''),
  media_id uuid references media (id),
  seconds smallint not null check (seconds between 3 and 600),
  from_at timestamptz not null,
  until_at timestamptz not null,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (delivery_id, language),
  check (from_at < until_at),
  check ((kind in ('picture', 'film')) = (media_id is not null))
);
comment on table showing is 'Showing (nội dung hiển thị): what a board shows in one language from when until when, in turn with others.';
create index showing_of_board on showing (outlet_id, until_at) where withdrawn_at is null;
create index showing_of_release on showing (release_id, outlet_id);

create table board_takeback (
  delivery_id uuid primary key,
  outlet_id uuid not null references board (outlet_id),
  release_id uuid not null references release (id),
  of_release_id uuid not null references release (id),
  version bigint not null,
  closed_at timestamptz
);
comment on table board_takeback is 'Recall at a board: done when the board has fetched a programme without what is recalled.';
create index board_takeback_open on board_takeback (outlet_id) where closed_at is null;
create index board_takeback_of on board_takeback (of_release_id, outlet_id);

create table showing_proof (
  screen_id uuid not null references board_screen (id),
  seq bigint not null check (seq > 0),
  showing_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  seconds numeric(8, 1) not null check (seconds >= 0),
  hash text not null check (length(hash) = 64),
  signature bytea not null,
  doubt text not null default '',
  noted_at timestamptz not null,
  primary key (screen_id, seq)
);
comment on table showing_proof is 'Proof of display (nhật ký hiển thị): what a screen says it showed and for how long it was seen, signed by its key, each bound to the one before; append-only.';
comment on column showing_proof.doubt is 'Why a signed entry does not count: no such showing there, outside of its days, or longer than it can be; empty where it counts.';
create index showing_proof_of on showing_proof (showing_id) where doubt = '';
create trigger showing_proof_is_append_only before update or delete on showing_proof
  for each row execute function refuse_change();
