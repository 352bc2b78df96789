create table department (
    id        varchar(40) primary key,
    name      varchar(100) not null,
    head_id   varchar(64) not null,
    deputy_id varchar(64) not null
);

create table employee (
    user_id          varchar(64) primary key,
    name             varchar(100) not null,
    department_id    varchar(40) not null references department (id),
    id_number_sealed varchar(400) not null,
    id_number_mask   varchar(20) not null,
    absent_from      date,
    absent_to        date
);

create table card (
    id            varchar(40) primary key,
    carrier       varchar(20) not null,
    mobile_sealed varchar(400) not null,
    mobile_mask   varchar(20) not null,
    -- Keyed hash of the number: finds it without showing it.
    mobile_index  varchar(64) not null unique,
    iccid_sealed  varchar(400) not null,
    iccid_mask    varchar(24) not null
);

-- An employee's use of a card, from one day to another; a card never has two users at a time.
create table account (
    id               varchar(40) primary key,
    employee_id      varchar(64) not null references employee (user_id),
    card_id          varchar(40) not null references card (id),
    opened_at        timestamp with time zone not null,
    closed_at        timestamp with time zone,
    open_card_id     varchar(40) unique,
    status           varchar(20) not null,
    restriction_type varchar(30),
    calling_open     boolean not null
);

create index account_employee on account (employee_id);
