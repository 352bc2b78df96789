-- The round in which a rejection of the carrier has an item brought anew: files from before do not settle it then.
alter table evidence_item add column asked_anew_in bigint;
