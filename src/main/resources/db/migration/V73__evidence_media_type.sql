-- The media type of a workbook has 65 characters.
alter table evidence_file alter column media_type set data type varchar(100);
