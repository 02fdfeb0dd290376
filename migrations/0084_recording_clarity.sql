-- A recording that is cut off or drowned in noise is used only when a person says so, by name and with a reason.
alter table rendition_version
  add recording_clipped numeric(6, 5) check (recording_clipped between 0 and 1),
  add recording_over_noise numeric(5, 1),
  add recording_decision jsonb check (jsonb_typeof(recording_decision) = 'object');
comment on column rendition_version.recording_clipped is 'Share of the samples that the recorder cut off; null where it was not measured.';
comment on column rendition_version.recording_over_noise is 'By how many decibels the voice stands above what sounds between the words; null where it was not measured.';
comment on column rendition_version.recording_decision is 'Who uses this recording though it is hard to understand, when and why; null where nobody had to decide.';
