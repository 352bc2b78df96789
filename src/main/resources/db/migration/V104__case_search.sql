-- Auditors search all cases ever, newest first, and count what they found.
create index appeal_opened on appeal (opened_at, number);
create index appeal_closed on appeal (closed_at, number);
create index appeal_outcome on appeal (outcome, opened_at);

-- Narrow, so that a cause is looked for without reading whole notices.
create index notice_causes on notice (causes, appeal_number);
