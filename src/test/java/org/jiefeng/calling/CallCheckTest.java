package org.jiefeng.calling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the call check answers, rule by rule, and what diallers report; each test has people of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallCheckTest {

    /** Tuesday 2026-03-03, 10:00 in Shanghai. */
    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");

    private final Dialler dialler = open();
    private int numbers;
    private String callee = "";
    private String employee = "";
    private String card = "";

    Dialler open() {
        return Dialler.onH2();
    }

    @BeforeEach
    void setUp() {
        dialler.room.now(NOW);
        callee = somebody();
        employee = dialler.employee();
        card = dialler.card(employee, NOW.minus(Duration.ofHours(20)));
        dialler.consent(callee, NOW.minus(Duration.ofDays(30)), null);
    }

    @AfterAll
    void tearDown() {
        dialler.close();
    }

    @Test
    void nothingForbidsIt() {
        assertThat(dialler.mayCall(card, callee)).isEqualTo(new CallAnswer(true, null, null, null));
        assertThat(dialler.mayCall("+86 " + card, callee.substring(0, 3) + "-" + callee.substring(3))
                        .allowed())
                .isTrue();
    }

    @Test
    void onlyOwnCardsInUse() {
        assertDenied(dialler.mayCall("13700000000", callee), CallRule.UNKNOWN_NUMBER, null);
        assertDenied(
                dialler.check(new CallRequest(card, callee, "somebody", null, null)), CallRule.CARD_OF_ANOTHER, null);
        assertThat(dialler.check(new CallRequest(card, callee, employee, null, null))
                        .allowed())
                .isTrue();
        dialler.account(card, Status.SUSPENDED, false);
        CallAnswer answer = dialler.mayCall(card, callee);
        assertDenied(answer, CallRule.ACCOUNT_SUSPENDED, null);
        assertThat(answer.reason()).isEqualTo(new CallAnswer.Reason("The account is suspended.", "账户已被封停。"));
        dialler.account(card, Status.ACTIVE, false);
        assertDenied(dialler.mayCall(card, callee), CallRule.CALLING_STOPPED, null);
    }

    @Test
    void nobodyCallsBeforeTheCertificateNorAfterItHasExpired() {
        long enrolment = dialler.enrol(employee, "AP-2026-900001", NOW);
        assertDenied(dialler.mayCall(card, callee), CallRule.NO_CERTIFICATE, null);

        dialler.certify(employee, enrolment, NOW, LocalDate.of(2026, 3, 4));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
        dialler.room.now(NOW.plus(Duration.ofDays(1)));
        assertThat(dialler.mayCall(card, callee).allowed()).as("its last day").isTrue();
        dialler.room.now(NOW.plus(Duration.ofDays(2)));
        assertDenied(dialler.mayCall(card, callee), CallRule.CERTIFICATE_EXPIRED, null);

        long again = dialler.enrol(employee, "RK-2026-000001", NOW);
        assertDenied(dialler.mayCall(card, callee), CallRule.NO_CERTIFICATE, null);
        dialler.certify(employee, again, NOW, LocalDate.of(2027, 3, 4));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
    }

    /** Renewing in time must not cost a day of work; renewing late does. */
    @Test
    void certificateHoldsToItsLastDayWhileItIsRenewed() {
        long enrolment = dialler.enrol(employee, "AP-2026-900001", NOW);
        dialler.certify(employee, enrolment, NOW, LocalDate.of(2026, 3, 4));
        long renewal = dialler.enrol(employee, "CR-2026-000001", NOW);
        dialler.room
                .jdbc()
                .sql("update enrolment set renews = 'CT-2026-000001' where id = :id")
                .param("id", renewal)
                .update();

        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
        dialler.room.now(NOW.plus(Duration.ofDays(2)));
        assertDenied(dialler.mayCall(card, callee), CallRule.CERTIFICATE_EXPIRED, null);
        dialler.certify(employee, renewal, NOW, LocalDate.of(2027, 3, 4));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
    }

    /** What a carrier took back must not keep somebody from work for ever. */
    @Test
    void retrainingOfALiftedSuspensionIsNotOwed() {
        String appeal = dialler.room.openAppeal(employee);
        dialler.enrol(employee, appeal, NOW);
        assertDenied(dialler.mayCall(card, callee), CallRule.NO_CERTIFICATE, null);

        dialler.room.get(AppealService.class).close(appeal, Outcome.LIFTED);

        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
    }

    @Test
    void whomNobodyMayCall() {
        assertDenied(dialler.mayCall(card, other(2)), CallRule.NO_CONSENT, null);
        dialler.consent(other(3), NOW.minusSeconds(1), NOW);
        assertDenied(dialler.mayCall(card, other(3)), CallRule.NO_CONSENT, null);
        dialler.complain(callee, "somebody", NOW);
        assertDenied(dialler.mayCall(card, callee), CallRule.COMPLAINANT, null);
        dialler.optOut(callee, NOW);
        assertDenied(dialler.mayCall(card, callee), CallRule.DO_NOT_CALL, null);
    }

    @ParameterizedTest
    @CsvSource({
        // Shanghai is eight hours ahead.
        "2026-03-03T00:59:59Z, 2026-03-03T01:00:00Z",
        "2026-03-03T13:00:00Z, 2026-03-04T01:00:00Z",
        "2026-03-03T12:59:59Z,"
    })
    void onlyInTheHours(Instant now, @Nullable Instant retryAt) {
        dialler.room.now(now);
        CallAnswer answer = dialler.mayCall(card, callee);
        if (retryAt == null) {
            assertThat(answer.allowed()).isTrue();
        } else {
            assertDenied(answer, CallRule.OUT_OF_HOURS, retryAt);
        }
    }

    /** Friday before a Monday: narrower hours, and no call on days off. */
    @Test
    void conditionsNarrowHoursAndDays() {
        bind("HOURS", "09:30-18:00");
        bind("WORKING_DAYS_ONLY", "");
        dialler.room.now(Instant.parse("2026-03-06T10:00:00Z"));
        assertDenied(dialler.mayCall(card, callee), CallRule.OUT_OF_HOURS, Instant.parse("2026-03-09T01:30:00Z"));
        dialler.room.now(Instant.parse("2026-03-07T04:00:00Z"));
        assertDenied(dialler.mayCall(card, callee), CallRule.NON_WORKING_DAY, Instant.parse("2026-03-09T01:30:00Z"));
        bind("HOURS", "none");
        assertDenied(dialler.mayCall(card, callee), CallRule.NON_WORKING_DAY, null);
    }

    @Test
    void capsCountTheCallsOfEveryCard() {
        String other = dialler.card(employee, NOW.minus(Duration.ofHours(20)));
        bind("DAILY_CAP", "80");
        bind("DAILY_CAP", "3");
        dialler.called(card, other(10), NOW.minus(Duration.ofHours(12)));
        dialler.called(card, other(11), NOW.minus(Duration.ofMinutes(50)));
        dialler.called(other, other(12), NOW.minus(Duration.ofMinutes(40)));
        assertThat(dialler.mayCall(card, callee).allowed())
                .as("yesterday's call does not count")
                .isTrue();
        bind("HOURLY_CAP", "2");
        assertDenied(dialler.mayCall(card, callee), CallRule.HOURLY_CAP, NOW.plus(Duration.ofMinutes(10)));
        dialler.room.now(NOW.plus(Duration.ofMinutes(10)));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();

        dialler.called(other, other(13), NOW.plus(Duration.ofMinutes(10)));
        assertDenied(dialler.mayCall(card, callee), CallRule.DAILY_CAP, Instant.parse("2026-03-04T01:00:00Z"));
        assertDenied(dialler.mayCall(other, callee), CallRule.DAILY_CAP, Instant.parse("2026-03-04T01:00:00Z"));
    }

    @Test
    void gapsBetweenCalls() {
        bind("CALL_GAP", "2");
        dialler.called(card, callee, NOW.minusSeconds(60));
        assertDenied(dialler.mayCall(card, callee), CallRule.CALL_GAP, NOW.plus(Duration.ofMinutes(29)));
        dialler.room.now(NOW.plusSeconds(60));
        assertDenied(dialler.mayCall(card, callee), CallRule.SAME_CALLEE_GAP, NOW.plus(Duration.ofMinutes(29)));
        dialler.consent(other(4), NOW, null);
        assertThat(dialler.mayCall(card, other(4)).allowed()).isTrue();
        dialler.room.now(NOW.plus(Duration.ofMinutes(29)));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
    }

    @Test
    void oneNumberThreeTimesADay() {
        for (int hours = 3; hours >= 1; hours--) {
            dialler.called(card, callee, NOW.plus(Duration.ofHours(4 - hours)).minus(Duration.ofHours(1)));
            dialler.room.now(NOW.plus(Duration.ofHours(4 - hours)));
        }
        dialler.room.now(NOW.plus(Duration.ofHours(5)));
        assertDenied(dialler.mayCall(card, callee), CallRule.SAME_CALLEE, Instant.parse("2026-03-04T01:00:00Z"));
    }

    @Test
    void scriptAndRegionWhereConditionsAskForThem() {
        bind("FILED_SCRIPT", "");
        assertDenied(dialler.mayCall(card, callee), CallRule.UNFILED_SCRIPT, null);
        bind("NO_CROSS_REGION", "");
        assertDenied(dialler.check(new CallRequest(card, callee, null, "FILED", null)), CallRule.CROSS_REGION, null);
        assertThat(dialler.check(new CallRequest(card, callee, null, "FILED", true))
                        .allowed())
                .isTrue();
    }

    @Test
    void numbersAndPrefixesThatTheCarrierBars() {
        dialler.bind(employee, "BARRED_NUMBER", dialler.index(somebody()), NOW, null);
        dialler.bind(employee, "BARRED_PREFIX", "95", NOW, null);
        assertThat(dialler.mayCall(card, callee).allowed()).as("bars others").isTrue();

        dialler.bind(employee, "BARRED_PREFIX", callee.substring(0, 4), NOW, NOW.plusSeconds(60));
        assertDenied(dialler.mayCall(card, "+86 " + callee), CallRule.BARRED_PREFIX, null);
        dialler.bind(employee, "BARRED_NUMBER", dialler.index(callee), NOW, null);
        assertDenied(dialler.mayCall(card, callee), CallRule.BARRED_NUMBER, null);
        String another = dialler.card(employee, NOW.minus(Duration.ofHours(20)));
        assertDenied(dialler.mayCall(another, callee), CallRule.BARRED_NUMBER, null);
    }

    @Test
    void whatCannotBeCheckedForbids() {
        bind("CARRIER_TERM", "call; with a smile");
        bind("QUALITY_CHECK", "100");
        assertThat(dialler.mayCall(card, callee).allowed())
                .as("people's business")
                .isTrue();
        bind("BARRED_MOON_PHASE", "full");
        assertDenied(dialler.mayCall(card, callee), CallRule.UNKNOWN_CONDITION, null);
        bind("DAILY_CAP", "many");
        assertThat(dialler.mayCall(card, callee).rule()).isEqualTo(CallRule.CHECK_UNAVAILABLE);
    }

    @Test
    void conditionsHoldFromTheirBeginningToTheirEnd() {
        dialler.bind(employee, "DAILY_CAP", "0", NOW.plusSeconds(60), NOW.plusSeconds(120));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
        dialler.room.now(NOW.plusSeconds(60));
        assertDenied(dialler.mayCall(card, callee), CallRule.DAILY_CAP, null);
        dialler.room.now(NOW.plusSeconds(120));
        assertThat(dialler.mayCall(card, callee).allowed()).isTrue();
    }

    /** Bound to the person: a replacement card is no new beginning (domain.md §6.5, §6.8). */
    @Test
    void conditionsBindTheCardThatReplacesTheOneOfAnEndedCase() {
        String appeal = dialler.room.openAppeal(employee);
        bind("DAILY_CAP", "0");
        dialler.room.get(AppealService.class).close(appeal, Outcome.NOT_RESTORABLE);
        dialler.account(card, Status.CLOSED, false);

        String replacement = dialler.card(employee, NOW.minus(Duration.ofHours(1)));

        assertDenied(dialler.mayCall(replacement, callee), CallRule.DAILY_CAP, null);
    }

    @Test
    void noTelephoneNumbersAreRefused() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> dialler.mayCall("010-88886666", "abc"))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(FieldProblem::field).containsExactly("caller", "callee"));
        assertThat(dialler.mayCall(card, "010-8888 6666").rule()).isEqualTo(CallRule.NO_CONSENT);
    }

    @Test
    void aCallIsOneCallHoweverOftenItIsReported() {
        CallReports.Report begun = new CallReports.Report(reference(1), card, callee, NOW.toString(), null, null, null);
        CallReports.Report over =
                new CallReports.Report(reference(1), card, callee, NOW.toString(), 61, "ANSWERED", "A");
        CallReports.Report other = new CallReports.Report(reference(2), card, callee, NOW.toString(), 0, "BUSY", null);

        assertThat(dialler.report(begun)).isEqualTo(new CallReports.Receipt(1, 0, 0));
        assertThat(dialler.report(begun)).isEqualTo(new CallReports.Receipt(0, 0, 1));
        assertThat(dialler.report(over, other)).isEqualTo(new CallReports.Receipt(1, 1, 0));
        assertThat(dialler.report(begun, other)).isEqualTo(new CallReports.Receipt(0, 0, 2));

        assertThat(dialler.records().callsOfEmployee(employee, NOW, NOW.plusSeconds(1)))
                .extracting(Call::reference, Call::durationSeconds, Call::outcome, Call::calleeMask)
                .containsExactly(
                        tuple(reference(1), 61, Call.Outcome.ANSWERED, MobileNumber.mask(callee)),
                        tuple(reference(2), 0, Call.Outcome.BUSY, MobileNumber.mask(callee)));
    }

    @Test
    void aBatchWithOneWrongCallRecordsNone() {
        CallReports.Report right =
                new CallReports.Report(reference(1), card, callee, NOW.toString(), 5, "ANSWERED", null);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> dialler.report(
                        right,
                        new CallReports.Report(
                                null, "13700000000", "abc", "2026-03-03 10:00", -1, "DONE", "x".repeat(41)),
                        new CallReports.Report(reference(3), "1", callee, NOW.toString(), null, "ANSWERED", null),
                        new CallReports.Report(
                                reference(1), card, callee, NOW.plusSeconds(61).toString(), 5, null, null),
                        new CallReports.Report(reference(1), card, callee, NOW.toString(), 5, "ANSWERED", null),
                        new CallReports.Report(
                                reference(4),
                                card,
                                callee,
                                NOW.minus(Duration.ofDays(1)).toString(),
                                5,
                                "ANSWERED",
                                null)))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly(
                                "[1].callReference",
                                "[1].callee",
                                "[1].startedAt",
                                "[1].outcome",
                                "[1].durationSeconds",
                                "[1].script",
                                "[2].durationSeconds",
                                "[2].caller",
                                "[3].startedAt",
                                "[3].durationSeconds",
                                "[4].callReference",
                                "[5].caller"));
        assertThat(dialler.records().callsOfEmployee(employee, Instant.EPOCH, NOW.plusSeconds(99)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, CallReports.LARGEST_BATCH + 1})
    void aBatchHasItsLimits(int size) {
        CallReports.Report call =
                new CallReports.Report(reference(1), card, callee, NOW.toString(), 5, "ANSWERED", null);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> dialler.room.get(CallReports.class).record(Collections.nCopies(size, call)))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(FieldProblem::field).isEqualTo(List.of("calls")));
    }

    private String somebody() {
        return "139%08d".formatted(100 * ++numbers);
    }

    /** One of the other people of this test. */
    private String other(int which) {
        return "139%08d".formatted(100 * numbers + which);
    }

    private String reference(int which) {
        return "T-" + numbers + "-" + which;
    }

    private void bind(String kind, String value) {
        dialler.bind(employee, kind, value, NOW.minus(Duration.ofDays(3)), null);
    }

    private static void assertDenied(CallAnswer answer, CallRule rule, @Nullable Instant retryAt) {
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.rule()).isEqualTo(rule);
        assertThat(answer.retryAt()).isEqualTo(retryAt);
        CallAnswer.Reason reason = requireNonNull(answer.reason());
        assertThat(reason.en()).isNotBlank();
        assertThat(reason.zh()).isNotBlank().isNotEqualTo(reason.en());
    }
}
