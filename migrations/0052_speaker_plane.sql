-- What the hub keeps of its talk with devices: the number of every message, what was signed last, faults, pieces of logs.
alter table speaker_key add column signs_from timestamptz not null;
comment on column speaker_key.signs_from is 'From when it signs; until then it is only announced under the signature of the key before it.';

create table speaker_message (
  recipient text not null check (recipient ~ '^[sd]/.'),
  kind text not null check (kind in ('schedule', 'emergency', 'command', 'logged', 'time')),
  seq bigint not null check (seq > 0),
  said text not null default '',
  envelope text not null default '',
  issued_at timestamptz not null,
  valid_until timestamptz not null,
  primary key (recipient, kind)
);
comment on table speaker_message is 'Number of the last message of a kind to a station or device, and its signed bytes where it is to stand at the broker.';
comment on column speaker_message.seq is 'Goes up with every message; never below the milliseconds since 1970, so that a restored database counts on.';
comment on column speaker_message.said is 'SHA-256 of what it says without number and times: the same is not signed anew.';

create table device_fault (
  device_id uuid not null references device (id),
  kind text not null check (kind in ('gap', 'fork', 'forged', 'forbidden', 'revoked')),
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  detail text not null default '',
  primary key (device_id, kind)
);
comment on table device_fault is 'Fault (lỗi thiết bị) the hub met in what came under the name of a device: a broken log, a forged message, a foreign topic.';

create table device_log_piece (
  device_id uuid not null references device (id),
  first_seq bigint not null,
  last_seq bigint not null,
  envelope text not null,
  noted_at timestamptz not null,
  primary key (device_id, first_seq),
  check (first_seq <= last_seq)
);
comment on table device_log_piece is 'The very bytes a device signed of its log (nhật ký phát): with its key anybody can prove them again; append-only.';
create trigger device_log_piece_is_append_only before update or delete on device_log_piece
  for each row execute function refuse_change();

create table enrolment_attempt (
  id bigint generated always as identity primary key,
  address_hash text not null,
  at timestamptz not null
);
comment on table enrolment_attempt is 'Try to enrol a device with a code that did not fit, or that is under way. Never exported.';
create index enrolment_attempt_of on enrolment_attempt (address_hash, at);

create index device_command_open on device_command (until) where answered_at is null;

create function tell_hub() returns trigger language plpgsql as $$
begin
  perform pg_notify('loa_devices', '');
  return null;
end $$;
create trigger device_tells_hub after insert or delete or update of state, station_id, public_key, password_hash on device
  for each statement execute function tell_hub();
create trigger device_command_tells_hub after insert on device_command
  for each statement execute function tell_hub();
create trigger speaker_key_tells_hub after insert or update on speaker_key
  for each statement execute function tell_hub();
comment on column device.password_hash is 'Hash of what it signs in to the broker with, as mosquitto keeps it. Never exported.';

create table speaker_hub (
  one boolean primary key default true check (one),
  started_at timestamptz not null
);
comment on table speaker_hub is 'Since when the hub listens to devices without a break: nobody is silent to whom nobody listened.';
