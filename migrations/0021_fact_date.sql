-- A day of the year that many texts say, as the national day against trafficking, is held once, too.
alter table fact drop constraint fact_kind_check;
alter table fact add constraint fact_kind_check check (kind in ('law', 'hotline', 'slogan', 'agency', 'date', 'term'));
