package org.jiefeng.evidence;

import org.jiefeng.appeal.CaseRecords;

class EvidenceStoreH2Test extends EvidenceStoreContract {

    @Override
    EvidenceRoom room(CaseRecords records) {
        return EvidenceRoom.onH2(records);
    }
}
