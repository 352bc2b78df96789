package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvidenceCollectionPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    EvidenceCollectionPathTest() {
        super("evidence-collection");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private static Map<String, Object> appeal() {
        return new HashMap<>(Map.of(
                "employeeId", "employee",
                "carrier", "CHINA_MOBILE",
                "source", "CARRIER",
                "causes", "COMPLAINT",
                "severity", "HIGH",
                "repeatCount", 0L,
                "noticeComplete", true,
                "repeatReportRequired", false,
                "reviewGroup", "managers",
                "carrierAppealOverride", false));
    }

    private ProcessInstance started(Map<String, Object> appeal) {
        effect("checkCompletenessDelegate", "evidenceComplete", true);
        return start(appeal);
    }

    @Test
    void approvedApplicationIsSealed() {
        ProcessInstance evidence = started(appeal());
        assertThat(evidence).isWaitingAt("Task_PrepareApplication").variables().containsKey("requiredEvidence");
        done("Task_PrepareApplication");
        assertThat(evidence).isWaitingAt("Task_ReviewApplication").task().hasCandidateGroup("managers");

        done("Task_ReviewApplication", Map.of("companyDecision", "APPROVE"));

        assertThat(evidence).isEnded().hasPassed("EndEvent_ApplicationApproved");
        assertThat(ran)
                .containsSubsequence(
                        "prepareEvidenceChecklistDelegate",
                        "gatherRecordsDelegate",
                        "checkCompletenessDelegate",
                        "recordCompanyReviewListener",
                        "sealDossierDelegate");
    }

    @Test
    void incompleteEvidenceGoesBackBeforeAnybodyReviewsIt() {
        effect("checkCompletenessDelegate", "evidenceComplete", false);
        ProcessInstance evidence = start(appeal());

        done("Task_PrepareApplication");

        assertThat(evidence).isWaitingAt("Task_PrepareApplication").hasNotPassed("Task_ReviewApplication");
    }

    @Test
    void reviewerReturnsTheApplication() {
        ProcessInstance evidence = started(appeal());
        done("Task_PrepareApplication");

        done("Task_ReviewApplication", Map.of("companyDecision", "RETURN"));

        assertThat(evidence).isWaitingAt("Task_PrepareApplication");
    }

    @Test
    void companyDeclines() {
        ProcessInstance evidence = started(appeal());
        done("Task_PrepareApplication");

        done("Task_ReviewApplication", Map.of("companyDecision", "DECLINE"));

        assertThat(evidence).isEnded().hasPassed("EndEvent_ApplicationDeclined");
        assertThat(ran).doesNotContain("sealDossierDelegate");
    }

    @Test
    void incompleteNoticeIsCompletedFirst() {
        Map<String, Object> appeal = appeal();
        appeal.put("noticeComplete", false);
        ProcessInstance evidence = started(appeal);
        assertThat(evidence).isWaitingAt("Task_DemandNoticeDetails").task().hasCandidateGroup("liaisons");

        done("Task_DemandNoticeDetails", Map.of("noticeDetailsOutcome", "NO_ANSWER"));

        assertThat(evidence).isWaitingAt("Task_PrepareApplication");
        assertThat(ran).contains("recordNoticeDetailsListener");
    }

    @Test
    void companyImposedSuspensionHasNoNoticeToComplete() {
        Map<String, Object> appeal = appeal();
        appeal.put("noticeComplete", false);
        appeal.put("source", "INTERNAL");

        assertThat(started(appeal)).isWaitingAt("Task_PrepareApplication");
    }

    @Test
    void repeatedSuspensionNeedsARepeatReport() {
        Map<String, Object> appeal = appeal();
        appeal.put("repeatReportRequired", true);
        appeal.put("repeatCount", 1L);
        ProcessInstance evidence = started(appeal);
        assertThat(evidence).isWaitingAt("Task_WriteRepeatReport").task().isAssignedTo("employee");

        done("Task_WriteRepeatReport");

        assertThat(evidence).isWaitingAt("Task_PrepareApplication");
    }
}
