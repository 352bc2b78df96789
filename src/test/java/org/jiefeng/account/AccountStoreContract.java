package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jiefeng.account.Account.Status;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the account room promises, on every database it runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccountStoreContract {

    private static final String ICCID = "89860012345678901230";

    /** 24 November 2026, half past midnight in Shanghai: still the 23rd in UTC. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T16:30:00Z"), ZoneId.of("UTC"));

    private JdbcClient jdbc;
    private Absences absences;
    private Employees employees;
    private Accounts accounts;

    private String head = "";
    private String deputy = "";
    private String caller = "";
    private String department = "";

    abstract DataSource dataSource();

    @BeforeAll
    void open() {
        DataSource dataSource = dataSource();
        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbc = JdbcClient.create(dataSource);
        absences = new Absences(jdbc, CLOCK);
        employees = new Employees(jdbc, VaultTest.vault(), absences);
        accounts = new Accounts(jdbc, VaultTest.vault(), CLOCK);
    }

    @BeforeEach
    void aDepartment() {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        department = "d-" + tag;
        head = "head-" + tag;
        deputy = "deputy-" + tag;
        caller = "caller-" + tag;
        employees.addDepartment(department, "Telesales", head, deputy);
        employees.add(head, "Zhang Min", department, "310115198512310002");
        employees.add(deputy, "Chen Lei", department, "440305199602290000");
        employees.add(caller, "Li Na", department, "110101199001010007");
    }

    @Test
    void theDepartmentHeadJudges() {
        assertThat(employees.responsibleManager(caller)).isEqualTo(head);
    }

    private Absence away(String who, String deputyOfWho, LocalDate from, @Nullable LocalDate to) {
        return absences.add(who, deputyOfWho, from, to, null, who);
    }

    @Test
    void theDeputyIsThereWhileTheHeadIsAwayByTheCalendarOfShanghai() {
        long today = away(head, deputy, LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24))
                .id();
        assertThat(absences.present(head)).contains(deputy);
        assertThat(employees.presentFor(head, caller)).contains(deputy);
        assertThat(employees.responsibleManager(caller)).isEqualTo(head);
        absences.end(today, head);
        assertThat(absences.present(head)).contains(head);

        long open = away(head, deputy, LocalDate.of(2026, 11, 24), null).id();
        assertThat(absences.present(head)).contains(deputy);
        absences.end(open, head);

        away(head, deputy, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 23));
        away(head, deputy, LocalDate.of(2026, 11, 25), null);
        assertThat(absences.current(head)).isEmpty();
        assertThat(absences.begun()).noneMatch(absence -> absence.userId().equals(head));
    }

    @Test
    void aDeputyWhoIsAwayTooIsRepresentedInTurnAndNobodyIsAskedForever() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        away(head, deputy, today, today);
        away(deputy, caller, today, null);
        assertThat(absences.present(head)).contains(caller);
        assertThat(absences.representedBy(caller)).containsExactlyInAnyOrder(head, deputy);

        away(caller, head, today, null);
        assertThat(absences.present(head)).isEmpty();
        assertThat(absences.representedBy(caller)).isEmpty();
    }

    @Test
    void theApplicantNeverStandsInForWhoJudges() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        away(head, caller, today, today);

        assertThat(employees.presentFor(head, caller)).contains(deputy);
        assertThat(employees.presentFor(head, deputy)).contains(caller);

        away(deputy, head, today, null);
        assertThat(employees.presentFor(head, caller)).isEmpty();
    }

    @Test
    void whoStandsInForAHeadLeadsTheHeadsPeopleForThatTime() {
        String elsewhere = "elsewhere-" + department;
        employees.addDepartment("other-" + department, "Other", elsewhere, elsewhere);
        assertThat(employees.ledBy(elsewhere)).isEmpty();

        long absence = away(head, elsewhere, LocalDate.of(2026, 11, 24), null).id();
        assertThat(employees.ledBy(elsewhere)).contains(caller).isEqualTo(employees.ledBy(head));

        absences.end(absence, head);
        assertThat(employees.ledBy(elsewhere)).isEmpty();
        assertThat(employees.team(head)).containsExactlyInAnyOrder(caller, deputy);
    }

    @Test
    void theSameAbsenceSentTwiceIsOne() {
        away(head, deputy, LocalDate.of(2026, 12, 1), null);

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> away(head, deputy, LocalDate.of(2026, 12, 1), null));
        assertThat(absences.of(List.of(head))).hasSize(1);
        absences.of(List.of(head)).forEach(absence -> absences.end(absence.id(), head));
        away(head, deputy, LocalDate.of(2026, 12, 1), null);
    }

    @Test
    void openTasksAreHandedOverOnce() {
        Absence absence = away(head, deputy, LocalDate.of(2026, 11, 23), null);
        assertThat(absences.begun()).contains(absence);

        assertThat(absences.handedOver(absence.id())).isTrue();
        assertThat(absences.handedOver(absence.id())).isFalse();
        assertThat(absences.begun()).noneMatch(other -> other.id() == absence.id());
    }

    @Test
    void absencesFromBeforeThereWereDeputiesGoOnWithTheOtherLeader() {
        DataSource before = dataSource();
        Flyway.configure().dataSource(before).target("82").load().migrate();
        JdbcClient old = JdbcClient.create(before);
        for (String department : List.of("sales", "heads")) {
            old.sql("insert into department (id, name, head_id, deputy_id) values (:id, 'x', :head, 'dep')")
                    .param("id", department)
                    .param("head", department.equals("sales") ? "head" : "boss")
                    .update();
        }
        for (List<String> row : List.of(
                List.of("head", "heads", "2026-11-20"),
                List.of("caller", "sales", "2026-11-23"),
                List.of("other", "sales", ""))) {
            old.sql("""
                            insert into employee (user_id, name, department_id, id_number_sealed, id_number_mask, absent_from)
                            values (:id, 'x', :department, 'x', 'x', cast(:from as date))
                            """)
                    .param("id", row.get(0))
                    .param("department", row.get(1))
                    .param("from", row.get(2).isEmpty() ? null : row.get(2), Types.VARCHAR)
                    .update();
        }

        Flyway.configure().dataSource(before).load().migrate();

        Absences kept = new Absences(old, CLOCK);
        assertThat(kept.begun())
                .extracting(Absence::userId, Absence::deputyId, Absence::firstDay, Absence::lastDay)
                .containsExactlyInAnyOrder(
                        tuple("head", "dep", LocalDate.of(2026, 11, 20), null),
                        tuple("caller", "head", LocalDate.of(2026, 11, 23), null));
    }

    @Test
    void nobodyJudgesHisOwnCase() {
        assertThat(employees.responsibleManager(head)).isEqualTo(deputy);
        assertThat(employees.responsibleManager(deputy)).isEqualTo(head);
    }

    @Test
    void aDepartmentOfOneLeaderNeverMakesHimHisOwnJudge() {
        String alone = "alone-" + department;
        employees.addDepartment("one-" + department, "One", alone, alone);
        employees.add(alone, "Alone", "one-" + department, "110101199001010007");

        assertThatIllegalStateException().isThrownBy(() -> employees.responsibleManager(alone));
        assertThat(employees.standIn(alone, "somebody")).isEmpty();
    }

    @Test
    void theStandInIsTheOtherOfHeadAndDeputyAndNeverTheApplicant() {
        assertThat(employees.standIn(caller, head)).contains(deputy);
        assertThat(employees.standIn(caller, deputy)).contains(head);
        assertThat(employees.standIn(deputy, head)).isEmpty();

        away(deputy, caller, LocalDate.of(2026, 11, 24), null);
        assertThat(employees.standIn(caller, head)).isEmpty();
    }

    @Test
    void headAndDeputyLeadTheSamePeople() {
        assertThat(employees.ledBy(head)).contains(caller).isEqualTo(employees.ledBy(deputy));
        assertThat(employees.ledBy(caller)).isEmpty();
    }

    @Test
    void anIdNumberIsComparedButNotReadable() {
        assertThat(employees.hasIdNumber(caller, "110101199001010007")).isTrue();
        assertThat(employees.hasIdNumber(caller, "11010519491231002X")).isFalse();
        assertThat(employees.hasIdNumber("nobody", "110101199001010007")).isFalse();
        assertThat(everythingIn("employee")).doesNotContain("110101199001010007");
    }

    @Test
    void anAccountIsFoundByItsNumberAndCarrier() {
        String mobile = freshMobile();
        String id = accounts.open(caller, Carrier.CHINA_MOBILE, mobile, ICCID);

        Account account = accounts.findByMobile(Carrier.CHINA_MOBILE, mobile).orElseThrow();

        assertThat(account)
                .isEqualTo(new Account(
                        id,
                        caller,
                        account.cardId(),
                        Carrier.CHINA_MOBILE,
                        MobileNumber.mask(mobile),
                        Status.ACTIVE,
                        null,
                        true));
        assertThat(accounts.findByMobile(Carrier.CHINA_UNICOM, mobile)).isEmpty();
        assertThat(accounts.ofEmployee(caller)).containsExactly(account);
    }

    @Test
    void phoneAndCardNumbersStandNowhereInTheClear() {
        String mobile = freshMobile();
        accounts.open(caller, Carrier.CHINA_MOBILE, mobile, ICCID);

        assertThat(everythingIn("card")).doesNotContain(mobile, ICCID);
    }

    @Test
    void aNumberHasOneUserAtATime() {
        String mobile = freshMobile();
        accounts.open(caller, Carrier.CHINA_MOBILE, mobile, ICCID);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> accounts.open(deputy, Carrier.CHINA_MOBILE, mobile, ICCID))
                .withMessageNotContaining(mobile);
    }

    @Test
    void twoWhoOpenTheSameNumberAtOnceGetOneAccount() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                String mobile = freshMobile();
                Callable<Boolean> attempt = () -> {
                    try {
                        accounts.open(caller, Carrier.CHINA_MOBILE, mobile, ICCID);
                        return true;
                    } catch (ConflictException e) {
                        return false;
                    }
                };
                int opened = 0;
                for (Future<Boolean> result : pool.invokeAll(List.of(attempt, attempt, attempt, attempt))) {
                    opened += result.get() ? 1 : 0;
                }
                assertThat(opened).isEqualTo(1);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void callingIsPausedAndOpenedTogetherWithTheStatus() {
        String id = accounts.open(caller, Carrier.CHINA_MOBILE, freshMobile(), ICCID);

        accounts.pauseCalling(id, Status.UNDER_REVIEW, "OUTBOUND_BARRED");
        assertThat(accounts.get(id))
                .extracting(Account::status, Account::restrictionType, Account::callingOpen)
                .containsExactly(Status.UNDER_REVIEW, "OUTBOUND_BARRED", false);

        accounts.openCalling(id, Status.PROBATION);
        assertThat(accounts.get(id))
                .extracting(Account::status, Account::restrictionType, Account::callingOpen)
                .containsExactly(Status.PROBATION, null, true);
    }

    @Test
    void aClosedAccountStaysClosedAndItsNumberIsNotFoundAnyMore() {
        String mobile = freshMobile();
        String id = accounts.open(caller, Carrier.CHINA_MOBILE, mobile, ICCID);
        accounts.close(id);

        assertThat(accounts.findByMobile(Carrier.CHINA_MOBILE, mobile)).isEmpty();
        assertThat(accounts.get(id).status()).isEqualTo(Status.CLOSED);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> accounts.openCalling(id, Status.ACTIVE));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> accounts.get("AC-none"));
    }

    private static int numbers = 100;

    private static synchronized String freshMobile() {
        return "138%08d".formatted(++numbers);
    }

    private String everythingIn(String table) {
        return jdbc.sql("select * from " + table).query().listOfRows().toString();
    }

    @Test
    void anEarlierKeyCanBeThrownAwayAfterOneStart() {
        String account = accounts.open(caller, Carrier.CHINA_MOBILE, "13911110042", ICCID);
        List<SealedColumn> columns = List.of(
                new AccountSeals().employeeIdNumber(), new AccountSeals().cardMobile(), new AccountSeals().cardIccid());
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource()));

        new KeyRotation(jdbc, VaultTest.vaultWithNewKeyAnd(true), columns, transactions)
                .run(new DefaultApplicationArguments());

        for (SealedColumn column : columns) {
            assertThat(jdbc.sql("select %s from %s".formatted(column.column(), column.table()))
                            .query(String.class)
                            .list())
                    .as(column.toString())
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text).startsWith("2:"));
        }
        Accounts withTheNewKeyOnly = new Accounts(jdbc, VaultTest.vaultWithNewKeyAnd(false), CLOCK);
        Identity identity = withTheNewKeyOnly.identityOf(account);
        assertThat(identity)
                .isEqualTo(new Identity("Li Na", "110101199001010007", "13911110042", ICCID))
                .hasToString("Identity");
        assertThat(withTheNewKeyOnly.findByMobile(Carrier.CHINA_MOBILE, "13911110042"))
                .isPresent();
    }

    @Test
    void aRowThatNoKeyOpensStopsTheStart() {
        jdbc.sql("update employee set id_number_sealed = '0:AAAA' where user_id = :id")
                .param("id", caller)
                .update();
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource()));
        KeyRotation rotation = new KeyRotation(
                jdbc, VaultTest.vaultWithNewKeyAnd(true), List.of(new AccountSeals().employeeIdNumber()), transactions);

        assertThatIllegalStateException()
                .isThrownBy(() -> rotation.run(new DefaultApplicationArguments()))
                .withMessageContaining("Key '0' is not configured");
        jdbc.sql("update employee set id_number_sealed = :sealed where user_id = :id")
                .param("sealed", VaultTest.vaultWithNewKeyAnd(false).seal("110101199001010007"))
                .param("id", caller)
                .update();
    }
}
