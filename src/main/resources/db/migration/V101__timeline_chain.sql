-- Each entry of a timeline is chained to the one before: its place, the hash of the one before, its own, and a seal that
-- needs the secret of the configuration. Where a chain ends stands apart, so that its last entries cannot be taken away
-- unnoticed. Deleting all rows of a case, here and there, leaves every other case whole.
create table timeline_chain (
    appeal_number   varchar(20) primary key,
    entries         bigint not null,
    hash            varchar(64) not null,
    -- entries that were there before there were chains, and when they were chained; null when there were none
    chained_entries bigint not null,
    chained_at      timestamp with time zone,
    seal            varchar(100) not null
);

alter table timeline add column position bigint;
alter table timeline add column previous_hash varchar(64);
alter table timeline add column hash varchar(64);
alter table timeline add column seal varchar(100);
