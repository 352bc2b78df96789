-- A barred number is kept as its keyed hash; the mask that people read stands in source_text.
alter table release_condition alter column rule_value set data type varchar(100);
