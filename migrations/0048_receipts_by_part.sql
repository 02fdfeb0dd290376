-- One place tells which row a receipt is for, and in which release: every reference that a gateway gave, in one piece or in
-- several. A reference in the wide table would have to go into an index of it each time a row is closed.
comment on column delivery_part.part is '1, 2 … of a delivery that goes in several; 0: the whole, in one piece.';
comment on table delivery_part is 'Part (phần tin): what a gateway took and its reference, by which a receipt finds its delivery; one that goes in several pieces has one of each.';
insert into delivery_part (gateway_id, ref, release_id, delivery_id, part, state)
select gateway_id, provider_ref, release_id, id, 0, 'accepted' from delivery
where gateway_id is not null and provider_ref is not null and parts = 1
on conflict do nothing;
drop index delivery_reference;
drop index delivery_part_of;
create index delivery_part_of on delivery_part (delivery_id) where part > 0;

-- What is unique already is its key.
alter table receipt drop constraint receipt_pkey;
alter table receipt drop column id;
alter table receipt drop constraint receipt_gateway_id_ref_state_key;
alter table receipt add primary key (gateway_id, ref, state);
