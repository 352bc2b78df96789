package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.CalendarNotices;
import org.jiefeng.calendar.MovedDates;
import org.jiefeng.calendar.RecountProgress;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;

/** What is counted again and what is not, and what happens when something comes between; on H2. */
class CaseRecountTest extends CaseRecountContract {

    @Override
    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    @Test
    void reminderOfATaskMovesWithIt() {
        review("AP-2027-000001", "CHINA_MOBILE", "COMPLAINT");
        supplementAsked("AP-2027-000001");
        assertThat(due("Task_ProvideSupplement")).isEqualTo("2027-02-09 18:00");
        assertThat(timer("Task_ProvideSupplement")).isEqualTo("2027-02-08 18:00");

        take(NOTICE);
        work();

        assertThat(due("Task_ProvideSupplement")).isEqualTo("2027-02-16 18:00");
        assertThat(timer("Task_ProvideSupplement")).isEqualTo("2027-02-15 18:00");
        assertThat(onRecord("AP-2027-000001")).containsExactly("SUPPLEMENT 2027-02-16 18:00 CALENDAR");
        assertThat(timeline("AP-2027-000001"))
                .contains("Reminder of Provide supplement: 2027-02-08 18:00 → 2027-02-15 18:00 (Notice of a test)");
    }

    @Test
    void whatTheCarrierNamedOrTheLawGivesOtherwiseStays() {
        review("AP-2027-000001", "CHINA_MOBILE", "COMPLAINT");
        String silence = timer("BoundaryEvent_NoAnswerReceived");
        assertThat(silence).isEqualTo("2027-02-20 00:00");
        supplementAsked("AP-2027-000001");
        // The day the rule would have given as well.
        room.get(CaseDates.class).supplement("AP-2027-000001", date("2027-02-09T18:00+08:00"));
        room.get(CaseDates.class).followUp("AP-2027-000001", date("2027-02-08T18:00+08:00"));
        review("AP-2027-000002", "CHINA_UNICOM", "ARREARS");
        tasks.complete(task("Task_SubmitThroughPortal").getId());
        String hours = timer("AP-2027-000002", "BoundaryEvent_ReviewOverdue");
        assertThat(hours).isEqualTo("2027-02-06 10:00");

        take(NOTICE);
        work();

        assertThat(due("Task_ProvideSupplement")).isEqualTo("2027-02-09 18:00");
        assertThat(timer("AP-2027-000001", "BoundaryEvent_FollowUpDue")).isEqualTo("2027-02-08 18:00");
        assertThat(timer("AP-2027-000001", "BoundaryEvent_NoAnswerReceived")).isEqualTo(silence);
        assertThat(timer("AP-2027-000002", "BoundaryEvent_ReviewOverdue")).isEqualTo(hours);
        assertThat(timer("AP-2027-000002", "BoundaryEvent_FollowUpDue"))
                .as("counted in working days")
                .isEqualTo("2027-02-14 18:00");
        assertThat(onRecord("AP-2027-000001")).isEmpty();
    }

    /** Fifteen working days by law, from the day 12321 passed it on. */
    @Test
    void theAnswerToAForwardedComplaintIsDueByTheNewDaysEverywhere() {
        now("2027-02-08T09:00+08:00");
        runtime.createProcessInstanceByKey("forwarded-complaint")
                .businessKey("AP-2027-000001")
                .setVariables(Map.of("employeeId", "employee", "forwardedAt", date(THURSDAY_BEFORE)))
                .startBeforeActivity("Task_AnswerForwardedComplaint")
                .execute();
        String task = task("Task_AnswerForwardedComplaint").getId();
        assertThat(due("Task_AnswerForwardedComplaint")).isEqualTo("2027-02-25 18:00");

        take(NOTICE);
        work();

        assertThat(due("Task_AnswerForwardedComplaint")).isEqualTo("2027-03-04 18:00");
        assertThat(onRecord("AP-2027-000001")).containsExactly("FORWARDED_COMPLAINT 2027-03-04 18:00 CALENDAR");
        assertThat(room.jdbc()
                        .sql("select content from case_sheet where name = 'forwardAnswerDueOn' and task_id = :task")
                        .param("task", task)
                        .query(String.class)
                        .single())
                .isEqualTo("2027-03-04");
    }

    @Test
    void onceMoreChangesNothing() {
        report("AP-2027-000001");
        review("AP-2027-000002", "CHINA_MOBILE", "COMPLAINT");
        room.get(DueDates.class)
                .set(
                        "AP-2027-000002",
                        DueDates.Kind.REVIEW,
                        instant("2027-02-25T18:00+08:00"),
                        DueDates.Reason.SUBMITTED,
                        "system",
                        new DueDates.Counted(instant(THURSDAY_BEFORE), 15));
        long notice = take(NOTICE);
        work();
        long moved = moved(notice);
        assertThat(moved).isEqualTo(6);

        room.get(CaseMessenger.class).calendarChanged(notice);
        work();

        assertThat(moved(notice)).isEqualTo(moved);
        assertThat(timeline("AP-2027-000001")).hasSize(3);
        assertThat(onRecord("AP-2027-000002")).hasSize(2);
    }

    /** Friday afternoon; both days of the weekend turn out to have been working days when it is over. */
    @Test
    void nobodyIsLateBecauseOfANotice() {
        now("2027-01-29T10:00+08:00");
        report("AP-2027-000001");
        assertThat(due("Task_JudgeReport")).isEqualTo("2027-02-02 18:00");
        now("2027-01-28T10:00+08:00");
        report("AP-2027-000002");
        Task over = taskOf("AP-2027-000002");
        over.setDueDate(date("2027-01-29T18:00+08:00"));
        tasks.saveTask(over);
        now("2027-02-01T10:00+08:00");

        take("""
                # Source: Notice of a test
                2027-02-08,2027-02-12,HOLIDAY,Spring Festival
                2027-01-30,2027-01-31,WORKDAY,for Spring Festival
                """);
        work();

        assertThat(shown(taskOf("AP-2027-000001").getDueDate()))
                .as("31 January by the rule")
                .isEqualTo("2027-02-01 18:00");
        assertThat(timer("AP-2027-000001", "BoundaryEvent_JudgementDueSoon"))
                .as("30 January by the rule")
                .isEqualTo("2027-02-01 18:00");
        assertThat(timer("AP-2027-000001", "BoundaryEvent_JudgementOverdue")).isEqualTo("2027-02-01 18:00");
        assertThat(shown(taskOf("AP-2027-000002").getDueDate()))
                .as("over before, and over by the rule")
                .isEqualTo("2027-01-29 18:00");
    }

    @Test
    void whatWasOverIsOpenAgainWhereTheDaysWereHolidays() {
        report("AP-2027-000001");
        now("2027-02-09T10:00+08:00");

        take(NOTICE);
        work();

        assertThat(due("Task_JudgeReport")).isEqualTo("2027-02-15 18:00");
    }

    @Test
    void aCaseThatFailsStopsNoOtherAndGoesOnOnceItCan() {
        List<String> cases =
                Stream.of(1, 2, 3, 4, 5).map("AP-2027-00000%d"::formatted).toList();
        cases.forEach(this::report);
        long notice = take(NOTICE);
        JavaDelegate counting = room.get(CountDatesAgainDelegate.class);
        instead.put("countDatesAgainDelegate", execution -> {
            counting.execute(execution);
            if (cases.get(2).equals(execution.getProcessBusinessKey())) {
                throw new IllegalStateException("broken");
            }
        });

        work();

        assertThat(cases).filteredOn(number -> !isMoved(number)).containsExactly(cases.get(2));
        assertThat(timeline(cases.get(2))).isEmpty();
        assertThat(progress(notice)).isEqualTo(new RecountProgress.Left(true, 1));
        assertThat(runtime.createIncidentQuery().singleResult().getActivityId()).isEqualTo("Task_CountDatesAgain");

        instead.clear();
        Job stuck = management.createJobQuery().noRetriesLeft().singleResult();
        management.setJobRetries(stuck.getId(), 1);
        work();

        assertThat(cases).allMatch(this::isMoved);
        assertThat(progress(notice)).isEqualTo(new RecountProgress.Left(false, 0));
    }

    @Test
    void aTimerThatFailedIsTriedAgainWhenItWouldHaveBeen() {
        report("AP-2027-000001");
        Mocks.register("remindManagerDelegate", (JavaDelegate) execution -> {
            throw new IllegalStateException("broken");
        });
        now("2027-02-05T18:30+08:00");
        execute(management
                .createJobQuery()
                .activityId("BoundaryEvent_JudgementDueSoon")
                .singleResult());
        String again = timer("BoundaryEvent_JudgementDueSoon");

        take(NOTICE);
        work();

        assertThat(timer("BoundaryEvent_JudgementDueSoon")).isEqualTo(again);
        assertThat(due("Task_JudgeReport")).isEqualTo("2027-02-15 18:00");
    }

    /** Whoever works on the task goes first; the recount is tried again without losing an attempt. */
    @Test
    void aTaskThatIsCompletedMeanwhileIsNobodysProblem() {
        report("AP-2027-000001");
        take(NOTICE);
        JavaDelegate counting = room.get(CountDatesAgainDelegate.class);
        instead.put("countDatesAgainDelegate", execution -> {
            counting.execute(execution);
            instead.clear();
            String task = task("Task_JudgeReport").getId();
            CompletableFuture.runAsync(() -> {
                        // Stubs are known to the thread that registered them only.
                        registerStubs();
                        tasks.complete(task, Map.of("managerJudgement", "SUPPORT"));
                        Mocks.reset();
                    })
                    .join();
        });
        work(1);

        Job again =
                management.createJobQuery().activityId("Task_CountDatesAgain").singleResult();
        assertThat(again.getRetries()).as("all of the diagram's attempts").isEqualTo(6);
        work();

        assertThat(tasks.createTaskQuery().taskDefinitionKey("Task_JudgeReport").count())
                .isZero();
        assertThat(management
                        .createJobQuery()
                        .activityId("Task_CountDatesAgain")
                        .count())
                .isZero();
        assertThat(timeline("AP-2027-000001")).isEmpty();
    }

    @Test
    void timelineSpeaksTheLanguageOfTheDeployment() {
        long notice = take(NOTICE);
        DateMoves chinese = new DateMoves(
                room.get(Timeline.class),
                room.get(MovedDates.class),
                room.get(CalendarNotices.class),
                room.get(MessageSource.class),
                Locale.SIMPLIFIED_CHINESE);

        chinese.note(
                "AP-2027-000001",
                notice,
                "Task_JudgeReport",
                chinese.text("calendar.reminder", "判断是否支持"),
                instant("2027-02-08T18:00+08:00"),
                instant("2027-02-15T18:00+08:00"));

        assertThat(timeline("AP-2027-000001"))
                .containsExactly("“判断是否支持”的提醒:2027-02-08 18:00 → 2027-02-15 18:00(Notice of a test)");
    }
}
