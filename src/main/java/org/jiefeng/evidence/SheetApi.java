package org.jiefeng.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The facts of a case for the embedded forms of this feature. */
@RestController
class SheetApi {

    /** By name and not everything: the sheet also holds what managers and compliance wrote for each other. */
    private static final List<String> FACTS = List.of(
            "appealNumber",
            "employeeName",
            "accountMask",
            "carrierName",
            "causeNames",
            "suspendedOn",
            "noticeText",
            "noticeSource",
            "restrictionName",
            "repeatCountText",
            "statedReason",
            "remedyChannel",
            "requiredMaterials",
            "noticeGaps",
            "laterNotices",
            "recordingsText",
            "rejectionAdvice",
            "resubmitLastDay",
            "missingEvidence",
            "supplementRequest",
            "supplementDueOn");

    private final CaseAccess access;
    private final CaseSheet caseSheet;

    SheetApi(CaseAccess access, CaseSheet caseSheet) {
        this.access = access;
        this.caseSheet = caseSheet;
    }

    @GetMapping("/api/appeals/{number}/sheet")
    Map<String, String> facts(@PathVariable String number, Authentication user) {
        Appeal appeal = access.readable(number, user);
        Map<String, String> texts = caseSheet.texts(appeal.number());
        Map<String, String> facts = new LinkedHashMap<>();
        FACTS.forEach(name -> facts.put(name, texts.getOrDefault(name, "")));
        facts.put("appealNumber", appeal.number());
        return facts;
    }
}
