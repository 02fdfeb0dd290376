-- Faces in pictures: found by the machine, answered for by a person, blurred in a picture made from the first.
alter table media
  add revision integer not null default 1,
  add faces integer check (faces >= 0),
  add faces_answer text,
  add faces_answered_by uuid references person (id),
  add faces_answered_at timestamptz,
  add made_from uuid references media (id);
comment on column media.faces is 'How many faces the machine found in a picture; null where it has not looked.';
comment on column media.faces_answer is 'Who is in the picture and why it may be shown beside a survivor''s story, in the words of who answers for it; never a victim.';
comment on column media.made_from is 'The picture whose faces were blurred in this one.';

create table media_face (
  media_id uuid not null references media (id),
  number integer not null check (number > 0),
  x real not null,
  y real not null,
  width real not null,
  height real not null,
  primary key (media_id, number)
);
comment on table media_face is 'Face (khuôn mặt) found in a picture: its box as parts of the upright picture''s width and height. Whose it is is never asked.';
