-- After V102 (ChainTimelines) every entry has its place; the number over all cases says nothing a chain could hold.
alter table timeline alter column position set not null;
alter table timeline alter column previous_hash set not null;
alter table timeline alter column hash set not null;
alter table timeline alter column seal set not null;

drop index timeline_appeal;
alter table timeline drop column id;
alter table timeline add primary key (appeal_number, position);
