package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemindersTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    /** A task without a rule could not be created at all. */
    @Test
    void everyUserTaskOfTheDiagramsHasARuleForEverySeverity() throws IOException {
        Set<String> tasks = userTasks();

        assertThat(tasks).hasSizeGreaterThanOrEqualTo(30);
        for (String task : tasks) {
            for (String severity : List.of("LOW", "MEDIUM", "HIGH", "CRITICAL")) {
                assertThat(Decisions.evaluate("reminders", Map.of("task", task, "severity", severity)))
                        .as(task + " " + severity)
                        .hasSize(1);
            }
        }
    }

    @Test
    void everyRuleBelongsToAUserTask() throws IOException {
        Set<String> tasks = userTasks();

        assertThat(rows().map(row -> row.inputs().get("task"))).allMatch(tasks::contains);
    }

    /**
     * Only what is judged has a deputy to turn to; everybody else is reminded before or when it is due. A period of law is
     * told of before it is over: afterwards it helps nobody.
     */
    @ParameterizedTest
    @MethodSource("rows")
    void remindsNotLaterThanDueAndEscalatesAfterwards(DecisionRow row) {
        long due = (Long) row.outputs().get("dueWorkingDays");
        long escalation = (Long) row.outputs().get("escalationWorkingDays");

        assertThat((Long) row.outputs().get("reminderWorkingDays")).isBetween(1L, due);
        if ("Task_AnswerForwardedComplaint".equals(row.inputs().get("task"))) {
            assertThat(escalation).isStrictlyBetween((Long) row.outputs().get("reminderWorkingDays"), due);
        } else {
            assertThat(escalation == 0 || escalation > due).isTrue();
        }
    }

    private static Set<String> userTasks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(file ->
                            Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(UserTask.class).stream())
                    .map(UserTask::getId)
                    .collect(Collectors.toSet());
        }
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("reminders", """
                        task | severity => dueWorkingDays | reminderWorkingDays | escalationWorkingDays
                        Task_ReportToManager         | CRITICAL =>  1 |  1 | 0
                        Task_ReportToManager         | HIGH     =>  1 |  1 | 0
                        Task_ReportToManager         | MEDIUM   =>  2 |  1 | 0
                        Task_ReportToManager         | LOW      =>  2 |  1 | 0
                        Task_ReportToManager         | -        =>  2 |  1 | 0
                        Task_JudgeReport             | CRITICAL =>  1 |  1 | 2
                        Task_JudgeReport             | HIGH     =>  1 |  1 | 2
                        Task_JudgeReport             | MEDIUM   =>  2 |  1 | 3
                        Task_JudgeReport             | LOW      =>  2 |  1 | 3
                        Task_JudgeReport             | -        =>  2 |  1 | 3
                        Task_RespondToRefusal        | CRITICAL =>  3 |  2 | 0
                        Task_RespondToRefusal        | MEDIUM   =>  3 |  2 | 0
                        Task_ReviewRefusal           | CRITICAL =>  3 |  2 | 0
                        Task_ReviewRefusal           | MEDIUM   =>  3 |  2 | 0
                        Task_DemandNoticeDetails     | CRITICAL =>  2 |  1 | 0
                        Task_DemandNoticeDetails     | MEDIUM   =>  2 |  1 | 0
                        Task_WriteRepeatReport       | CRITICAL =>  5 |  3 | 0
                        Task_WriteRepeatReport       | MEDIUM   =>  5 |  3 | 0
                        Task_PrepareApplication      | CRITICAL =>  3 |  2 | 0
                        Task_PrepareApplication      | HIGH     =>  3 |  2 | 0
                        Task_PrepareApplication      | MEDIUM   =>  5 |  3 | 0
                        Task_PrepareApplication      | LOW      =>  5 |  3 | 0
                        Task_PrepareApplication      | -        =>  5 |  3 | 0
                        Task_ReviewApplication       | CRITICAL =>  1 |  1 | 0
                        Task_ReviewApplication       | HIGH     =>  1 |  1 | 0
                        Task_ReviewApplication       | MEDIUM   =>  2 |  1 | 0
                        Task_ReviewApplication       | LOW      =>  2 |  1 | 0
                        Task_ReviewApplication       | -        =>  2 |  1 | 0
                        Task_SubmitThroughPortal     | CRITICAL =>  1 |  1 | 0
                        Task_SubmitThroughPortal     | MEDIUM   =>  1 |  1 | 0
                        Task_ContactCarrier          | CRITICAL =>  1 |  1 | 0
                        Task_ContactCarrier          | MEDIUM   =>  1 |  1 | 0
                        Task_ProvideSupplement       | CRITICAL =>  3 |  2 | 0
                        Task_ProvideSupplement       | MEDIUM   =>  3 |  2 | 0
                        Task_AskForMissingMaterial   | CRITICAL =>  1 |  1 | 0
                        Task_AskForMissingMaterial   | MEDIUM   =>  1 |  1 | 0
                        Task_AcceptTerms             | CRITICAL =>  3 |  2 | 0
                        Task_AcceptTerms             | MEDIUM   =>  3 |  2 | 0
                        Task_CompleteSelfCheck       | CRITICAL =>  2 |  1 | 0
                        Task_CompleteSelfCheck       | MEDIUM   =>  2 |  1 | 0
                        Task_AnswerAnomaly           | MEDIUM   =>  2 |  1 | 0
                        Task_ReviewAnomaly           | CRITICAL =>  2 |  1 | 0
                        Task_ReviewAnomaly           | MEDIUM   =>  2 |  1 | 0
                        Task_StudyCourses            | CRITICAL =>  5 |  3 | 0
                        Task_StudyCourses            | MEDIUM   =>  5 |  3 | 0
                        Task_HoldDrill               | CRITICAL =>  5 |  3 | 0
                        Task_HoldDrill               | MEDIUM   =>  5 |  3 | 0
                        Task_TakeExam                | CRITICAL =>  3 |  2 | 0
                        Task_TakeExam                | MEDIUM   =>  3 |  2 | 0
                        Task_SignOffTraining         | CRITICAL =>  2 |  1 | 0
                        Task_SignOffTraining         | MEDIUM   =>  2 |  1 | 0
                        Task_DecideFurtherAttempt    | CRITICAL =>  3 |  2 | 0
                        Task_DecideFurtherAttempt    | MEDIUM   =>  3 |  2 | 0
                        Task_ChooseNextStep          | CRITICAL =>  5 |  3 | 0
                        Task_ChooseNextStep          | MEDIUM   =>  5 |  3 | 0
                        Task_ConfirmNextStep         | CRITICAL =>  3 |  2 | 0
                        Task_ConfirmNextStep         | MEDIUM   =>  3 |  2 | 0
                        Task_FileRegulatorComplaint  | CRITICAL =>  3 |  2 | 0
                        Task_FileRegulatorComplaint  | MEDIUM   =>  3 |  2 | 0
                        Task_RecordRegulatorAnswer   | CRITICAL => 27 | 24 | 0
                        Task_RecordRegulatorAnswer   | MEDIUM   => 27 | 24 | 0
                        Task_ApproveReplacement      | CRITICAL =>  3 |  2 | 0
                        Task_ApproveReplacement      | MEDIUM   =>  3 |  2 | 0
                        Task_RegisterReplacementCard | CRITICAL =>  5 |  3 | 0
                        Task_RegisterReplacementCard | MEDIUM   =>  5 |  3 | 0
                        Task_ConsultLawyer           | CRITICAL => 10 |  7 | 0
                        Task_ConsultLawyer           | MEDIUM   => 10 |  7 | 0
                        Task_JudgeReopening          | -        =>  5 |  3 | 0
                        Task_ConfirmCallingStop      | CRITICAL =>  1 |  1 | 0
                        Task_ConfirmCallingStop      | MEDIUM   =>  1 |  1 | 0
                        Task_ConfirmSuspension       | CRITICAL =>  1 |  1 | 0
                        Task_ConfirmSuspension       | MEDIUM   =>  1 |  1 | 0
                        Task_CorrectBehaviour        | CRITICAL =>  3 |  2 | 0
                        Task_CorrectBehaviour        | MEDIUM   =>  3 |  2 | 0
                        Task_ConfirmCorrection       | CRITICAL =>  2 |  1 | 0
                        Task_ConfirmCorrection       | MEDIUM   =>  2 |  1 | 0
                        Task_CheckMeasure            | CRITICAL =>  5 |  3 | 0
                        Task_CheckMeasure            | -        =>  5 |  3 | 0
                        Task_FindFault               | -        =>  5 |  3 | 0
                        Task_AnswerFinding           | -        =>  5 |  3 | 0
                        Task_ReviewDispute           | -        =>  5 |  3 | 0
                        Task_RescueRecordings        | CRITICAL =>  2 |  1 | 0
                        Task_RescueRecordings        | -        =>  2 |  1 | 0
                        Task_AnswerForwardedComplaint | -       => 15 | 10 | 13
                        Task_AnswerForwardedComplaint | HIGH    => 15 | 10 | 13
                        """));
    }
}
