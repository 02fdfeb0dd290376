-- Proof that people give of what they did: activities with their numbers, photographs and papers, and the facts that figures are summed of.
create table indicator (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null check (name <> ''),
  unit text not null check (unit <> ''),
  definition text not null default '',
  counting text not null default '',
  people boolean not null default false,
  ordinal integer not null,
  ended_on date
);
comment on table indicator is 'Indicator (chỉ tiêu): a counted thing with its unit; new ones by configuration.';
comment on column indicator.counting is 'How it is counted, in the words that whoever counts reads.';
comment on column indicator.people is 'Whether it counts people, so that it may be told apart by sex, age and ethnic group: as counts, never names.';

create table people_part (
  breakdown text not null check (breakdown in ('sex', 'age', 'ethnic_group')),
  code text not null check (code ~ '^[a-z0-9_]+$'),
  name text not null check (name <> ''),
  ordinal integer not null,
  ended_on date,
  primary key (breakdown, code)
);
comment on table people_part is 'Part (nhóm người) by which people are told apart in a count: a sex, an age band, an ethnic group.';

create table activity_kind (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null check (name <> ''),
  channel text not null,
  stays_days integer check (stays_days > 0),
  ordinal integer not null,
  ended_on date
);
comment on table activity_kind is 'Kind of activity (loại hoạt động): what people do by hand, with what is counted of it; new ones by configuration.';
comment on column activity_kind.stays_days is 'Days after which what was put up comes down: a task is set. Null where nothing is put up.';

create table activity_kind_indicator (
  kind text not null references activity_kind (code),
  indicator text not null references indicator (code),
  ordinal integer not null,
  preset integer check (preset >= 0),
  primary key (kind, indicator)
);
comment on table activity_kind_indicator is 'What is counted of a kind of activity, the main thing first.';
comment on column activity_kind_indicator.preset is 'What stands in the form before anything is typed, as 1 for the session that the activity is.';

create table activity (
  id uuid primary key,
  source_key text unique,
  kind text not null references activity_kind (code),
  organisation_id uuid not null references organisation (id),
  owed_to uuid not null references organisation (id),
  place_id uuid not null references place (id),
  campaign_id uuid references campaign (id),
  task_id uuid references task (id),
  release_id uuid references release (id),
  message_id uuid references message (id),
  theme_id uuid,
  audience text not null default '',
  language text not null default 'vi',
  day date not null,
  began_at time,
  spot text not null default '',
  topic text not null default '',
  note text not null default '',
  counts jsonb not null,
  counts_key text,
  state text not null check (state in ('sent', 'returned', 'accepted', 'withdrawn')),
  acceptance smallint not null default 0 check (acceptance between 0 and 4),
  grade text not null check (grade in ('machine', 'documented', 'declared')),
  sent_by uuid references person (id),
  sent_through text not null check (sent_through in ('form', 'queue', 'sheet')),
  made_at timestamptz not null,
  received_at timestamptz not null,
  revision integer not null default 1,
  search_key text generated always as (fold(topic || ' ' || spot)) stored,
  check ((state = 'accepted') = (acceptance > 0))
);
comment on table activity is 'Activity (hoạt động): one thing that people did by hand, where, when and with what numbers. Its id is made by the device, so that what is sent twice is one.';
comment on column activity.source_key is 'The row of a table it came by, so that the same table again adds nothing.';
comment on column activity.owed_to is 'The body that asked for it: who set its task, else whose campaign it is, else the body above.';
comment on column activity.counts is 'The numbers as declared: [{indicator, breakdown, part, value, estimated}]. What counts in figures stands in activity_count.';
comment on column activity.counts_key is 'The numbers in one line, where they are telling enough that the same on another day is likely copied.';
comment on column activity.acceptance is 'The level that has accepted it: 0 none, 1 commune, 2 district, 3 province, 4 national.';
comment on column activity.made_at is 'By the clock of the device on which it was written; received_at is by ours.';
create index activity_newest on activity (received_at desc, id desc);
create index activity_of on activity (organisation_id, received_at desc, id desc);
create index activity_owed on activity (owed_to, state, received_at desc, id desc);
create index activity_of_task on activity (task_id) where task_id is not null;
create index activity_copied on activity (organisation_id, counts_key) where counts_key is not null;
create index activity_search on activity (search_key text_pattern_ops);

create table activity_proof (
  id uuid primary key,
  activity_id uuid not null references activity (id),
  kind text not null check (kind in ('photo', 'voice', 'document', 'link', 'machine')),
  media_id uuid references media (id),
  value text not null default '',
  doubtful boolean not null default false,
  added_at timestamptz not null,
  check ((kind in ('photo', 'voice', 'document')) = (media_id is not null)),
  unique (activity_id, media_id)
);
comment on table activity_proof is 'Proof (minh chứng) of an activity: a photograph, a spoken note, a paper, an address, or what a machine confirmed.';
comment on column activity_proof.doubtful is 'True while the same picture shows another activity and nobody has answered for it: it does not document.';
create index activity_proof_of on activity_proof (activity_id, added_at);
create index activity_proof_media on activity_proof (media_id) where media_id is not null;

create table activity_event (
  id bigint generated always as identity primary key,
  activity_id uuid not null references activity (id),
  at timestamptz not null,
  kind text not null,
  actor text not null,
  organisation_id uuid references organisation (id),
  note text not null default ''
);
comment on table activity_event is 'Event (diễn biến) of an activity, append-only: sent, amended, returned, accepted, withdrawn, answered …';
create index activity_event_of on activity_event (activity_id, id);
create trigger activity_event_is_append_only before update or delete on activity_event
  for each row execute function refuse_change();

create table activity_count (
  activity_id uuid not null references activity (id),
  indicator text not null references indicator (code),
  breakdown text not null check (breakdown in ('all', 'sex', 'age', 'ethnic_group')),
  part text not null default '' check ((breakdown = 'all') = (part = '')),
  value bigint not null check (value >= 0),
  estimated boolean not null,
  organisation_id uuid not null references organisation (id),
  place_id uuid not null references place (id),
  campaign_id uuid,
  theme_id uuid,
  day date not null,
  kind text not null,
  channel text not null,
  audience text not null,
  language text not null,
  grade text not null,
  acceptance smallint not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  primary key (activity_id, indicator, breakdown, part, since),
  check (since <= until)
);
comment on table activity_count is 'Fact (số liệu): one number of one activity, as figures sum it. A change closes a row and writes another, so that any figure can be made again as of a moment.';
comment on column activity_count.breakdown is 'all: the whole number; else one of the marginal counts of people, which never add to the whole by themselves.';
comment on column activity_count.until is 'From then on it no longer counted; infinity while it counts.';
create index activity_count_live on activity_count (day, indicator, organisation_id)
  include (place_id, channel, value, estimated, grade, acceptance) where until = 'infinity' and breakdown = 'all';
create index activity_count_of_body on activity_count (organisation_id, day) where until = 'infinity';
create index activity_count_closed on activity_count (until) where until <> 'infinity';

-- What shows that a task was done may be an activity: by its id.
alter table task_output drop constraint task_output_kind_check;
alter table task_output add constraint task_output_kind_check check (kind in ('link', 'file', 'note', 'activity'));

-- Photographs of activities are no library: they enter it one by one, with their faces blurred or answered for.
alter table media add shelf text not null default 'library' check (shelf in ('library', 'evidence'));
comment on column media.shelf is 'library: what messages may show; evidence: what only proves, and is shown in the office alone.';
create index media_library on media (added_at desc, id desc) where shelf = 'library';

insert into indicator (code, name, unit, people, ordinal, counting) values
  ('drives', 'Cuộc tuyên truyền', 'cuộc', false, 10, ''),
  ('sessions', 'Buổi tuyên truyền', 'buổi', false, 20, 'Mỗi lần tổ chức ở một nơi là một buổi.'),
  ('conferences', 'Hội nghị', 'hội nghị', false, 30, ''),
  ('trainings', 'Lớp tập huấn', 'lớp', false, 40, ''),
  ('rallies', 'Mít tinh', 'cuộc', false, 50, ''),
  ('attendances', 'Lượt người dự', 'lượt người', true, 60, 'Mỗi người dự một buổi là một lượt; dự hai buổi là hai lượt.'),
  ('news', 'Tin', 'tin', false, 70, ''),
  ('articles', 'Bài', 'bài', false, 80, ''),
  ('features', 'Phóng sự', 'phóng sự', false, 90, ''),
  ('columns', 'Chuyên mục', 'chuyên mục', false, 100, ''),
  ('bulletins', 'Bản tin', 'bản tin', false, 110, ''),
  ('plays', 'Lượt phát', 'lượt phát', false, 120, 'Mỗi lần phát hết một nội dung là một lượt.'),
  ('minutes', 'Phút phát', 'phút', false, 130, 'Tổng số phút của các lượt phát.'),
  ('leaflets', 'Tờ rơi', 'tờ', false, 140, 'Số tờ đã đến tay người nhận.'),
  ('folders', 'Tờ gấp', 'tờ', false, 150, 'Số tờ đã đến tay người nhận.'),
  ('banners', 'Băng rôn', 'tấm', false, 160, 'Số tấm đang treo.'),
  ('panels', 'Pa nô', 'tấm', false, 170, ''),
  ('posters', 'Áp phích', 'tấm', false, 180, ''),
  ('flags', 'Cờ', 'cái', false, 190, ''),
  ('notices', 'Bản niêm yết trên bảng tin', 'bản', false, 200, ''),
  ('mobile_runs', 'Lượt lưu động', 'lượt', false, 210, 'Mỗi chuyến xe hoặc đội đi một địa bàn là một lượt.'),
  ('commitments', 'Bản cam kết', 'bản', false, 220, 'Số bản đã ký.'),
  ('books', 'Tài liệu', 'cuốn', false, 230, ''),
  ('discs', 'Đĩa', 'đĩa', false, 240, ''),
  ('skits', 'Tiểu phẩm', 'tiểu phẩm', false, 250, ''),
  ('films', 'Phim', 'phim', false, 260, ''),
  ('text_messages', 'Tin nhắn SMS', 'tin nhắn', false, 270, ''),
  ('phone_subscribers', 'Thuê bao nhận tin', 'thuê bao', false, 280, ''),
  ('visits', 'Lượt truy cập', 'lượt truy cập', false, 290, ''),
  ('views', 'Lượt xem', 'lượt xem', false, 300, ''),
  ('shares', 'Lượt chia sẻ', 'lượt chia sẻ', false, 310, ''),
  ('commendations', 'Gương được biểu dương', 'gương', false, 320, ''),
  ('upkeeps', 'Lần chăm sóc mô hình', 'lần', false, 330, ''),
  ('removals', 'Đã tháo gỡ', 'tấm', false, 340, 'Số tấm đã hạ xuống, gỡ đi.');

-- Ages by the laws on children (2016, under 16), on youth (2020, 16 to 30) and on the elderly (2009, from 60 on).
insert into people_part (breakdown, code, name, ordinal) values
  ('sex', 'female', 'Nữ', 10),
  ('sex', 'male', 'Nam', 20),
  ('age', 'under_16', 'Dưới 16 tuổi', 10),
  ('age', '16_30', '16 đến 30 tuổi', 20),
  ('age', '31_59', '31 đến 59 tuổi', 30),
  ('age', 'from_60', 'Từ 60 tuổi', 40),
  ('ethnic_group', 'kinh', 'Kinh', 10),
  ('ethnic_group', 'hmong', 'Mông', 20),
  ('ethnic_group', 'dao', 'Dao', 30),
  ('ethnic_group', 'tay', 'Tày', 40),
  ('ethnic_group', 'giay', 'Giáy', 50),
  ('ethnic_group', 'thai', 'Thái', 60),
  ('ethnic_group', 'nung', 'Nùng', 70),
  ('ethnic_group', 'other', 'Dân tộc khác', 900);

insert into activity_kind (code, name, channel, stays_days, ordinal) values
  ('talk', 'Nói chuyện chuyên đề', 'talk', null, 10),
  ('market_session', 'Tuyên truyền tại chợ phiên', 'talk', null, 20),
  ('conference', 'Hội nghị', 'talk', null, 30),
  ('training', 'Lớp tập huấn', 'talk', null, 40),
  ('mobile_team', 'Tuyên truyền lưu động', 'mobile_team', null, 50),
  ('rally', 'Mít tinh', 'event', null, 70),
  ('culture_event', 'Văn nghệ, thể thao', 'event', null, 60),
  ('script_read', 'Đọc, phát trên loa truyền thanh', 'loudspeaker', null, 80),
  ('banner', 'Treo băng rôn', 'banner', 15, 90),
  ('panel', 'Dựng pa nô', 'panel', null, 100),
  ('poster', 'Dán áp phích', 'poster', null, 110),
  ('leaflet', 'Phát tờ rơi', 'leaflet', null, 120),
  ('folder', 'Phát tờ gấp', 'folder', null, 130),
  ('notice_board', 'Niêm yết trên bảng tin', 'notice_board', null, 140),
  ('article', 'Đăng tin, bài', 'press', null, 150),
  ('broadcast', 'Phát thanh, truyền hình', 'press', null, 160),
  ('social_post', 'Đăng trên mạng xã hội', 'social', null, 170),
  ('commitment', 'Ký cam kết', 'other', null, 180),
  ('commendation', 'Biểu dương gương tốt', 'other', null, 190),
  ('model_upkeep', 'Chăm sóc mô hình (nhà tạm lánh, câu lạc bộ)', 'other', null, 200),
  ('removal', 'Tháo gỡ', 'other', null, 210),
  ('other', 'Hoạt động khác', 'other', null, 900);

insert into activity_kind_indicator (kind, indicator, ordinal, preset) values
  ('talk', 'attendances', 1, null), ('talk', 'sessions', 2, 1), ('talk', 'leaflets', 3, null),
  ('market_session', 'attendances', 1, null), ('market_session', 'sessions', 2, 1), ('market_session', 'leaflets', 3, null),
  ('conference', 'attendances', 1, null), ('conference', 'conferences', 2, 1), ('conference', 'books', 3, null),
  ('training', 'attendances', 1, null), ('training', 'trainings', 2, 1), ('training', 'books', 3, null),
  ('mobile_team', 'mobile_runs', 1, 1), ('mobile_team', 'minutes', 2, null), ('mobile_team', 'leaflets', 3, null), ('mobile_team', 'attendances', 4, null),
  ('rally', 'attendances', 1, null), ('rally', 'rallies', 2, 1), ('rally', 'flags', 3, null),
  ('culture_event', 'attendances', 1, null), ('culture_event', 'sessions', 2, 1), ('culture_event', 'skits', 3, null), ('culture_event', 'films', 4, null),
  ('script_read', 'plays', 1, 1), ('script_read', 'minutes', 2, null),
  ('banner', 'banners', 1, 1),
  ('panel', 'panels', 1, 1),
  ('poster', 'posters', 1, 1),
  ('leaflet', 'leaflets', 1, null),
  ('folder', 'folders', 1, null),
  ('notice_board', 'notices', 1, 1),
  ('article', 'articles', 1, 1), ('article', 'news', 2, null), ('article', 'features', 3, null), ('article', 'columns', 4, null),
  ('broadcast', 'plays', 1, 1), ('broadcast', 'minutes', 2, null), ('broadcast', 'features', 3, null), ('broadcast', 'bulletins', 4, null),
  ('social_post', 'articles', 1, 1), ('social_post', 'views', 2, null), ('social_post', 'shares', 3, null),
  ('commitment', 'commitments', 1, null),
  ('commendation', 'commendations', 1, 1),
  ('model_upkeep', 'upkeeps', 1, 1),
  ('removal', 'removals', 1, 1),
  ('other', 'drives', 1, 1), ('other', 'attendances', 2, null);
