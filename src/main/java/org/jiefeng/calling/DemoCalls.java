package org.jiefeng.calling;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Five weeks of invented calls before the first start of the demo, the same ones at every first start. One of the two
 * callers is in a hurry and draws complaints, so that there is something to find.
 */
@Component
@Profile("demo")
@Order(60)
class DemoCalls implements ApplicationRunner {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int DAYS = 35;
    private static final int CALLEES = 400;

    private final CallingRecords records;
    private final Accounts accounts;
    private final Vault vault;
    private final Clock clock;

    DemoCalls(CallingRecords records, Accounts accounts, Vault vault, Clock clock) {
        this.records = records;
        this.accounts = accounts;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        Instant now = clock.instant();
        if (!records.employees(Instant.EPOCH, now).isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, SHANGHAI);
        for (int callee = 0; callee < CALLEES; callee++) {
            // One in twenty never agreed, so that a case of missing consent has something to show.
            if (callee % 20 != 19) {
                records.add(new Consent(
                        "CP-%05d".formatted(callee),
                        vault.index(number(callee)),
                        MobileNumber.mask(number(callee)),
                        noon(today.minusDays(DAYS + 30L + callee % 60)),
                        null,
                        null,
                        Consent.Channel.values()[callee % Consent.Channel.values().length]));
            }
        }
        calls("employee", today, 14, 40, false);
        calls("employee2", today, 7, 110, true);
        complaint("employee", today, 1, 3, Complaint.Kind.FREQUENCY, Complaint.Source.CUSTOMER);
        complaint("employee", today, 2, 5, Complaint.Kind.ATTITUDE, Complaint.Source.CARRIER);
        complaint("employee", today, 3, 16, Complaint.Kind.OUT_OF_HOURS, Complaint.Source.CUSTOMER);
        complaint("employee2", today, 4, 20, Complaint.Kind.SALES_MANNER, Complaint.Source.CUSTOMER);
        for (int callee = CALLEES; callee < CALLEES + 6; callee++) {
            records.bar(
                    vault.index(number(callee)),
                    MobileNumber.mask(number(callee)),
                    noon(today.minusDays(DAYS)),
                    "CALLEE_REFUSED");
        }
    }

    private void calls(String employee, LocalDate today, int aDayAndCard, int meanSeconds, boolean careful) {
        List<Account> cards = accounts.ofEmployee(employee);
        Random random = new Random(employee.hashCode());
        List<Call> made = new ArrayList<>();
        for (int back = DAYS; back >= 1; back--) {
            LocalDate day = today.minusDays(back);
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                continue;
            }
            for (Account card : cards) {
                for (int call = 0; call < aDayAndCard; call++) {
                    int callee = random.nextInt(CALLEES);
                    if (careful && (callee % 20 == 19 || callee < 5)) {
                        continue;
                    }
                    boolean answered = random.nextInt(100) < 62;
                    made.add(new Call(
                            "DEMO-%s-%s-%s-%02d"
                                    .formatted(employee, card.mobileMask().substring(7), day, call),
                            employee,
                            card.id(),
                            vault.index(number(callee)),
                            MobileNumber.mask(number(callee)),
                            noon(day).plus(Duration.ofSeconds(random.nextInt(8 * 3600) - 2 * 3600L)),
                            answered ? meanSeconds / 2 + random.nextInt(meanSeconds) : 0,
                            answered ? Call.Outcome.ANSWERED : Call.Outcome.NO_ANSWER,
                            "PRODUCT-A"));
                }
            }
        }
        records.add(made);
    }

    private void complaint(
            String employee, LocalDate today, int callee, int daysAgo, Complaint.Kind kind, Complaint.Source source) {
        Instant received = noon(today.minusDays(daysAgo));
        records.add(new Complaint(
                "CM-%s-%02d".formatted(employee, callee),
                employee,
                null,
                vault.index(number(callee)),
                MobileNumber.mask(number(callee)),
                received,
                source,
                kind,
                received.plus(Duration.ofHours(6)),
                "Apologised, number listed as do-not-call"));
        records.bar(vault.index(number(callee)), MobileNumber.mask(number(callee)), received, "COMPLAINANT");
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).atZone(SHANGHAI).toInstant();
    }

    /** Numbers of a block that is not in use. */
    private static String number(int callee) {
        return "1990000%04d".formatted(callee);
    }
}
