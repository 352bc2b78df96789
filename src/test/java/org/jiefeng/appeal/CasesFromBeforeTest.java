package org.jiefeng.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jiefeng.app.Postgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What was written before findings and the conduct record were kept means afterwards what it meant before. */
class CasesFromBeforeTest {

    static Stream<DataSource> databases() {
        return Stream.of(
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""),
                new DriverManagerDataSource(Postgres.freshDatabase(), "postgres", ""));
    }

    private static void migrate(DataSource database, String target) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void suspensionsGoOnCountingAndWarningsStay(DataSource database) {
        migrate(database, "89");
        JdbcClient jdbc = JdbcClient.create(database);
        for (String row : new String[] {
            "'AP-1', 'A-1', true, false, null",
            "'AP-2', 'A-2', false, false, null",
            "'AP-3', 'A-3', true, true, 'LIFTED'"
        }) {
            jdbc.sql(
                            "insert into appeal (number, account_id, counts_as_repeat, overturned, outcome, employee_id, stage,"
                                    + " opened_at) values (" + row + ", 'employee', 'REGISTERED', current_timestamp)")
                    .update();
        }
        jdbc.sql("insert into risk_case (number, employee_id, violation, opened_at)"
                        + " values ('RK-1', 'employee', 'OUT_OF_HOURS', current_timestamp)")
                .update();
        jdbc.sql("insert into conduct_warning (employee_id, risk_case, violation, warned_at, warning)"
                        + " values ('employee', 'RK-1', 'OUT_OF_HOURS', current_timestamp, 'Called too late')")
                .update();

        migrate(database, "100");

        assertThat(jdbc.sql("select number, appeal.fault, settled_by from appeal left join fault_finding"
                                + " on appeal_number = number order by number")
                        .query((row, n) -> tuple(row.getString(1), row.getString(2), row.getString(3)))
                        .list())
                .containsExactly(
                        tuple("AP-1", "EMPLOYEE", "MIGRATION"),
                        tuple("AP-2", null, null),
                        tuple("AP-3", "EMPLOYEE", "MIGRATION"));
        assertThat(jdbc.sql("select appeal_number, kind, note, violation from conduct_note")
                        .query((row, n) ->
                                tuple(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        .list())
                .containsExactly(tuple("RK-1", "WARNING", "Called too late", "OUT_OF_HOURS"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void timelinesAreChainedAsTheyStood(DataSource database) {
        migrate(database, "100");
        JdbcClient jdbc = JdbcClient.create(database);
        for (String entry :
                new String[] {"'AP-1', 'REGISTERED', null", "'AP-2', 'REGISTERED', ''", "'AP-1', 'CLOSED_LIFTED', 'x'"
                }) {
            jdbc.sql("insert into timeline (appeal_number, kind, detail, actor, happened_at) values (" + entry
                            + ", 'system', current_timestamp)")
                    .update();
        }
        TimelineChain chain = new TimelineChain(new TimelineProperties("1", "t".repeat(32), Map.of()));
        Clock clock = Clock.fixed(Instant.parse("2026-12-01T02:00:00Z"), ZoneOffset.UTC);

        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .javaMigrations(new ChainTimelines(chain, clock))
                .load()
                .migrate();

        var transactions = new DataSourceTransactionManager(database);
        TimelineCheck check = new TimelineCheck(database, chain, transactions);
        List<TimelineCheck.Finding> found = new ArrayList<>();
        assertThat(check.checkAll(found::add))
                .isEqualTo(new TimelineCheck.Count(2, 3, 3, Instant.parse("2026-12-01T02:00:00Z")));
        assertThat(found).isEmpty();
        assertThat(new Timeline(jdbc, clock, chain, transactions).entries("AP-1"))
                .extracting(Timeline.Entry::kind)
                .containsExactly("REGISTERED", "CLOSED_LIFTED");
    }
}
