package org.jiefeng.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.TimelineCheck.Fault;
import org.jiefeng.appeal.TimelineCheck.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever writes into the timelines' tables past the application is noticed, and the entry is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimelineChainTest {

    private static final AtomicInteger CASES = new AtomicInteger();

    private TestRoom room;
    private JdbcClient jdbc;
    private Timeline timeline;
    private TimelineCheck check;
    private TransactionTemplate transactions;

    TestRoom open() {
        return TestRoom.onH2(context -> {});
    }

    @BeforeAll
    void setUp() {
        room = open();
        jdbc = room.jdbc();
        timeline = room.get(Timeline.class);
        check = room.get(TimelineCheck.class);
        transactions = new TransactionTemplate(room.get(PlatformTransactionManager.class));
    }

    @AfterAll
    void tearDown() {
        room.close();
    }

    /** Five entries: with a detail, with none, with an empty one, in Chinese, and at a time with nanoseconds. */
    private String caseOfFive() {
        String number = "AP-2026-%06d".formatted(CASES.incrementAndGet());
        room.now(Instant.parse("2026-03-03T02:00:00Z"));
        timeline.record(number, "system", "REGISTERED", null);
        timeline.record(number, "liaison", "CARRIER_CONTACTED", "no news");
        timeline.record(number, "manager", "FAULT_FOUND", "");
        room.now(Instant.parse("2026-03-03T02:00:00.123456789Z"));
        timeline.record(number, "compliance", "APPLICATION_RETURNED", "材料不全：身份证");
        timeline.record(number, "system", "CLOSED_REINSTATED", null);
        return number;
    }

    private void alter(String number, String sql) {
        jdbc.sql(sql).param("n", number).update();
    }

    /** One way to write past the application, the statements for it, and what is found. */
    record Mutation(String name, List<String> sql, List<Finding> found) {

        static Mutation of(String name, String sql, Object... found) {
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < found.length; i += 2) {
                findings.add(new Finding("", (Integer) found[i], (Fault) found[i + 1]));
            }
            return new Mutation(name, List.of(sql.split(";")), findings);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Mutation row(String column, String set, Object... found) {
        return Mutation.of(
                "timeline." + column + " = " + set,
                "update timeline set %s = %s where appeal_number = :n and position = 3".formatted(column, set),
                found);
    }

    private static Mutation head(String column, String set, Object... found) {
        return Mutation.of(
                "timeline_chain." + column + " = " + set,
                "update timeline_chain set %s = %s where appeal_number = :n".formatted(column, set),
                found);
    }

    static Stream<Mutation> mutations() {
        String ones = "'" + "1".repeat(64) + "'";
        return Stream.of(
                row("appeal_number", "'X' || appeal_number", 3, Fault.MISSING),
                row("position", "7", 3, Fault.MISSING, 6, Fault.MISSING, 7, Fault.ALTERED, 7, Fault.ADDED),
                row("happened_at", "happened_at + interval '1' second", 3, Fault.ALTERED),
                row("actor", "'deputy'", 3, Fault.ALTERED),
                row("kind", "'FAULT_REVIEWED'", 3, Fault.ALTERED),
                row("detail", "'own fault'", 3, Fault.ALTERED),
                row("detail", "null", 3, Fault.ALTERED),
                row("previous_hash", ones, 3, Fault.ALTERED, 3, Fault.UNLINKED),
                row("hash", ones, 3, Fault.ALTERED, 4, Fault.UNLINKED),
                row("seal", "'1:0000'", 3, Fault.FORGED),
                head("appeal_number", "'Y' || appeal_number", 5, Fault.HEAD),
                head("entries", "4", 5, Fault.ADDED, 4, Fault.HEAD),
                head("entries", "6", 6, Fault.MISSING, 6, Fault.HEAD),
                head("hash", ones, 5, Fault.HEAD),
                head("chained_entries", "5", 5, Fault.HEAD),
                head("chained_at", "current_timestamp", 5, Fault.HEAD),
                head("seal", "'1:0000'", 5, Fault.HEAD),
                Mutation.of(
                        "first deleted",
                        "delete from timeline where appeal_number = :n and position = 1",
                        1,
                        Fault.MISSING),
                Mutation.of(
                        "middle deleted",
                        "delete from timeline where appeal_number = :n and position in (2, 3)",
                        2,
                        Fault.MISSING,
                        3,
                        Fault.MISSING),
                Mutation.of(
                        "last deleted",
                        "delete from timeline where appeal_number = :n and position = 5",
                        5,
                        Fault.MISSING),
                Mutation.of(
                        "last deleted, and the head made to fit",
                        "delete from timeline where appeal_number = :n and position = 5;"
                                + "update timeline_chain set entries = 4, hash = (select hash from timeline"
                                + " where appeal_number = :n and position = 4) where appeal_number = :n",
                        4,
                        Fault.HEAD),
                Mutation.of(
                        "all deleted but the head",
                        "delete from timeline where appeal_number = :n",
                        1,
                        Fault.MISSING,
                        2,
                        Fault.MISSING,
                        3,
                        Fault.MISSING,
                        4,
                        Fault.MISSING,
                        5,
                        Fault.MISSING),
                Mutation.of("head deleted", "delete from timeline_chain where appeal_number = :n", 5, Fault.HEAD),
                Mutation.of(
                        "one added behind",
                        "insert into timeline select appeal_number, happened_at, actor, kind, detail, 6, hash, " + ones
                                + ", seal from timeline where appeal_number = :n and position = 5",
                        6,
                        Fault.ALTERED,
                        6,
                        Fault.ADDED),
                Mutation.of(
                        "two swapped",
                        "update timeline set position = 99 where appeal_number = :n and position = 2;"
                                + "update timeline set position = 2 where appeal_number = :n and position = 4;"
                                + "update timeline set position = 4 where appeal_number = :n and position = 99",
                        2,
                        Fault.ALTERED,
                        2,
                        Fault.UNLINKED,
                        3,
                        Fault.UNLINKED,
                        4,
                        Fault.ALTERED,
                        4,
                        Fault.UNLINKED,
                        5,
                        Fault.UNLINKED));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void whatIsWrittenPastTheApplicationIsNamed(Mutation mutation) {
        String number = caseOfFive();
        String other = caseOfFive();
        assertThat(check.check(number).findings()).isEmpty();

        mutation.sql().forEach(sql -> alter(number, sql));

        assertThat(check.check(number).findings())
                .extracting(Finding::entry, Finding::fault)
                .containsExactlyInAnyOrderElementsOf(mutation.found().stream()
                        .map(finding -> tuple(finding.entry(), finding.fault()))
                        .toList());
        List<Finding> all = new ArrayList<>();
        check.checkAll(all::add);
        assertThat(all)
                .filteredOn(finding -> finding.appealNumber().equals(number))
                .hasSameSizeAs(mutation.found());
        assertThat(all).extracting(Finding::appealNumber).doesNotContain(other);
    }

    /** A column that nobody thought of here would be one that anybody may alter. */
    @Test
    void everyColumnIsTried() {
        Set<String> tried = new TreeSet<>();
        mutations()
                .map(Mutation::name)
                .filter(name -> name.startsWith("timeline"))
                .forEach(name -> tried.add(name.substring(0, name.indexOf(' '))));

        assertThat(jdbc.sql("""
                        select lower(table_name || '.' || column_name) from information_schema.columns
                        where lower(table_name) in ('timeline', 'timeline_chain')
                        """).query(String.class).list()).hasSize(15).containsExactlyInAnyOrderElementsOf(tried);
    }

    /** All that somebody can do who knows how it works but has the database alone. */
    @Test
    void aChainComputedAnewLacksOurSeal() throws Exception {
        String number = caseOfFive();
        List<TimelineChain.Link> links = check.check(number).links();
        String previous = links.get(1).hash();
        for (TimelineChain.Link link : links.subList(2, 5)) {
            var forged = new TimelineChain.Link(
                    number,
                    link.position(),
                    link.happenedAt(),
                    "somebody",
                    link.kind(),
                    link.detail(),
                    previous,
                    "",
                    "");
            previous = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(forged.canonical().getBytes(StandardCharsets.UTF_8)));
            jdbc.sql("""
                            update timeline set actor = 'somebody', previous_hash = :previous, hash = :hash
                            where appeal_number = :n and position = :position
                            """)
                    .param("previous", forged.previousHash())
                    .param("hash", previous)
                    .param("n", number)
                    .param("position", link.position())
                    .update();
        }
        jdbc.sql("update timeline_chain set hash = :hash where appeal_number = :n")
                .param("hash", previous)
                .param("n", number)
                .update();

        assertThat(check.check(number).findings())
                .extracting(Finding::entry, Finding::fault)
                .containsExactly(
                        tuple(3L, Fault.FORGED),
                        tuple(4L, Fault.FORGED),
                        tuple(5L, Fault.FORGED),
                        tuple(5L, Fault.HEAD));
    }

    @Test
    void goingOnDoesNotMakeAnAlteredChainGoodAgain() {
        String number = caseOfFive();
        alter(number, "delete from timeline where appeal_number = :n and position = 5");
        alter(number, """
                update timeline_chain set entries = 4, hash = (select hash from timeline
                    where appeal_number = :n and position = 4) where appeal_number = :n
                """);

        timeline.record(number, "system", "STAGE_PROBATION", null);

        assertThat(timeline.entries(number))
                .extracting(Timeline.Entry::kind)
                .endsWith("APPLICATION_RETURNED", "CHAIN_BROKEN", "STAGE_PROBATION");
        assertThat(check.check(number).findings()).containsExactly(new Finding(number, 5, Fault.CONTINUED));
    }

    @Test
    void aCaseThatIsDeletedAsAWholeBreaksNoOther() {
        String number = caseOfFive();
        caseOfFive();
        Count before = countAndFind(number);
        alter(number, "delete from timeline where appeal_number = :n");
        alter(number, "delete from timeline_chain where appeal_number = :n");

        Count after = countAndFind(number);

        assertThat(after.cases).isEqualTo(before.cases - 1);
        assertThat(after.found).isEmpty();
    }

    private record Count(long cases, List<Finding> found) {}

    private Count countAndFind(String number) {
        List<Finding> found = new ArrayList<>();
        long cases = check.checkAll(found::add).cases();
        return new Count(
                cases,
                found.stream()
                        .filter(finding -> finding.appealNumber().equals(number))
                        .toList());
    }

    @Test
    void aCaseWithoutAnyTimelineIsFound() {
        String number = room.openAppeal("employee-" + CASES.incrementAndGet());
        assertThat(countAndFind(number).found).isEmpty();
        alter(number, "delete from timeline where appeal_number = :n");
        alter(number, "delete from timeline_chain where appeal_number = :n");

        assertThat(countAndFind(number).found).containsExactly(new Finding(number, 0, Fault.HEAD));
    }

    @Test
    void whatIsRolledBackLeavesNothingAndOwnEntriesAreSeenBefore() {
        String number = caseOfFive();
        transactions.executeWithoutResult(status -> {
            timeline.record(number, "system", "STAGE_PROBATION", null);
            assertThat(timeline.entries(number))
                    .extracting(Timeline.Entry::kind)
                    .endsWith("CLOSED_REINSTATED", "STAGE_PROBATION");
            status.setRollbackOnly();
        });

        assertThat(timeline.entries(number)).hasSize(5);
        assertThat(check.check(number).findings()).isEmpty();
    }

    /** Two transactions that see the same last entry would both follow it. */
    @Test
    void manyWritersAtOnceMakeOneChain() throws Exception {
        String number = "AP-2026-%06d".formatted(CASES.incrementAndGet());
        int writers = 8;
        int each = 15;
        CyclicBarrier together = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> work = IntStream.range(0, writers)
                    .<Callable<Void>>mapToObj(writer -> () -> {
                        for (int i = 0; i < each; i++) {
                            String detail = writer + "/" + i;
                            together.await();
                            transactions.executeWithoutResult(status -> {
                                timeline.record(number, "writer" + writer, "STAGE_COLLECTING", detail);
                                timeline.record(number, "writer" + writer, "STAGE_RELEASED", detail);
                            });
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        TimelineCheck.Result result = check.check(number);
        assertThat(result.findings()).isEmpty();
        assertThat(result.links()).hasSize(writers * each * 2);
    }
}
