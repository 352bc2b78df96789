package org.jiefeng.retraining;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds certificates that end soon and sees to it that each is renewed once. */
@Service
class CertificateRenewals {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final Employees employees;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final RetrainingTexts texts;
    private final Clock clock;

    CertificateRenewals(
            JdbcClient jdbc,
            Employees employees,
            CaseSheet caseSheet,
            Timeline timeline,
            RetrainingTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.employees = employees;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    /** A certificate that ends soon. */
    record Ending(String number, String employeeId) {

        /** {@code CR-2026-000001} renews {@code CT-2026-000001}: as there is one for each, a second cannot be. */
        String renewalNumber() {
            return "CR" + number.substring(2);
        }
    }

    /**
     * The certificates whose renewal is to begin: nothing else of the person holds longer, and no training that was ordered
     * is under way, whose certificate would do.
     */
    List<Ending> due() {
        return jdbc.sql("""
                        select c.number, c.employee_id from certificate c
                        where c.renew_from <= :today and c.renewal_opened_at is null
                          and not exists (select 1 from certificate l where l.employee_id = c.employee_id
                                            and (l.valid_to > c.valid_to or l.valid_to = c.valid_to and l.number > c.number))
                          and not exists (select 1 from enrolment e
                                          where e.employee_id = c.employee_id and e.id > c.enrolment_id and e.renews is null
                                            and not exists (select 1 from certificate f
                                                            where f.employee_id = e.employee_id and f.enrolment_id >= e.id)
                                            and not exists (select 1 from appeal a
                                                            where a.number = e.business_key
                                                              and a.outcome in ('LIFTED', 'WITHDRAWN')))
                        order by c.valid_to, c.number
                        """).param("today", today()).query(Ending.class).list();
    }

    /** Takes a renewal on; false when another node has. */
    @Transactional
    boolean open(Ending ending) {
        return jdbc.sql("""
                                update certificate set renewal_opened_at = :now
                                where number = :number and renewal_opened_at is null
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("number", ending.number())
                        .update()
                > 0;
    }

    /** The courses of the certificate and of whatever else still holds, so that nothing lapses unnoticed. */
    String courses(Ending ending) {
        return jdbc
                .sql("""
                        select courses from certificate
                        where employee_id = :employee and (number = :number or valid_to >= :today)
                        order by valid_to desc, number desc
                        """)
                .param("employee", ending.employeeId())
                .param("number", ending.number())
                .param("today", today())
                .query(String.class)
                .list()
                .stream()
                .flatMap(courses -> Arrays.stream(courses.split(",")))
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** Publishes what the forms of a renewal show, and notes its beginning. */
    @Transactional
    void announce(String renewalNumber, String employeeId, String certificate) {
        LocalDate validTo = jdbc.sql("select valid_to from certificate where number = :number")
                .param("number", certificate)
                .query(LocalDate.class)
                .single();
        caseSheet.write(renewalNumber, "appealNumber", renewalNumber);
        caseSheet.write(renewalNumber, "employeeName", employees.get(employeeId).name());
        timeline.record(
                renewalNumber, "system", "RENEWAL_OPENED", texts.of("certificate", certificate, validTo.toString()));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }
}
