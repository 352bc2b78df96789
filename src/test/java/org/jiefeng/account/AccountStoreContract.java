package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.DefaultApplicationArguments;
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
        employees = new Employees(jdbc, VaultTest.vault(), CLOCK);
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

    @Test
    void theDeputyJudgesWhileTheHeadIsAwayByTheCalendarOfShanghai() {
        employees.absent(head, LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24));
        assertThat(employees.responsibleManager(caller)).isEqualTo(deputy);

        employees.absent(head, LocalDate.of(2026, 11, 24), null);
        assertThat(employees.responsibleManager(caller)).isEqualTo(deputy);

        employees.absent(head, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 23));
        assertThat(employees.responsibleManager(caller)).isEqualTo(head);

        employees.absent(head, null, null);
        assertThat(employees.responsibleManager(caller)).isEqualTo(head);
    }

    @Test
    void nobodyJudgesHisOwnCase() {
        assertThat(employees.responsibleManager(head)).isEqualTo(deputy);
        assertThat(employees.responsibleManager(deputy)).isEqualTo(head);

        employees.absent(head, LocalDate.of(2026, 11, 1), null);
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
