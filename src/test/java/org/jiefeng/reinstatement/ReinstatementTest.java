package org.jiefeng.reinstatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DailyCaps;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** From the terms to the end of probation, on the tables. */
class ReinstatementTest {

    private static final String DECISION =
            "DAILY_CAP=50@1-7;DAILY_CAP=80@8-end;DAILY_CAP=150@after;HOURLY_CAP=15;BAR_DO_NOT_CALL";

    private static final String INDEX = "a".repeat(64);

    /** Where the clock of the room begins. */
    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");

    private TestRoom room;
    private Reinstatement reinstatement;
    private ReleaseSteps steps;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(ReinstatementProperties.class, () -> new ReinstatementProperties("HOURS=09:00-21:00", 7));
        context.register(TermsText.class, Reinstatement.class, ReleaseSteps.class, ProbationViolations.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        reinstatement = room.get(Reinstatement.class);
        steps = room.get(ReleaseSteps.class);
        appeal = room.openAppeal("employee");
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void termsNameEveryConditionWithItsOrigin() {
        room.get(CaseSheet.class).write(appeal, "carrierTerms", "DAILY_CAP=60;PROBATION_DAYS=60");

        ReleaseTerms terms = reinstatement.bind(appeal, DECISION, 30, 5);

        assertThat(terms.probationDays()).isEqualTo(60);
        assertThat(room.get(CaseSheet.class)
                        .find(appeal, "termsText")
                        .orElseThrow()
                        .lines())
                .containsExactly(
                        "Probation of 60 days from the day calling reopens, with a self-check every 5 days.",
                        "- The calls a day rise in steps with clean days, without complaint and violation, and fall on a"
                                + " complaint; the present step stands on the page of the appeal.",
                        "- At most 50 calls a day (days 1 to 7; company decision)",
                        "- At most 60 calls a day (from day 8 until probation ends; carrier’s terms)",
                        "- At most 60 calls a day (after probation; carrier’s terms)",
                        "- At most 15 calls an hour (during probation; company decision)",
                        "- At most 15 calls an hour (after probation; company decision)",
                        "- No number on the do-not-call list (during probation; company decision)",
                        "- No number on the do-not-call list (after probation; company decision)",
                        "- Calls only at 09:00-21:00 (during probation; house rule)",
                        "- Calls only at 09:00-21:00 (after probation; house rule)");
        assertThat(room.jdbc()
                        .sql("select source_text from release_rule where not effective")
                        .query(String.class)
                        .list())
                .containsExactly("DAILY_CAP=80@8-end", "DAILY_CAP=150@after");
    }

    @Test
    void bindingAgainReplacesWhatWasBound() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.bind(appeal, "CONSENTED_ONLY", 30, 5);

        assertThat(inForce("kind")).isEmpty();
        reinstatement.reopen(appeal);
        assertThat(inForce("kind")).containsExactly("CONSENTED_ONLY", "HOURS");
    }

    @Test
    void conditionsStepFromTheReopeningToTheirStandingValue() {
        reinstatement.bind(appeal, DECISION, 30, 5);

        Instant end = reinstatement.reopen(appeal).orElseThrow();

        assertThat(room.account(appeal))
                .returns(true, Account::callingOpen)
                .returns(Account.Status.PROBATION, Account::status);
        // Thirty days counted from Tuesday 3 March end with 1 April.
        assertThat(end).isEqualTo(Instant.parse("2026-04-01T16:00:00Z"));
        assertThat(dailyCapAt("2026-03-03T02:00:00Z")).isEqualTo("50");
        assertThat(dailyCapAt("2026-03-09T15:59:59Z")).isEqualTo("50");
        assertThat(dailyCapAt("2026-03-09T16:00:00Z")).isEqualTo("80");

        room.now(Instant.parse("2026-04-02T02:00:00Z"));
        assertThat(dailyCapAt("2026-04-02T02:00:00Z")).isEqualTo("80");
        reinstatement.endProbation(appeal);
        assertThat(dailyCapAt("2026-04-02T02:00:00Z")).isEqualTo("150");
        assertThat(room.account(appeal)).returns(Account.Status.ACTIVE, Account::status);
    }

    @Test
    void withoutProbationTheStandingConditionsHoldAtOnce() {
        reinstatement.bind(appeal, "DAILY_CAP=150@after", 0, 0);

        assertThat(reinstatement.reopen(appeal)).isEmpty();
        reinstatement.endProbation(appeal);

        assertThat(dailyCapAt("2026-03-03T02:00:00Z")).isEqualTo("150");
        assertThat(notes()).containsExactly("WARNING");
    }

    @Test
    void cleanProbationIsRecognised() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.reopen(appeal);

        assertThat(check("task-1", new SelfCheck(true, true, true, null, false, null)))
                .isFalse();
        room.now(Instant.parse("2026-04-01T16:00:00Z"));
        assertThat(check("task-2", new SelfCheck(true, true, true, null, false, null)))
                .isTrue();
        reinstatement.endProbation(appeal);

        assertThat(notes()).containsExactly("WARNING", "RECOGNITION");
    }

    @Test
    void anythingNotKeptIsSaidAndCostsTheRecognition() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.reopen(appeal);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> check("task-1", new SelfCheck(true, false, true, " ", false, null)));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> check("task-1", new SelfCheck(true, true, true, null, true, "")));
        check("task-1", new SelfCheck(true, false, true, "Two calls over the cap", false, null));
        reinstatement.endProbation(appeal);

        assertThat(notes()).containsExactly("WARNING");
    }

    @Test
    void violationEndsProbationAndLeavesTheConditions() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.reopen(appeal);

        reinstatement.breakOff(appeal);

        assertThat(dailyCapAt("2026-03-04T02:00:00Z")).isEqualTo("50");
        assertThat(room.jdbc()
                        .sql("select result from probation")
                        .query(String.class)
                        .single())
                .isEqualTo("VIOLATION");
        assertThat(room.account(appeal)).returns(false, Account::callingOpen);
    }

    @Test
    void barredNumbersAndPrefixesHoldSideBySideAndStandNowhereInClear() {
        room.get(CaseSheet.class)
                .write(appeal, "carrierTerms", "BARRED_PREFIX=170;BARRED_PREFIX=95;BARRED_NUMBER=138****0009~" + INDEX);

        reinstatement.bind(appeal, DECISION + ";BARRED_NUMBER=13900000010;BARRED_PREFIX=170", 30, 5);
        reinstatement.reopen(appeal);

        assertThat(room.jdbc().sql("""
                                select distinct kind || '=' || rule_value || ' ' || origin from release_condition
                                where kind like 'BARRED%' and valid_from is not null
                                """).query(String.class).list())
                .containsExactlyInAnyOrder(
                        "BARRED_PREFIX=170 CARRIER+DECISION",
                        "BARRED_PREFIX=95 CARRIER",
                        "BARRED_NUMBER=" + INDEX + " CARRIER",
                        "BARRED_NUMBER=" + room.get(Vault.class).index("13900000010") + " DECISION");
        assertThat(room.get(CaseSheet.class).find(appeal, "termsText").orElseThrow())
                .contains(
                        "- Not the number 139****0010 (during probation; company decision)",
                        "- Not the number 138****0009 (during probation; carrier’s terms)",
                        "- No number beginning with 170 (during probation; carrier’s terms and company decision)");
        for (String written : List.of(
                "select source_text from release_rule",
                "select source_text || rule_value from release_condition",
                "select content from case_sheet")) {
            assertThat(room.jdbc().sql(written).query(String.class).list())
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("13900000010"));
        }
    }

    @Test
    void stepsBindAtOnceAndTheStrictestStillWins() {
        room.get(CaseSheet.class).write(appeal, "carrierTerms", "DAILY_CAP=60");
        reinstatement.bind(appeal, "DAILY_CAP=150@after", 30, 5);
        reinstatement.reopen(appeal);

        step(50, "BEGIN");
        assertThat(caps()).containsExactlyInAnyOrder("60", "50");
        room.now(NOW.plus(Duration.ofDays(7)));
        step(80, "CLEAN_DAYS");

        assertThat(caps()).containsExactlyInAnyOrder("60", "80");
        assertThat(steps.of(appeal)).hasValueSatisfying(cap -> {
            assertThat(cap.calls()).isEqualTo(60);
            assertThat(cap.origin()).isEqualTo("carrier’s terms");
            assertThat(cap.step()).isEqualTo(80);
            assertThat(cap.changes())
                    .extracting(DailyCaps.Change::why)
                    .containsExactly("7 clean days", "everybody begins here");
        });
        assertThat(room.get(CaseSheet.class).find(appeal, "stepText").orElseThrow())
                .startsWith("Today: at most 60 calls a day (carrier’s terms). Step 80 since 2026-03-10: 7 clean days.");
        assertThat(room.get(Timeline.class).entries(appeal))
                .extracting(Timeline.Entry::kind)
                .contains("CAP_BEGUN", "CAP_RAISED");

        reinstatement.endProbation(appeal);
        assertThat(caps()).containsExactlyInAnyOrder("60");
    }

    @Test
    void theSameStepTwiceIsOneStep() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.reopen(appeal);
        step(50, "BEGIN");
        room.now(NOW.plus(Duration.ofDays(7)));

        assertThat(steps.count(appeal)).isEqualTo(new ReleaseSteps.Standing(50, 7, 0, 0));
        assertThat(steps.apply(appeal, 80, "CLEAN_DAYS", 7)).isTrue();
        assertThat(steps.count(appeal)).isEqualTo(new ReleaseSteps.Standing(80, 0, 0, 0));
        assertThat(steps.apply(appeal, 80, "HELD", 0)).isFalse();

        assertThat(room.jdbc()
                        .sql("select to_cap from release_step order by id")
                        .query(Long.class)
                        .list())
                .containsExactly(50L, 80L);
    }

    /** Reopened on Tuesday: the ninth day is Wednesday of the week after, and days nobody decided on count all the same. */
    @Test
    void cleanDaysBeginAnewAfterAComplaintAndAfterAViolation() {
        reinstatement.bind(appeal, DECISION, 60, 5);
        reinstatement.reopen(appeal);
        step(50, "BEGIN");
        complaint("CM-before", NOW.minus(Duration.ofDays(1)));
        complaint("CM-1", NOW.plus(Duration.ofDays(2)));
        room.now(NOW.plus(Duration.ofDays(8)));

        assertThat(steps.count(appeal)).as("answered once").isEqualTo(new ReleaseSteps.Standing(50, 5, 1, 0));
        assertThat(steps.count(appeal)).isEqualTo(new ReleaseSteps.Standing(50, 5, 0, 0));

        ProbationViolations violations = room.get(ProbationViolations.class);
        ProbationViolations.Recorded recorded = violations.record(appeal, "DO_NOT_CALL", NOW.plus(Duration.ofDays(7)));
        assertThat(recorded.earlier()).isZero();
        violations.warn(appeal, recorded.id(), "TIGHTEN");
        violations.warn(appeal, recorded.id(), "TIGHTEN");

        assertThat(steps.count(appeal)).isEqualTo(new ReleaseSteps.Standing(50, 0, 0, 1));
        assertThat(notes()).as("the reopening, and the violation once").containsExactly("WARNING", "WARNING");
        assertThat(room.get(CaseSheet.class).find(appeal, "violationText"))
                .contains("- 2026-03-10: Call to a number on the do-not-call list (written warning, one step down)");
        assertThat(violations
                        .record(appeal, "SHORT_CALLS", NOW.plus(Duration.ofDays(8)))
                        .earlier())
                .isEqualTo(1);
    }

    @Test
    void liftedSuspensionLeavesNoCondition() {
        reinstatement.bind(appeal, DECISION, 30, 5);
        reinstatement.reopen(appeal);
        step(50, "BEGIN");

        room.now(NOW.plusSeconds(60));
        reinstatement.lift(appeal);

        assertThat(caps()).isEmpty();
        assertThat(room.jdbc()
                        .sql("select count(*) from release_condition where valid_to is null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** A violation ends a probation and not what was bound; the terms of the next appeal of the account do that. */
    @Test
    void newTermsReplaceOldOnesAndNothingElseDoes() {
        reinstatement.bind(appeal, "DAILY_CAP=30", 30, 5);
        reinstatement.reopen(appeal);
        String other = room.openAppeal("employee");
        reinstatement.bind(other, "DAILY_CAP=70", 30, 5);
        reinstatement.reopen(other);
        reinstatement.breakOff(appeal);
        room.now(NOW.plus(Duration.ofDays(40)));
        assertThat(caps()).containsExactlyInAnyOrder("30", "70");

        AppealService appeals = room.get(AppealService.class);
        appeals.close(appeal, Outcome.SUSPENDED_AGAIN);
        String next = appeals.open(room.account(appeal).id(), "employee", true).number();
        reinstatement.bind(next, "DAILY_CAP=40", 30, 5);
        assertThat(caps()).containsExactlyInAnyOrder("30", "70");
        reinstatement.reopen(next);

        room.now(NOW.plus(Duration.ofDays(41)));
        assertThat(caps()).containsExactlyInAnyOrder("40", "70");
    }

    private void step(long calls, String reason) {
        ReleaseSteps.Standing standing = steps.count(appeal);
        steps.apply(appeal, calls, reason, standing.cleanDays());
    }

    private void complaint(String reference, Instant receivedAt) {
        room.jdbc()
                .sql("""
                        insert into complaint (reference, employee_id, callee_index, callee_mask, received_at, source, kind)
                        values (:reference, 'employee', 'index', '139****0001', :at, 'CUSTOMER', 'ATTITUDE')
                        """)
                .param("reference", reference)
                .param("at", receivedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whatever case they come from. */
    private List<String> caps() {
        return room.jdbc()
                .sql("""
                        select rule_value from release_condition
                        where kind = 'DAILY_CAP' and valid_from <= :now and (valid_to is null or valid_to > :now)
                        """)
                .param("now", room.get(TestRoom.MovableClock.class).instant().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private boolean check(String taskId, SelfCheck check) {
        return reinstatement.recordSelfCheck(appeal, taskId, "employee", check);
    }

    private String dailyCapAt(String moment) {
        return room.jdbc()
                .sql("""
                        select rule_value from release_condition
                        where kind = 'DAILY_CAP' and valid_from <= :at and (valid_to is null or valid_to > :at)
                        """)
                .param("at", OffsetDateTime.parse(moment))
                .query(String.class)
                .single();
    }

    private List<String> inForce(String column) {
        return room.jdbc()
                .sql("select " + column + " from release_condition where valid_from is not null order by id")
                .query(String.class)
                .list();
    }

    private List<String> notes() {
        return room.jdbc()
                .sql("select kind from conduct_note order by id")
                .query(String.class)
                .list();
    }
}
