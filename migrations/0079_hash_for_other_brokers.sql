-- mosquitto keeps PBKDF2, RabbitMQ and EMQX a salted SHA-512: what a device signs in with is shown once, so both are made then.
alter table device add column password_sha512 text;
comment on column device.password_sha512 is 'The same as RabbitMQ keeps it: base64 of a salt of four letters and the SHA-512 of salt and password. Null where it enrolled before this was kept. Never exported.';
