package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.camunda.bpm.engine.RepositoryService;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

abstract class CaseSearchContract {

    private TestRoom room;
    private CaseSearch search;
    private String running = "";
    private String ended = "";

    abstract TestRoom room(Consumer<AnnotationConfigApplicationContext> beans);

    @BeforeEach
    void cases() {
        room = room(context -> context.register(CaseSearch.class));
        search = room.get(CaseSearch.class);
        ended = room.openAppeal("employee");
        room.get(AppealService.class).close(ended, Outcome.REINSTATED);
        running = room.openAppeal("employee2");
        notice(1, ended, "COMPLAINT,OUT_OF_HOURS", false);
        notice(2, running, "COMPLAINT", false);
    }

    private void notice(int id, String number, String causes, boolean attached) {
        room.jdbc()
                .sql("""
                        insert into notice (carrier, notice_id, digest, source, account_id, state, restriction_type, causes,
                            suspended_at, received_at, received_by, appeal_number, attached)
                        values ('CHINA_MOBILE', :id, 'x', 'CARRIER', 'x', 'SUSPENDED', 'LOCKED', :causes,
                            current_timestamp, current_timestamp, 'system', :number, :attached)
                        """)
                .param("id", String.valueOf(id))
                .param("causes", causes)
                .param("number", number)
                .param("attached", attached)
                .update();
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static CaseSearch.Wanted wanted(
            @Nullable String number, @Nullable String person, @Nullable String cause, CaseSearch.State state) {
        return new CaseSearch.Wanted(number, person, null, cause, null, null, null, null, null, null, state);
    }

    private List<String> numbers(CaseSearch.Wanted wanted) {
        CaseSearch.Page page = search.page(wanted, CaseSearch.Order.NUMBER, true, 0, 25);
        assertThat(page.total()).isEqualTo(page.cases().size());
        return page.cases().stream().map(CaseSearch.Found::number).toList();
    }

    @Test
    void numberIsFoundWholeByItsBeginningAndByItsCounterAlone() {
        for (String asked : List.of(
                running, running.toLowerCase(Locale.ROOT), String.valueOf(Long.parseLong(running.substring(8))))) {
            assertThat(numbers(wanted(asked, null, null, CaseSearch.State.ALL))).containsExactly(running);
        }
        assertThat(numbers(wanted(running.substring(0, 9), null, null, CaseSearch.State.ALL)))
                .containsExactly(ended, running);
        assertThat(numbers(wanted("%", null, null, CaseSearch.State.ALL))).isEmpty();
    }

    @Test
    void personIsFoundByUserIdAndByPartOfTheName() {
        room.jdbc()
                .sql("update employee set name = 'Qin Sou 秦搜' where user_id = 'employee2'")
                .update();

        for (String asked : List.of("employee2", "qin", "秦")) {
            assertThat(numbers(wanted(null, asked, null, CaseSearch.State.ALL))).containsExactly(running);
        }
        assertThat(numbers(wanted(null, "_", null, CaseSearch.State.ALL))).isEmpty();
    }

    @Test
    void causeOutcomeCarrierStateAndDaysNarrowTheSearch() {
        assertThat(numbers(wanted(null, null, "OUT_OF_HOURS", CaseSearch.State.ALL)))
                .containsExactly(ended);
        assertThat(numbers(wanted(null, null, "COMPLAINT", CaseSearch.State.ALL)))
                .containsExactly(ended, running);
        assertThat(numbers(wanted(null, null, null, CaseSearch.State.RUNNING))).containsExactly(running);
        assertThat(numbers(wanted(null, null, null, CaseSearch.State.ENDED))).containsExactly(ended);
        LocalDate day = search.page(
                        wanted(ended, null, null, CaseSearch.State.ALL), CaseSearch.Order.OPENED, false, 0, 1)
                .cases()
                .get(0)
                .openedAt()
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toLocalDate();
        assertThat(numbers(between(day, day, Outcome.REINSTATED, Carrier.CHINA_MOBILE)))
                .containsExactly(ended);
        assertThat(numbers(between(day, day, Outcome.WITHDRAWN, null))).isEmpty();
        assertThat(numbers(between(day, day, null, Carrier.MVNO))).isEmpty();
        assertThat(numbers(between(day.plusDays(1), null, null, null))).isEmpty();
        assertThat(numbers(between(null, day.minusDays(1), null, null))).isEmpty();
    }

    private static CaseSearch.Wanted between(
            @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Outcome outcome, @Nullable Carrier carrier) {
        return new CaseSearch.Wanted(
                null, null, carrier, null, from, to, null, null, outcome, null, CaseSearch.State.ALL);
    }

    @Test
    void pagesDoNotOverlapAndTheTotalCountsAllOfThem() {
        List<String> seen = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            CaseSearch.Page found = search.page(
                    wanted(null, null, null, CaseSearch.State.ALL), CaseSearch.Order.OPENED, false, page, 1);
            assertThat(found.total()).isEqualTo(2);
            found.cases().forEach(one -> seen.add(one.number()));
        }

        assertThat(seen).containsExactly(running, ended);
    }

    @Test
    void everyCaseIsHandedOutOnceForTheTable() {
        List<String> seen = new ArrayList<>();
        search.forEach(wanted(null, null, null, CaseSearch.State.ALL), one -> seen.add(one.number()));

        assertThat(seen).containsExactly(running, ended);
    }

    @Test
    void outcomesAreCountedUnderEachCauseAndLaterNoticesDoNotCountTwice() {
        notice(3, ended, "COMPLAINT", true);
        CaseFigures statistics = new CaseFigures(room.jdbc(), Mockito.mock(RepositoryService.class));
        LocalDate today = LocalDate.of(2000, 1, 1);

        assertThat(statistics.outcomes(today, today.plusYears(100)))
                .extracting(
                        CaseFigures.OutcomeFigures::cause,
                        CaseFigures.OutcomeFigures::outcome,
                        CaseFigures.OutcomeFigures::count)
                .containsExactly(tuple("COMPLAINT", "REINSTATED", 1L), tuple("OUT_OF_HOURS", "REINSTATED", 1L));
        assertThat(statistics.outcomes(today, today)).isEmpty();
    }

    @Test
    void stepsAreMeasuredByMedianAndNinetiethPercentWithoutWhatWasCancelled() {
        room.jdbc()
                .sql("create table act_re_procdef (id_ varchar(64), key_ varchar(255))")
                .update();
        room.jdbc().sql("""
                create table act_hi_actinst (act_id_ varchar(255), act_name_ varchar(255), act_type_ varchar(255),
                    proc_def_id_ varchar(64), start_time_ timestamp, end_time_ timestamp, duration_ bigint,
                    act_inst_state_ integer)
                """).update();
        room.jdbc()
                .sql("insert into act_re_procdef values ('p:1', 'p'), ('q:1', 'q')")
                .update();
        for (int i = 1; i <= 11; i++) {
            activity("p:1", i * 1000L, 4);
        }
        activity("p:1", 99_000L, 2);
        activity("p:1", null, 0);
        activity("q:1", 99_000L, 4);

        LocalDate day = LocalDate.of(2026, 3, 2);
        assertThat(new CaseFigures(room.jdbc(), Mockito.mock(RepositoryService.class)).steps("p", day, day))
                .containsExactly(new CaseFigures.StepFigures("Task", "Task", "userTask", 13, 1, 6000L, 10_000L));
    }

    private void activity(String definition, @Nullable Long millis, int state) {
        Timestamp noon = Timestamp.from(Instant.parse("2026-03-02T04:00:00Z"));
        room.jdbc()
                .sql("insert into act_hi_actinst values ('Task', 'Task', 'userTask', ?, ?, ?, ?, ?)")
                .params(definition, noon, millis == null ? null : noon, millis, state)
                .update();
    }
}
