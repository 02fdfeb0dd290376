-- References of gateways are looked up and put in order by the thousand a second: by their bytes, not as a dictionary sorts words.
alter table delivery_part alter column ref type text collate "C";
alter table receipt alter column ref type text collate "C", alter column state type text collate "C";
