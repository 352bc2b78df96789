package org.jiefeng.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DailyCaps;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.FaultRecord;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.appeal.WaitingSteps;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

/** What the people of a case see of it (R39). */
class AppealProgressTest {

    private static final Instant MONDAY = Instant.parse("2026-03-09T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-10T10:00:00Z");

    private static final List<WaitingSteps.Step> STEPS = new ArrayList<>();
    private static final Map<String, DailyCaps.DailyCap> CAPS = new HashMap<>();
    private static TestRoom room;

    private String number = "";

    @BeforeAll
    static void open() {
        room = TestRoom.onH2(context -> {
            context.registerBean(WaitingSteps.class, () -> appeal -> List.copyOf(STEPS));
            context.registerBean(WorkingCalendar.class, () -> WorkingCalendar.asDelivered());
            context.registerBean(ReceiptFiles.class, () -> mock(ReceiptFiles.class));
            context.registerBean(FaultRecord.class, () -> appeal -> Optional.empty());
            context.registerBean(DailyCaps.class, () -> appeal -> Optional.ofNullable(CAPS.get(appeal)));
            context.register(DueDates.class, AppealProgress.class);
        });
    }

    @AfterAll
    static void close() {
        room.close();
    }

    @BeforeEach
    void openAppeal() {
        STEPS.clear();
        number = room.openAppeal("employee");
    }

    private static Authentication person(String id, String... groups) {
        return new TestingAuthenticationToken(id, "", groups);
    }

    private static WaitingSteps.Step step(
            WaitingSteps.Kind kind, String name, @Nullable String assignee, String... groups) {
        return new WaitingSteps.Step(
                kind, name, kind == WaitingSteps.Kind.ANSWER ? null : MONDAY, assignee, Set.of(groups));
    }

    private List<String> next(Authentication reader) {
        return room.get(AppealProgress.class).of(number, reader).next().stream()
                .map(next -> next.what() + " | " + next.who() + " | " + next.by())
                .toList();
    }

    @Test
    void employeeSeesWhatHappensNextByWhenAndWhoHasIt() {
        STEPS.add(step(WaitingSteps.Kind.TASK, "Provide supplement", "employee"));
        STEPS.add(step(WaitingSteps.Kind.TASK, "Contact carrier", "liaison", "liaisons"));
        STEPS.add(step(WaitingSteps.Kind.TASK, "Confirm next step", "manager"));
        STEPS.add(step(WaitingSteps.Kind.DATE, "Next follow-up due", null));
        STEPS.add(step(WaitingSteps.Kind.ANSWER, "Await carrier decision", null));
        room.get(DueDates.class).set(number, DueDates.Kind.REVIEW, TUESDAY, DueDates.Reason.SUBMITTED, "system");

        assertThat(next(person("employee")))
                .containsExactly(
                        "Provide supplement | You | 2026-03-09 18:00",
                        "Contact carrier | Carrier contacts | 2026-03-09 18:00",
                        "Confirm next step | The manager | 2026-03-09 18:00",
                        "Next follow-up due | Carrier contacts | 2026-03-09 18:00",
                        "Await carrier decision | The carrier | 2026-03-10 18:00");
        assertThat(next(person("compliance", "compliance")))
                .contains("Provide supplement | The employee | 2026-03-09 18:00");
        assertThat(room.get(AppealProgress.class).all(person("employee")))
                .filteredOn(summary -> summary.number().equals(number))
                .singleElement()
                .satisfies(summary -> assertThat(summary.next()).hasSize(5));
    }

    @Test
    void earlierDatesStandBesideTheOneThatCounts() {
        DueDates dates = room.get(DueDates.class);
        dates.set(number, DueDates.Kind.SUPPLEMENT, MONDAY, DueDates.Reason.ASKED, "system");
        dates.set(number, DueDates.Kind.SUPPLEMENT, TUESDAY, DueDates.Reason.EXTENDED, "liaison");

        assertThat(room.get(AppealProgress.class).of(number, person("employee")).dates())
                .containsExactly(
                        new AppealProgress.Date("Supplement", "2026-03-09 18:00", "asked for by the carrier", false),
                        new AppealProgress.Date("Supplement", "2026-03-10 18:00", "more time granted", true));
    }

    @Test
    void managerAndEmployeeSeeHowTheCallsADayRoseAndFell() {
        CAPS.put(
                number,
                new DailyCaps.DailyCap(
                        50L,
                        "stepped release",
                        50L,
                        List.of(
                                new DailyCaps.Change(TUESDAY, 80L, 50, "a complaint was received"),
                                new DailyCaps.Change(MONDAY, 50L, 80, "7 clean days"))));

        assertThat(room.get(AppealProgress.class).of(number, person("employee")).cap())
                .isEqualTo(new AppealProgress.Cap(
                        50L,
                        "stepped release",
                        50L,
                        List.of(
                                new AppealProgress.CapChange(
                                        "2026-03-10 18:00", 80L, 50, false, "a complaint was received"),
                                new AppealProgress.CapChange("2026-03-09 18:00", 50L, 80, true, "7 clean days"))));
    }

    /** Notes name people at the carrier. */
    @Test
    void contactsAreShownWithoutTheirNotes() {
        room.get(CaseSheet.class).write(number, "contactsText", "- 2026-03-03, Hotline: No news. Ms Wang, ext. 12");
        room.get(CaseSheet.class).write(number, "contactsShown", "- 2026-03-03, Hotline: No news.");

        AppealProgress.Progress progress = room.get(AppealProgress.class).of(number, person("employee"));

        assertThat(progress.contacts()).containsExactly("2026-03-03, Hotline: No news.");
        assertThat(progress.toString()).doesNotContain("Wang");
    }

    @Test
    void theCarriersReasonsAreShownWithWhatToDoAndTheLastDayWhileThereIsOne() {
        CaseSheet sheet = room.get(CaseSheet.class);
        sheet.write(number, "rejectionAdvice", "- Recordings edited: Bring them whole.\n- Other reason: Ask.");
        sheet.write(number, "resubmitLastDay", "2026-04-02");

        assertThat(room.get(AppealProgress.class).of(number, person("employee")))
                .returns(
                        List.of("Recordings edited: Bring them whole.", "Other reason: Ask."),
                        AppealProgress.Progress::rejection)
                .returns("2026-04-02", AppealProgress.Progress::resubmitLastDay);

        sheet.write(number, "resubmitLastDay", "");
        assertThat(room.get(AppealProgress.class).of(number, person("employee")))
                .returns(null, AppealProgress.Progress::resubmitLastDay);
    }

    @Test
    void whoHasTheManagersTaskInTheManagersPlaceSeesTheCaseAndWhoClaimedAGroupsDoesNot() {
        STEPS.add(step(WaitingSteps.Kind.TASK, "Judge report", "elsewhere"));
        STEPS.add(step(WaitingSteps.Kind.TASK, "Hold drill", "trainer", "trainers"));

        assertThat(next(person("elsewhere", "managers"))).anyMatch(line -> line.startsWith("Judge report | You"));
        assertThatThrownBy(() -> next(person("trainer", "trainers"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void nobodyElseSeesTheCase() {
        AppealProgress progress = room.get(AppealProgress.class);

        assertThatThrownBy(() -> progress.of(number, person("employee2", "employees")))
                .isInstanceOf(NotFoundException.class);
        assertThat(progress.all(person("employee2", "employees"))).isEmpty();
        assertThat(progress.isOnlyOwn(person("employee"))).isTrue();
        assertThat(progress.isOnlyOwn(person("manager"))).isFalse();
    }

    @Test
    void aYearWhoseHolidaysAreNotKnownIsNamedOnceWhenSomethingIsDueInIt() {
        for (String due : List.of(
                "2026-12-31T10:00:00Z", "2026-12-31T17:00:00Z", "2027-01-04T10:00:00Z", "9999-01-01T00:00:00Z")) {
            STEPS.add(new WaitingSteps.Step(WaitingSteps.Kind.TASK, "Judge", Instant.parse(due), null, Set.of()));
        }

        assertThat(room.get(AppealProgress.class).of(number, person("employee")).unknownYears())
                .containsExactly(2027);

        STEPS.subList(1, STEPS.size()).clear();
        assertThat(room.get(AppealProgress.class).of(number, person("employee")).unknownYears())
                .isEmpty();
    }
}
