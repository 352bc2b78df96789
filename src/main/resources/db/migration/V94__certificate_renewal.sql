-- From when on the training that renews a certificate begins, and whether it has.
alter table certificate add column renew_from date;
alter table certificate add column renewal_opened_at timestamp with time zone;

-- Certificates from before decision certificate-validity: the days it begins with.
update certificate set renew_from = valid_to - interval '30' day;

create index certificate_renew_from on certificate (renew_from);

-- The certificate that an enrolment renews; null for training that was ordered.
alter table enrolment add column renews varchar(20);
