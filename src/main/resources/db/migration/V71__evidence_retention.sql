-- How long a kind of evidence is kept; the lengths are settings (jiefeng.evidence.retention).
-- CASE: counted from the end of the case; IDENTITY: papers of a person; RECORDING: voices; CONSENT: proof of a consent
alter table evidence_item_type add column retention varchar(12) default 'CASE' not null;

update evidence_item_type set retention = 'IDENTITY'
where code in ('LEGAL_REPRESENTATIVE_ID', 'CARDHOLDER_ID', 'REVERIFICATION', 'VIDEO_CHECK');
update evidence_item_type set retention = 'RECORDING' where code in ('UNEDITED_RECORDINGS', 'SAMPLE_RECORDINGS');
update evidence_item_type set retention = 'CONSENT' where code in ('CONSENT_PROOF', 'CUSTOMER_AUTHORISATION');

-- The form of the case is now one PDF.
update evidence_item_type
set hint_en = 'Written as dossier.pdf when the dossier is sealed, from what the applicant entered.',
    hint_zh = '卷宗封存时根据申请人填写的内容生成 dossier.pdf。'
where code = 'APPLICATION';
