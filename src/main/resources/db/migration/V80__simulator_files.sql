-- Sealed files the simulated carrier was handed: it checks them and keeps the receipt only.
create table simulator_files (
    appeal_key     varchar(40) not null references simulator_appeal (appeal_key),
    -- of the manifest
    sha256         varchar(64) not null,
    files          integer not null,
    bytes          bigint not null,
    content_sha256 varchar(64) not null,
    received_at    timestamp with time zone not null,
    primary key (appeal_key, sha256)
);

alter table simulator_setting add column refuse_files boolean not null default false;
