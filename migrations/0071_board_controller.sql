-- Boards that have a device of their own (thiết bị điều khiển bảng): it enrols, is told, and signs what it showed as loudspeakers do.

-- A board was once to stand at a cluster; none ever showed anything there.
update device set state = 'revoked', revoked_at = now(), revoked_reason = 'Bảng điện tử nay là điểm phát riêng'
  where kind = 'board' and state <> 'revoked';
drop index device_stands_once;
alter table device
  drop column kind,
  alter column station_id drop not null,
  add column board_id uuid references board (outlet_id),
  add column outlet_id uuid not null generated always as (coalesce(station_id, board_id)) stored,
  add check (num_nonnulls(station_id, board_id) = 1),
  add check ((board_id is null) = (cluster_id is not null));
comment on table device is 'Device (thiết bị) that plays at a cluster or shows a board: it enrols once with a key pair of its own; who has its key is it.';
comment on column device.public_key is 'Ed25519, 32 bytes: its signature under what it says it played or showed.';
comment on column device.outlet_id is 'Its station, or its board.';
create unique index device_plays_once on device (cluster_id) where state <> 'revoked';
create unique index device_shows_once on device (board_id) where state <> 'revoked';
create index device_of_outlet on device (outlet_id, code);

alter table speaker_message drop constraint speaker_message_recipient_check, drop constraint speaker_message_kind_check;
alter table speaker_message
  add check (recipient ~ '^[sdb]/.'),
  add check (kind in ('schedule', 'emergency', 'command', 'logged', 'time', 'showings'));

alter table board add column letters smallint check (letters between 8 and 500);
comment on column board.letters is 'Letters that one line of it can show; null where that is not a question.';

alter table showing_proof drop constraint showing_proof_pkey;
alter table showing_proof
  alter column screen_id drop not null,
  alter column signature drop not null,
  add column device_id uuid references device (id),
  add column turns integer not null default 1 check (turns >= 0),
  add column shown_by uuid not null generated always as (coalesce(screen_id, device_id)) stored,
  add check (num_nonnulls(screen_id, device_id) = 1),
  add check ((screen_id is null) = (signature is null)),
  add primary key (shown_by, seq);
comment on table showing_proof is 'Proof of display (nhật ký hiển thị): what a screen or a device says it showed and for how long, signed by its key, each bound to the one before; append-only.';
comment on column showing_proof.signature is 'Of a screen; what a device signed stands in device_log_piece.';
comment on column showing_proof.turns is 'Whole turns: a screen says each, a device those of some minutes together.';
