package org.jiefeng.evidence;

import org.jiefeng.appeal.CaseRecords;

class EvidenceStorePostgresTest extends EvidenceStoreContract {

    @Override
    EvidenceRoom room(CaseRecords records) {
        return EvidenceRoom.onPostgres(records);
    }
}
