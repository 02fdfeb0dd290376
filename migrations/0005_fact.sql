create table fact (
  id uuid primary key,
  kind text not null check (kind in ('law', 'hotline', 'slogan', 'agency', 'term')),
  code text not null unique,
  name text not null check (name <> ''),
  value text not null check (value <> ''),
  issued_on date,
  valid_from date,
  valid_to date,
  replaced_by text references fact (code) deferrable initially deferred,
  verified_on date,
  verified_by text,
  verify_every_days integer not null default 365 check (verify_every_days > 0),
  source text,
  search_key text generated always as (fold(name || ' ' || value)) stored,
  check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
comment on table fact is 'Fact (dữ kiện): law, hotline, slogan, agency name or term, with its lifetime, its successor and who verified it when.';
comment on column fact.value is 'Notation of a law, digits of a hotline, words of the rest.';
create index fact_kind_name on fact (kind, name);
create index fact_search on fact (search_key text_pattern_ops);
