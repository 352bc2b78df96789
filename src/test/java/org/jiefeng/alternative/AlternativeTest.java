package org.jiefeng.alternative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Fault;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.LegalPapers;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;

/** Options, regulator, legal advice and replacement cards on the tables. */
class AlternativeTest {

    private static final ReplacementCards.Request CARD =
            new ReplacementCards.Request("CHINA_UNICOM", "+86 131-0000-0001", "8986 0112 3456 7890 0031");

    private static final Instant LAST_MOMENT = Instant.parse("2028-03-02T10:00:00Z");

    private TestRoom room;
    private Alternatives alternatives;
    private ReplacementCards cards;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(RegulatorProperties.class, () -> new RegulatorProperties(5, 30));
        context.registerBean(WorkingCalendar.class, () -> WorkingCalendar.asDelivered());
        context.register(
                AlternativeTexts.class,
                DisclosureLog.class,
                DueDates.class,
                Alternatives.class,
                ReplacementCards.class,
                ReplacementCardApi.class,
                LegalFiles.class);
        context.registerBean(LegalPapers.class, () -> (zip, number, whole) -> {
            zip.putNextEntry(new ZipEntry("application-1/manifest.txt"));
            zip.closeEntry();
            return whole ? List.of() : List.of("application-1/01 ID card/id.png");
        });
    }

    @BeforeEach
    void setUp() {
        room = open();
        alternatives = room.get(Alternatives.class);
        cards = room.get(ReplacementCards.class);
        appeal = room.openAppeal("employee");
        room.get(AppealService.class).enterStage(appeal, Stage.ALTERNATIVES);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void everyOptionSaysWhetherItIsOpenAndWhyNot() {
        assertThat(explained(options(true, false, true, true, "REJECTED", 1, false, false, LAST_MOMENT)))
                .containsExactly(
                        "- **Submit again to the carrier:** open. Submitted 1 time(s) so far; better evidence goes the same way as before.",
                        "- **Complain to the regulator (12300):** not open. It took complaints until 2028-03-02; the time runs from the suspension and cannot be extended.",
                        "- **Replacement card:** open. Compliance approves it and retraining comes first; earlier suspensions stay on your record.",
                        "- **Legal advice:** open. Going to court closes the way to the regulator.");
        assertThat(explained(options(false, true, false, false, "REJECTED", 2, false, true, LAST_MOMENT)))
                .satisfiesExactly(
                        line -> assertThat(line).contains("not open", "2 time(s)"),
                        line -> assertThat(line).contains("12300", ":** open until 2028-03-02", "30 days"),
                        line -> assertThat(line).contains("fraud"),
                        line -> assertThat(line).contains("regulator comes first"));
        assertThat(explained(options(false, false, false, true, null, 0, false, false, null)))
                .satisfiesExactly(
                        line -> assertThat(line).contains("third suspension"),
                        line -> assertThat(line).contains("only after the carrier"),
                        line -> assertThat(line).contains("while the appeal"),
                        line -> assertThat(line).contains("Legal advice:** open"));
        assertThat(explained(options(false, false, true, true, "NO_ANSWER", 2, true, false, LAST_MOMENT))
                        .get(1))
                .contains("dealt with this matter already");
    }

    /** Nothing in the person's records, and no time to resubmit. */
    private static Options options(
            boolean resubmit,
            boolean complain,
            boolean replace,
            boolean advice,
            @Nullable String outcome,
            long round,
            boolean complained,
            boolean fraud,
            @Nullable Instant complainUntil) {
        return new Options(
                resubmit,
                complain,
                replace,
                advice,
                outcome,
                round,
                complained,
                fraud,
                CardBar.NONE,
                complainUntil,
                null,
                false);
    }

    private static Options rejectedOnce(boolean canResubmit, CardBar bar, boolean over) {
        return new Options(
                canResubmit,
                true,
                false,
                false,
                "REJECTED",
                1,
                false,
                false,
                bar,
                LAST_MOMENT,
                Instant.parse("2026-04-02T10:00:00Z"),
                over);
    }

    @Test
    void lastDayToResubmitIsSaidShownAndOnRecordOnce() {
        assertThat(explained(rejectedOnce(true, CardBar.NONE, false)).get(0)).contains("open until 2026-04-02");
        explained(rejectedOnce(true, CardBar.NONE, false));

        assertThat(room.get(CaseSheet.class).find(appeal, "resubmitLastDay")).contains("2026-04-02");
        assertThat(room.get(DueDates.class).of(appeal))
                .filteredOn(date -> date.kind() == DueDates.Kind.RESUBMISSION)
                .singleElement()
                .returns(Instant.parse("2026-04-02T10:00:00Z"), DueDates.Entry::dueAt)
                .returns(DueDates.Reason.REJECTED, DueDates.Entry::reason);
    }

    @Test
    void windowThatHasClosedIsSaidAndNoLastDayIsShownAnyMore() {
        explained(rejectedOnce(true, CardBar.NONE, false));

        assertThat(explained(rejectedOnce(false, CardBar.NONE, true)).get(0))
                .contains("not open any more", "until 2026-04-02");
        assertThat(room.get(CaseSheet.class).find(appeal, "resubmitLastDay")).contains("");
    }

    @ParameterizedTest
    @CsvSource({
        "FRAUD_BEFORE, suspicion of fraud",
        "APPEAL_OPEN, Another appeal",
        "ON_PROBATION, probation with another card",
        "TRAINING_OPEN, not certified yet"
    })
    void whyThereIsNoNewCardIsSaid(CardBar bar, String why) {
        assertThat(explained(rejectedOnce(true, bar, false)).get(2)).contains("not open", why);
    }

    @Test
    void everyReasonOfARejectionSaysWhatToDoAndWhatToBring() {
        alternatives.explain(
                appeal,
                rejectedOnce(true, CardBar.NONE, false),
                List.of(
                        new Advice(
                                "RECORDINGS_EDITED",
                                "Bring them whole.",
                                "NEW_EVIDENCE",
                                List.of("UNEDITED_RECORDINGS")),
                        new Advice("CODE_OF_THEIR_OWN", "Ask them.", "ASK_FIRST", List.of()),
                        new Advice("", "Ask them.", "ASK_FIRST", List.of())));

        assertThat(room.get(CaseSheet.class).find(appeal, "rejectionAdvice").orElseThrow())
                .isEqualTo("""
                        - Recordings edited: Bring them whole. Submitting again makes sense with new evidence. To be brought anew: Unedited recordings.
                        - CODE_OF_THEIR_OWN: Ask them. Submit again only when the reason is clear.
                        - No reason given: Ask them. Submit again only when the reason is clear.""");
    }

    private List<String> explained(Options options) {
        alternatives.explain(appeal, options, List.of());
        return room.get(CaseSheet.class)
                .find(appeal, "optionsText")
                .orElseThrow()
                .lines()
                .toList();
    }

    @Test
    void complaintKnowsItsDeadlinesAndKeepsItsAnswer() {
        alternatives.recordComplaint(appeal, "task-1", complaint(), LAST_MOMENT, "compliance");

        // Monday 2 March plus five working days, then thirty calendar days.
        assertThat(room.get(CaseSheet.class).find(appeal, "regulatorDueText"))
                .contains("Accepted or refused by 2026-03-09, answered by 2026-04-08.");
        assertThat(room.get(LegalHolds.class).of(appeal))
                .as("nothing is deleted while the regulator looks into it")
                .singleElement()
                .matches(LegalHolds.Hold::isInForce)
                .returns(LegalHolds.Ground.REGULATOR, LegalHolds.Hold::ground);

        alternatives.recordAnswer(
                appeal,
                "DISMISSED",
                Map.of("answeredOn", "2026-03-03", "regulatorAnswerText", "The carrier acted within its rules"),
                "compliance");
        assertThat(room.jdbc()
                        .sql("select answer from regulator_complaint")
                        .query(String.class)
                        .single())
                .isEqualTo("DISMISSED");
        assertThat(room.get(LegalHolds.class).isHeld(appeal)).isFalse();
        assertThat(room.get(AppealService.class).get(appeal).overturned()).isFalse();
    }

    @Test
    void aSuspensionTheRegulatorFoundWrongCountsAgainstNobody() {
        alternatives.recordComplaint(appeal, "task-1", complaint(), LAST_MOMENT, "compliance");

        alternatives.recordAnswer(
                appeal,
                "UPHELD",
                Map.of("answeredOn", "2026-03-03", "regulatorAnswerText", "The carrier took the wrong number"),
                "compliance");

        assertThat(room.get(AppealService.class).get(appeal).overturned()).isTrue();
    }

    @Test
    void lastDayToComplainIsOnRecordOnceHoweverOftenItIsExplained() {
        explained(options(true, true, true, false, "REJECTED", 1, false, false, LAST_MOMENT));
        explained(options(false, true, true, false, "REJECTED", 2, false, false, LAST_MOMENT));

        assertThat(room.get(DueDates.class).of(appeal))
                .singleElement()
                .returns(DueDates.Kind.REGULATOR, DueDates.Entry::kind)
                .returns(LAST_MOMENT, DueDates.Entry::dueAt);
        assertThat(room.get(CaseSheet.class).find(appeal, "complaintLastDay")).contains("2028-03-02");
    }

    @Test
    void complaintFiledAfterTheLastDayIsRefusedAndOneOfTheLastDayIsNot() {
        room.now(Instant.parse("2028-03-04T02:00:00Z"));
        Map<String, String> answers = new HashMap<>(complaint());
        answers.put("filedOn", "2028-03-03");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> alternatives.recordComplaint(appeal, "task-1", answers, LAST_MOMENT, "compliance"))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::reason)
                        .containsExactly("Too late: the regulator took complaints until 2028-03-02."));

        answers.put("filedOn", "2028-03-02");
        alternatives.recordComplaint(appeal, "task-1", answers, LAST_MOMENT, "compliance");
        assertThat(room.jdbc()
                        .sql("select count(*) from regulator_complaint")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void complaintTheRegulatorWouldRefuseIsNotFiled() {
        assertRefused("carrierAskedFirst", "false");
        assertRefused("notInCourt", "false");
        assertRefused("complaintNumber", " ");
        assertRefused("filedOn", "2026-03-04");
        assertRefused("filedOn", "yesterday");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> alternatives.recordAnswer(appeal, "NO_ANSWER", Map.of(), "compliance"));
    }

    private void assertRefused(String field, String value) {
        Map<String, String> answers = new HashMap<>(complaint());
        answers.put(field, value);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> alternatives.recordComplaint(appeal, "task-1", answers, LAST_MOMENT, "compliance"))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(FieldProblem::field).containsExactly(field));
    }

    private static Map<String, String> complaint() {
        return Map.of(
                "carrierAskedFirst", "true",
                "notInCourt", "true",
                "complaintNumber", "SH-2026-77",
                "filedOn", "2026-03-02");
    }

    @Test
    void aMatterThatALawyerAdvisesToPursueIsHeldUntilComplianceLiftsIt() {
        Map<String, String> advice = Map.of(
                "lawyerFirm", "Example Law Firm",
                "advisedOn", "2026-03-03",
                "adviceSummary", "Sue the carrier.");
        alternatives.recordAdvice(appeal, "task-0", "NO_CASE", advice, "compliance");
        assertThat(room.get(LegalHolds.class).isHeld(appeal)).isFalse();

        alternatives.recordAdvice(appeal, "task-1", "PURSUE", advice, "compliance");

        assertThat(room.get(LegalHolds.class).isHeld(appeal)).isTrue();
        assertThat(room.get(LegalHolds.class)
                        .lift(appeal, LegalHolds.Ground.LITIGATION, "Judgment of 3 March", "compliance"))
                .isTrue();
        assertThat(room.get(LegalHolds.class).isHeld(appeal)).isFalse();
    }

    @Test
    void everyDisclosureToALawyerIsLogged() {
        alternatives.prepareLegalFile(appeal);
        alternatives.recordAdvice(
                appeal,
                "task-1",
                "NO_CASE",
                Map.of(
                        "lawyerFirm", "Example Law Firm",
                        "advisedOn", "2026-03-03",
                        "adviceSummary", "The carrier was within its contract."),
                "compliance");

        assertThat(room.jdbc()
                        .sql("select recipient from disclosure order by id")
                        .query(String.class)
                        .list())
                .as("nothing left the house before")
                .containsExactly("Example Law Firm");
        assertThat(room.jdbc()
                        .sql("select outcome from legal_advice")
                        .query(String.class)
                        .single())
                .isEqualTo("NO_CASE");
    }

    @Test
    void legalFileIsTakenOnlyAfterItIsLoggedForWhomAndWhyAndMaskedUnlessThereIsAReason() throws IOException {
        LegalFiles files = room.get(LegalFiles.class);
        LegalFiles.Request masked =
                new LegalFiles.Request("Example Law Firm", "Opinion on the suspension", false, null);
        assertThatExceptionOfType(ConflictException.class)
                .as("no advice chosen")
                .isThrownBy(() -> files.take(appeal, masked, "compliance"));
        alternatives.prepareLegalFile(appeal);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> files.take(appeal, new LegalFiles.Request("", "why", true, ""), "compliance"))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly("firm", "reason", "wholeReason"));
        assertThat(room.get(DisclosureLog.class).of(appeal)).isEmpty();

        files.take(appeal, masked, "compliance");
        files.take(
                appeal,
                new LegalFiles.Request("Example Law Firm", "Opinion on the suspension", true, "The court asks for it"),
                "compliance");

        assertThat(room.get(DisclosureLog.class).of(appeal))
                .allSatisfy(entry -> assertThat(entry)
                        .returns("Example Law Firm", DisclosureLog.Entry::recipient)
                        .returns("Opinion on the suspension", DisclosureLog.Entry::purpose)
                        .returns("compliance", DisclosureLog.Entry::by))
                .extracting(DisclosureLog.Entry::items)
                .satisfiesExactly(
                        items -> assertThat(items).doesNotContain("ID number"),
                        items -> assertThat(items).contains("ID number", "The court asks for it"));
        assertThat(unzipped(false))
                .containsKeys("case.txt", "timeline.txt", "application-1/manifest.txt")
                .hasEntrySatisfying("case.txt", text -> assertThat(text).doesNotContain("110101199001010007"))
                .hasEntrySatisfying("left-out.txt", text -> assertThat(text).contains("id.png"));
        assertThat(unzipped(true))
                .doesNotContainKey("left-out.txt")
                .hasEntrySatisfying("case.txt", text -> assertThat(text).contains("110101199001010007", "13800000001"));
        room.get(AppealService.class).close(appeal, Outcome.NOT_RESTORABLE);
        assertThatExceptionOfType(ConflictException.class)
                .as("the case is over")
                .isThrownBy(() -> files.take(appeal, masked, "compliance"));
    }

    private Map<String, String> unzipped(boolean whole) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        room.get(LegalFiles.class).write(appeal, whole, out);
        Map<String, String> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void newCardReplacesTheOldOneAndThePersonKeepsTheRecord() {
        String old = room.account(appeal).id();
        room.get(AppealService.class).settleFault(appeal, Fault.EMPLOYEE);
        ReplacementCard card = cards.register(appeal, CARD, "liaison");
        assertThat(card)
                .returns("131****0001", ReplacementCard::mobileMask)
                .returns("898601**********0031", ReplacementCard::iccidMask);

        cards.activate(appeal);

        assertThat(room.get(Accounts.class).get(old)).returns(Account.Status.CLOSED, Account::status);
        assertThat(room.get(Accounts.class).ofEmployee("employee"))
                .singleElement()
                .returns("131****0001", Account::mobileMask)
                .returns(Carrier.CHINA_UNICOM, Account::carrier)
                .returns(true, Account::callingOpen);
        assertThat(room.get(AppealService.class).countRepeats("employee", 12, "AP-0"))
                .isEqualTo(1);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> cards.activate(appeal));
    }

    @Test
    void numbersAreSealedAndCanBeCorrectedUntilActivation() {
        cards.register(appeal, new ReplacementCards.Request("MVNO", "13100000009", "89860112345678900039"), "liaison");
        ReplacementCard card = cards.register(appeal, CARD, "liaison");

        assertThat(card.mobileMask()).isEqualTo("131****0001");
        assertThat(room.jdbc()
                        .sql("select mobile_sealed from replacement_card")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .doesNotContain("13100000001");
    }

    @Test
    void everyWrongFieldIsNamed() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> cards.register(appeal, new ReplacementCards.Request(null, "12345", "1"), "liaison"))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly("carrier", "mobile", "iccid"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> cards.register(
                        appeal, new ReplacementCards.Request("MVNO", "13800000001", "89860112345678900031"), "liaison"))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::reason)
                        .containsExactly("This number is on file already."));
    }

    @Test
    void noNewCardOutsideItsStageOrBesideAnotherCase() {
        String other = room.openAppeal("employee");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> cards.register(appeal, CARD, "liaison"));
        room.get(AppealService.class).enterStage(other, Stage.PROBATION);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> cards.register(appeal, CARD, "liaison"));

        room.get(AppealService.class).close(other, Outcome.REINSTATED);
        cards.register(appeal, CARD, "liaison");
        room.get(AppealService.class).close(appeal, Outcome.NOT_RESTORABLE);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> cards.activate(appeal));
    }

    @Test
    void noNewCardAfterAFraudCauseOfAnyCaseUnlessItWasUnfounded() {
        String earlier = room.openAppeal("employee");
        notice(earlier, "COMPLAINT,SUSPECTED_FRAUD");
        room.get(AppealService.class).close(earlier, Outcome.NOT_RESTORABLE);

        assertThat(cards.bar(appeal)).isEqualTo(CardBar.FRAUD_BEFORE);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> cards.register(appeal, CARD, "liaison"))
                .withMessageContaining("fraud");
        room.get(AppealService.class).overturn(earlier);
        assertThat(cards.bar(appeal)).isEqualTo(CardBar.NONE);
        notice(appeal, "SUSPECTED_FRAUD");
        assertThat(cards.bar(appeal)).as("in this case").isEqualTo(CardBar.FRAUD_BEFORE);
    }

    private void notice(String number, String causes) {
        room.jdbc()
                .sql("""
                        insert into notice (carrier, notice_id, digest, source, account_id, state, restriction_type, causes,
                            suspended_at, received_at, received_by, appeal_number)
                        values ('MVNO', :number, 'd', 'CARRIER', 'AC', 'SUSPENDED', 'FROZEN', :causes, :now, :now, 'x', :number)
                        """)
                .param("number", number)
                .param("causes", causes)
                .param("now", Instant.parse("2026-03-01T00:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void otherAppealAndProbationBarTheCard() {
        String other = room.openAppeal("employee");
        assertThat(cards.bar(appeal)).isEqualTo(CardBar.APPEAL_OPEN);
        room.get(AppealService.class).enterStage(other, Stage.PROBATION);
        assertThat(cards.bar(appeal)).isEqualTo(CardBar.ON_PROBATION);
    }

    @Test
    void noNewCardBeforeARetrainingThatWasBegunIsCertified() {
        long elsewhere = enrolled("RK-2026-000001");
        assertThat(cards.bar(appeal)).isEqualTo(CardBar.TRAINING_OPEN);
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> cards.register(appeal, CARD, "liaison"));
        certified(elsewhere);
        assertThat(cards.bar(appeal)).isEqualTo(CardBar.NONE);
        long renewal = enrolled("RN-2026-000001");
        room.jdbc()
                .sql("update enrolment set renews = :certificate where id = :id")
                .param("certificate", "CT-" + elsewhere)
                .param("id", renewal)
                .update();
        assertThat(cards.bar(appeal))
                .as("the certificate holds while it is renewed")
                .isEqualTo(CardBar.NONE);

        long here = enrolled(appeal);
        assertThat(cards.bar(appeal)).as("comes first anyway").isEqualTo(CardBar.NONE);
        cards.register(appeal, CARD, "liaison");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> cards.activate(appeal))
                .withMessageContaining("retraining");
        certified(here);
        cards.activate(appeal);
    }

    private long enrolled(String key) {
        room.jdbc()
                .sql("""
                        insert into enrolment (business_key, employee_id, courses, pass_mark, enrolled_at)
                        values (:key, 'employee', 'CONSENT', 80, :now)
                        """)
                .param("key", key)
                .param("now", Instant.parse("2026-03-01T00:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
        return room.jdbc()
                .sql("select max(id) from enrolment")
                .query(Long.class)
                .single();
    }

    private void certified(long enrolment) {
        room.jdbc()
                .sql("""
                        insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to)
                        values (:number, :enrolment, 'employee', 'CONSENT', :now, 'trainer', date '2027-03-01')
                        """)
                .param("number", "CT-" + enrolment)
                .param("enrolment", enrolment)
                .param("now", Instant.parse("2026-03-02T00:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void onlyALiaisonWhoIsNotTheApplicantRegistersCards() {
        ReplacementCardApi api = room.get(ReplacementCardApi.class);

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(
                        () -> api.register(appeal, CARD, new TestingAuthenticationToken("manager", "", "managers")));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(
                        () -> api.register(appeal, CARD, new TestingAuthenticationToken("employee", "", "liaisons")));
        TestingAuthenticationToken liaison = new TestingAuthenticationToken("liaison", "", "liaisons");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> api.show(appeal, liaison));
        api.register(appeal, CARD, liaison);
        assertThat(api.show(appeal, liaison)).returns("liaison", ReplacementCard::registeredBy);
    }
}
