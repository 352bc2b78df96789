-- What a carrier gave as a receipt, as a file: kept as it was brought and never removed. Not an evidence_file, because it
-- belongs to a submission and goes into no dossier.
create table receipt_file (
    id             varchar(36) primary key,
    appeal_number  varchar(20) not null,
    submission_key varchar(40) not null,
    name           varchar(200) not null,
    media_type     varchar(100) not null,
    size_bytes     bigint not null,
    sha256         varchar(64) not null,
    added_by       varchar(64) not null,
    added_at       timestamp with time zone not null,
    constraint receipt_file_once unique (submission_key, sha256),
    constraint receipt_file_content foreign key (appeal_number, sha256)
        references evidence_content (appeal_number, sha256)
);

create index receipt_file_appeal on receipt_file (appeal_number, added_at);
