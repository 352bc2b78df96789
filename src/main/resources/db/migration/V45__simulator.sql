-- The simulated carrier of the demo: its own books, which the rest of the application never reads.
create table simulator_appeal (
    appeal_key  varchar(40) primary key,
    carrier     varchar(20) not null,
    case_id     varchar(64) not null unique,
    body        varchar(20000) not null,
    received_at timestamp with time zone not null,
    -- IN_REVIEW, SUPPLEMENT_REQUESTED, DECIDED or LIFTED
    state       varchar(24) not null,
    decision    varchar(12),
    -- when automatic mode decides; null when a person does
    decide_at   timestamp with time zone
);

create table simulator_supplement (
    supplement_key varchar(80) primary key,
    appeal_key     varchar(40) not null references simulator_appeal (appeal_key),
    case_id        varchar(64) not null,
    body           varchar(20000) not null,
    received_at    timestamp with time zone not null
);

-- Answers on their way: sent until they are acknowledged.
create table simulator_event (
    event_id     varchar(80) primary key,
    carrier      varchar(20) not null,
    appeal_key   varchar(40) not null,
    kind         varchar(30) not null,
    payload      varchar(70000) not null,
    created_at   timestamp with time zone not null,
    attempts     integer not null,
    next_try_at  timestamp with time zone not null,
    delivered_at timestamp with time zone,
    last_result  varchar(60)
);

create index simulator_event_open on simulator_event (delivered_at, next_try_at);

create table simulator_setting (
    id             integer primary key,
    automatic      boolean not null,
    delay_seconds  integer not null,
    decision       varchar(12) not null,
    refuse_appeals boolean not null
);

insert into simulator_setting (id, automatic, delay_seconds, decision, refuse_appeals)
values (1, false, 10, 'CONDITIONAL', false);
