-- The day 12321 passed a complaint on to the carrier or to us, and its number there.
alter table notice add column forwarded_on date;
alter table notice add column forwarded_reference varchar(80);
