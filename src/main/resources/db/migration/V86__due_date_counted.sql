-- Where a date was counted in working days, from when and how many: only such a date is counted again when the calendar
-- changes (reason CALENDAR).
alter table due_date add column counted_from timestamp with time zone;
alter table due_date add column working_days integer;
