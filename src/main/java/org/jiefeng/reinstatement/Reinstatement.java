package org.jiefeng.reinstatement;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiefeng.account.Account;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.reinstatement.ReleaseTerms.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Binds conditions to the person, runs the probation and remembers how it went. */
@Service
class Reinstatement {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final Accounts accounts;
    private final CaseSheet caseSheet;
    private final ConductRecord conduct;
    private final Timeline timeline;
    private final TermsText texts;
    private final Vault vault;
    private final ReinstatementProperties properties;
    private final Clock clock;

    Reinstatement(
            JdbcClient jdbc,
            AppealService appeals,
            Accounts accounts,
            CaseSheet caseSheet,
            ConductRecord conduct,
            Timeline timeline,
            TermsText texts,
            Vault vault,
            ReinstatementProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.accounts = accounts;
        this.caseSheet = caseSheet;
        this.conduct = conduct;
        this.timeline = timeline;
        this.texts = texts;
        this.vault = vault;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Finds the strictest of the carrier's terms (case sheet {@code carrierTerms}), the decision and the house rules,
     * binds them to the applicant and publishes them as {@code termsText}. Repeating it replaces what was bound for the
     * case before.
     *
     * @param releaseConditions rules of decision {@code release-conditions}
     */
    @Transactional
    ReleaseTerms bind(String appealNumber, String releaseConditions, int probationDays, int selfCheckDays) {
        Appeal appeal = appeals.get(appealNumber);
        List<ConditionRule> stated = new ArrayList<>();
        caseSheet
                .find(appealNumber, "carrierTerms")
                .ifPresent(terms -> stated.addAll(ConditionRule.parse(Origin.CARRIER, terms)));
        stated.addAll(ConditionRule.parse(Origin.DECISION, releaseConditions));
        stated.addAll(ConditionRule.parse(Origin.HOUSE, properties.houseConditions()));
        List<ConditionRule> rules =
                stated.stream().map(rule -> rule.withSealedNumber(vault)).toList();
        ReleaseTerms terms = ReleaseTerms.strictest(rules, probationDays, selfCheckDays, properties.selfCheckDays());

        for (String table : List.of("release_rule", "release_condition", "probation")) {
            jdbc.sql("delete from " + table + " where appeal_number = :appeal")
                    .param("appeal", appealNumber)
                    .update();
        }
        rules.forEach(rule -> insert(appealNumber, rule, terms.effective().contains(rule)));
        terms.conditions().forEach(condition -> insert(appeal, condition));
        jdbc.sql("""
                        insert into probation (appeal_number, employee_id, days, self_check_days)
                        values (:appeal, :employee, :days, :selfCheckDays)
                        """)
                .param("appeal", appealNumber)
                .param("employee", appeal.employeeId())
                .param("days", terms.probationDays())
                .param("selfCheckDays", terms.selfCheckDays())
                .update();
        caseSheet.write(appealNumber, "termsText", texts.of(terms));
        timeline.record(
                appealNumber,
                "system",
                "CONDITIONS_BOUND",
                String.valueOf(terms.conditions().size()));
        return terms;
    }

    private void insert(String appealNumber, ConditionRule rule, boolean effective) {
        jdbc.sql("""
                        insert into release_rule (appeal_number, origin, source_text, effective)
                        values (:appeal, :origin, :text, :effective)
                        """)
                .param("appeal", appealNumber)
                .param("origin", rule.origin().name())
                .param("text", cut(rule.text(), 200))
                .param("effective", effective)
                .update();
    }

    private void insert(Appeal appeal, Condition condition) {
        jdbc.sql("""
                        insert into release_condition (appeal_number, employee_id, kind, rule_value, origin,
                            source_text, from_day, to_day)
                        values (:appeal, :employee, :kind, :value, :origin, :source, :from, :to)
                        """)
                .param("appeal", appeal.number())
                .param("employee", appeal.employeeId())
                .param("kind", condition.kind())
                .param(
                        "value",
                        condition.kind().equals(SealedNumber.KIND)
                                ? SealedNumber.read(condition.value()).index()
                                : cut(condition.value(), 60))
                .param("origin", condition.origins().stream().map(Origin::name).collect(Collectors.joining("+")))
                .param("source", cut(condition.source(), 400))
                .param("from", condition.fromDay())
                .param("to", condition.toDay())
                .update();
    }

    /**
     * Starts the clock: conditions hold from now on, and the probation's days are counted from today. The employee is
     * warned in writing with it (R52).
     *
     * @return the end of probation, empty when none is required
     */
    @Transactional
    Optional<Instant> reopen(String appealNumber) {
        Probation probation = probation(appealNumber);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, SHANGHAI);
        for (Days days : days(appealNumber)) {
            Instant from = days.from == null || days.from == 1 ? now : startOf(today.plusDays(days.from - 1L));
            Instant to = days.to == null ? null : startOf(today.plusDays(days.to));
            // What stands after probation waits for its end.
            if (days.from != null) {
                jdbc.sql("update release_condition set valid_from = :from, valid_to = :to where id = :id")
                        .param("from", at(from))
                        .param("to", at(to))
                        .param("id", days.id)
                        .update();
            }
        }
        replaceEarlier(appealNumber, probation.employeeId, now);
        Instant end = probation.days == 0 ? null : startOf(today.plusDays(probation.days));
        jdbc.sql("update probation set reopened_at = :now, ends_at = :end where appeal_number = :appeal")
                .param("now", at(now))
                .param("end", at(end))
                .param("appeal", appealNumber)
                .update();
        accounts.openCalling(accountId(appealNumber), probation.days == 0 ? Status.ACTIVE : Status.PROBATION);
        conduct.warn(probation.employeeId, appealNumber, null, texts.text("note.WARNING", appealNumber));
        caseSheet.write(
                appealNumber,
                "probationText",
                end == null
                        ? texts.text("probation.none")
                        : texts.text(
                                "probation.until",
                                LocalDate.ofInstant(end, SHANGHAI).minusDays(1).toString(),
                                probation.selfCheckDays));
        timeline.record(appealNumber, "system", "CALLING_REOPENED", null);
        return Optional.ofNullable(end);
    }

    /** New terms replace those of earlier appeals of the account, except where a probation still runs under them. */
    private void replaceEarlier(String appealNumber, String employeeId, Instant now) {
        jdbc.sql("""
                        update release_condition set valid_to = :now
                        where employee_id = :employee and appeal_number <> :appeal
                          and valid_from is not null and (valid_to is null or valid_to > :now)
                          and appeal_number in (
                              select p.appeal_number from probation p join appeal a on a.number = p.appeal_number
                              where p.ended_at is not null and a.account_id = :account)
                        """)
                .param("now", at(now))
                .param("employee", employeeId)
                .param("appeal", appealNumber)
                .param("account", accountId(appealNumber))
                .update();
    }

    /** Probation was broken off by a violation; what was bound stays bound until new terms replace it. */
    @Transactional
    void breakOff(String appealNumber) {
        end(appealNumber, "VIOLATION");
        jdbc.sql("""
                        update probation_violation set answer = 'SUSPEND'
                        where appeal_number = :appeal and answer is null
                        """).param("appeal", appealNumber).update();
        accounts.pauseCalling(accountId(appealNumber), Status.SUSPENDED, "PROBATION_VIOLATION");
        timeline.record(appealNumber, "system", "CALLING_CLOSED_AGAIN", null);
    }

    /** The carrier, or who decides above it, found the suspension unfounded: nothing of what was bound stays (R22, R23). */
    @Transactional
    void lift(String appealNumber) {
        int ended = jdbc.sql("""
                        update release_condition set valid_to = :now
                        where appeal_number = :appeal and (valid_to is null or valid_to > :now)
                        """)
                .param("now", at(clock.instant()))
                .param("appeal", appealNumber)
                .update();
        if (ended > 0) {
            end(appealNumber, "LIFTED");
            caseSheet.write(appealNumber, "probationText", texts.text("probation.lifted"));
            timeline.record(appealNumber, "system", "CONDITIONS_LIFTED", null);
        }
    }

    /**
     * Ends the conditions of probation; those that stand after it begin. Who kept everything is told so (R33).
     */
    @Transactional
    void endProbation(String appealNumber) {
        Probation probation = probation(appealNumber);
        OffsetDateTime now = at(clock.instant());
        jdbc.sql("""
                        update release_condition set valid_to = :now
                        where appeal_number = :appeal and from_day is not null and (valid_to is null or valid_to > :now)
                        """).param("now", now).param("appeal", appealNumber).update();
        jdbc.sql("""
                        update release_condition set valid_from = :now
                        where appeal_number = :appeal and from_day is null
                        """).param("now", now).param("appeal", appealNumber).update();
        end(appealNumber, "PASSED");
        Account account = accounts.get(accountId(appealNumber));
        if (account.callingOpen()) {
            accounts.openCalling(account.id(), Status.ACTIVE);
        } else {
            // Calling stopped for another reason stays stopped: that case ends by itself.
            accounts.pauseCalling(account.id(), Status.ACTIVE, account.restrictionType());
        }
        if (probation.days > 0) {
            if (wasClean(appealNumber)) {
                conduct.recognise(probation.employeeId, appealNumber, texts.text("note.RECOGNITION", appealNumber));
            }
            timeline.record(appealNumber, "system", "PROBATION_ENDED", null);
        }
        caseSheet.write(appealNumber, "probationText", texts.text("probation.over"));
    }

    private String accountId(String appealNumber) {
        return appeals.get(appealNumber).accountId();
    }

    private void end(String appealNumber, String result) {
        jdbc.sql("update probation set ended_at = :now, result = :result where appeal_number = :appeal")
                .param("now", at(clock.instant()))
                .param("result", result)
                .param("appeal", appealNumber)
                .update();
    }

    private boolean wasClean(String appealNumber) {
        return jdbc.sql("""
                        select (select count(*) from self_check where appeal_number = :appeal
                                    and (anomaly_reported or not script_followed or not cap_kept or not hours_kept))
                            + (select count(*) from probation_violation where appeal_number = :appeal)
                            + (select count(*) from complaint c join probation p on p.employee_id = c.employee_id
                               where p.appeal_number = :appeal and c.received_at >= p.reopened_at)
                        """).param("appeal", appealNumber).query(Long.class).single() == 0;
    }

    /**
     * Keeps a self-check.
     *
     * @return whether the probation's time is up
     * @throws InvalidInputException when something was not kept or reported without saying what
     */
    @Transactional
    boolean recordSelfCheck(String appealNumber, String taskId, String employeeId, SelfCheck check) {
        if (check.anomalyReported() && isBlank(check.anomaly())) {
            throw new InvalidInputException("anomalyText", texts.text("selfCheck.anomaly"));
        }
        if (!(check.scriptFollowed() && check.capKept() && check.hoursKept()) && isBlank(check.remarks())) {
            throw new InvalidInputException("selfCheckRemarks", texts.text("selfCheck.remarks"));
        }
        jdbc.sql("""
                        insert into self_check (appeal_number, employee_id, task_id, checked_at, script_followed,
                            cap_kept, hours_kept, remarks, anomaly_reported, anomaly)
                        values (:appeal, :employee, :task, :now, :script, :cap, :hours, :remarks, :reported, :anomaly)
                        """)
                .param("appeal", appealNumber)
                .param("employee", employeeId)
                .param("task", taskId)
                .param("now", at(clock.instant()))
                .param("script", check.scriptFollowed())
                .param("cap", check.capKept())
                .param("hours", check.hoursKept())
                .param("remarks", check.remarks())
                .param("reported", check.anomalyReported())
                .param("anomaly", check.anomaly())
                .update();
        timeline.record(
                appealNumber, employeeId, check.isClean() ? "SELF_CHECK_CLEAN" : "SELF_CHECK_WITH_REMARKS", null);
        Instant end = probation(appealNumber).endsAt;
        return end == null || !clock.instant().isBefore(end);
    }

    private record Probation(
            String employeeId,
            int days,
            int selfCheckDays,
            @Nullable Instant endsAt) {}

    private Probation probation(String appealNumber) {
        return jdbc.sql(
                        "select employee_id, days, self_check_days, ends_at from probation where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .query((row, n) -> {
                    OffsetDateTime end = row.getObject("ends_at", OffsetDateTime.class);
                    return new Probation(
                            row.getString("employee_id"),
                            row.getInt("days"),
                            row.getInt("self_check_days"),
                            end == null ? null : end.toInstant());
                })
                .single();
    }

    private record Days(
            long id, @Nullable Integer from, @Nullable Integer to) {}

    private List<Days> days(String appealNumber) {
        return jdbc.sql("select id, from_day, to_day from release_condition where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .query((row, n) -> new Days(
                        row.getLong("id"),
                        row.getObject("from_day", Integer.class),
                        row.getObject("to_day", Integer.class)))
                .list();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
