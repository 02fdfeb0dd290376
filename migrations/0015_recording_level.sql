-- A recording is measured when it is taken; one that tells a survivor's story says whose voice it is.
alter table rendition_version
  add recording_loudness numeric(6, 2),
  add recording_peak numeric(6, 2),
  add recording_voice text check (recording_voice in ('reader', 'altered', 'survivor'));
comment on column rendition_version.recording_loudness is 'Integrated loudness in LUFS (EBU R 128); null where it was not measured.';
comment on column rendition_version.recording_peak is 'True peak in dBTP.';
comment on column rendition_version.recording_voice is 'Whose voice tells a story of a survivor (giọng đọc): a reader''s, the survivor''s altered, or the survivor''s own.';
