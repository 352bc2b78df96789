-- One record of conduct for each person, whichever case wrote it, that the person reads and confirms.

-- A clean period belongs to no case.
alter table conduct_note alter column appeal_number drop not null;
-- code of the rule that was broken, where it was one
alter table conduct_note add column violation varchar(40);
-- what to learn from it, course codes joined by commas, as decided on the day of the warning
alter table conduct_note add column courses varchar(200);
-- when the person confirmed having read it
alter table conduct_note add column read_at timestamp with time zone;
-- what happens once only, such as the warning of a risk case: the unique index is what stops a second note
alter table conduct_note add column occasion varchar(80);
alter table conduct_note add constraint conduct_note_once unique (occasion);

insert into conduct_note (employee_id, appeal_number, kind, noted_at, note, violation, occasion)
select employee_id, risk_case, 'WARNING', warned_at, warning, violation, 'WARNING ' || risk_case
from conduct_warning
order by id;

drop table conduct_warning;
