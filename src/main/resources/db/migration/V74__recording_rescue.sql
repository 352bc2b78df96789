-- What the department calls with: decision recording-retention knows how long that platform keeps recordings.
alter table department add column call_platform varchar(40) default 'UNKNOWN' not null;
