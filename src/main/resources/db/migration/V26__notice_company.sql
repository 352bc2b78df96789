alter table notice add column social_credit_code varchar(18);

-- Why a code that fails its checksum was taken all the same.
alter table notice add column credit_code_override varchar(500);
