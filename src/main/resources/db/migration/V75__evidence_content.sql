-- What files of a case contain, once however many checklist items it serves. Per case, not per house: a case is deleted
-- as a whole, and nobody learns from an upload what another case holds.
create table evidence_content (
    appeal_number varchar(20) not null,
    sha256        varchar(64) not null,
    primary key (appeal_number, sha256)
);

-- In pieces of 256 KB: neither database streams a whole large value in both directions, and one short row after the
-- other keeps the memory flat.
create table evidence_piece (
    appeal_number varchar(20) not null,
    sha256        varchar(64) not null,
    seq           integer not null,
    content       bytea not null,
    primary key (appeal_number, sha256, seq),
    constraint evidence_piece_content foreign key (appeal_number, sha256)
        references evidence_content (appeal_number, sha256)
);

insert into evidence_content (appeal_number, sha256)
select distinct appeal_number, sha256 from evidence_file;

-- Of files with the same content one is as good as the other.
insert into evidence_piece (appeal_number, sha256, seq, content)
select f.appeal_number, f.sha256, c.seq, c.content
from evidence_file f
join evidence_chunk c on c.file_id = f.id
where f.id = (
    select min(g.id) from evidence_file g where g.appeal_number = f.appeal_number and g.sha256 = f.sha256
);

drop table evidence_chunk;

alter table evidence_file add constraint evidence_file_content foreign key (appeal_number, sha256)
    references evidence_content (appeal_number, sha256);
create index evidence_file_content on evidence_file (appeal_number, sha256);
