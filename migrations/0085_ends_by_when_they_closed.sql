-- The worker looks at what has come to its end of late, for rows of the ledger that wait though all is known of them.
create index play_end_closed on play_end (closed_at) where closed_at is not null;
