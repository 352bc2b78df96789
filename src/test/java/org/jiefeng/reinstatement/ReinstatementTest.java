package org.jiefeng.reinstatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** From the terms to the end of probation, on the tables. */
class ReinstatementTest {

    private static final String DECISION =
            "DAILY_CAP=50@1-7;DAILY_CAP=80@8-end;DAILY_CAP=150@after;HOURLY_CAP=15;BAR_DO_NOT_CALL";

    private TestRoom room;
    private Reinstatement reinstatement;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(ReinstatementProperties.class, () -> new ReinstatementProperties("HOURS=09:00-21:00", 7));
        context.register(TermsText.class, Reinstatement.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        reinstatement = room.get(Reinstatement.class);
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
