package org.jiefeng.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.dmn.DecisionEvaluationBuilder;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Every date in the diagrams: {@code ${deadlines.due('Task_JudgeReport', execution)}}. The days come from decision
 * {@code reminders} and from process variables, the calendar from {@link WorkingCalendar}.
 */
@Component
public class Deadlines {

    /** A timer needs a date even when nothing is to happen: this one never comes. */
    static final Date NEVER = Date.from(Instant.parse("9999-01-01T00:00:00Z"));

    /** Whether a date is the one that never comes, so that nobody is shown it. */
    public static boolean isNever(Date date) {
        return date.equals(NEVER);
    }

    private static final String DECISION = "reminders";
    private static final String REGULATOR_LIMIT = "regulator-limit";
    private static final String CARRIER_BOOK = "carrier-book";

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final WorkingCalendar calendar;
    private final Clock clock;
    private final PreventionProperties prevention;
    private final RecountProperties recounts;
    private final RetentionProperties retention;

    /** Set while a date is counted again from the moment it was first counted from. */
    private final ThreadLocal<@Nullable Instant> earlierStart = new ThreadLocal<>();

    /**
     * Decisions and repository are lazy, because the engine asks for {@link #dailyCheck} while it is still being built.
     */
    Deadlines(
            @Lazy DecisionService decisions,
            @Lazy RepositoryService repository,
            WorkingCalendar calendar,
            Clock clock,
            PreventionProperties prevention,
            RecountProperties recounts,
            RetentionProperties retention) {
        this.decisions = decisions;
        this.repository = repository;
        this.calendar = calendar;
        this.clock = clock;
        this.prevention = prevention;
        this.recounts = recounts;
        this.retention = retention;
    }

    /**
     * Answers as it would have at that moment, with today's calendar: so a diagram's own expression says where a date of
     * it belongs now, and there is one rule for both.
     *
     * @param question asks this object, by an expression or directly
     */
    <T> T asOf(Instant start, Supplier<T> question) {
        earlierStart.set(start);
        try {
            return question.get();
        } finally {
            earlierStart.remove();
        }
    }

    private Instant start() {
        return Objects.requireNonNullElseGet(earlierStart.get(), clock::instant);
    }

    /**
     * When a task that is being created must be done; where a platform deletes before that, or the regulator's way or the
     * carrier's for a resubmission closes, by then, but not before today is over.
     */
    public Date due(String task, VariableScope execution) {
        Date due = afterRule(task, execution, "dueWorkingDays");
        boolean complaintOpen = AppealVariables.CAN_COMPLAIN.find(execution).orElse(false);
        boolean resubmissionOpen = AppealVariables.CAN_RESUBMIT.find(execution).orElse(false)
                || AppealVariables.ALTERNATIVES_OUTCOME
                        .find(execution)
                        .filter("RESUBMIT"::equals)
                        .isPresent();
        return Stream.of(
                        AppealVariables.RECORDINGS_DELETED_FROM.find(execution),
                        AppealVariables.COMPLAIN_UNTIL.find(execution).filter(until -> complaintOpen),
                        Optional.of(execution).filter(scope -> resubmissionOpen).map(this::resubmitUntil))
                .flatMap(Optional::stream)
                .map(gone -> latest(gone, afterCalendarDays(0)))
                .reduce(due, (one, other) -> one.before(other) ? one : other);
    }

    private static Date latest(Date one, Date other) {
        return one.before(other) ? other : one;
    }

    /** When the person is reminded of a task that is being created; not later than it is due. */
    public Date reminder(String task, VariableScope execution) {
        Date reminder = afterRule(task, execution, "reminderWorkingDays");
        Date due = due(task, execution);
        return reminder.before(due) ? reminder : due;
    }

    /** When somebody else is told about a task that is being created. */
    public Date escalation(String task, VariableScope execution) {
        return afterRule(task, execution, "escalationWorkingDays");
    }

    /** When the carrier is to be asked how far it is (R19): at the date it promised, otherwise after the usual interval. */
    public Date followUp(VariableScope execution) {
        return AppealVariables.FOLLOW_UP_AT
                .find(execution)
                .filter(promised -> promised.toInstant().isAfter(start()))
                .orElseGet(() -> afterWorkingDays(AppealVariables.FOLLOW_UP_WORKING_DAYS.get(execution)));
    }

    /**
     * When the carrier is asked whether something is missing (R20): it has taken longer than it says it takes, or than the
     * law gives it, or its silence would soon open the way to the regulator.
     */
    public Date reviewOverdue(VariableScope execution) {
        Instant start = reviewStart(execution);
        long hours = AppealVariables.REVIEW_HOURS.find(execution).orElse(0L);
        if (hours > 0) {
            return Date.from(start.plus(Duration.ofHours(hours)));
        }
        long review = AppealVariables.REVIEW_WORKING_DAYS.get(execution);
        long escalation =
                AppealVariables.ESCALATION_WORKING_DAYS.find(execution).orElse(review);
        return Date.from(calendar.dueAfterWorkingDays(start, Math.min(review, escalation)));
    }

    /** When the carrier's silence opens the way to the regulator. */
    public Date noAnswer(VariableScope execution) {
        return Date.from(
                calendar.dueAfterCalendarDays(reviewStart(execution), AppealVariables.NO_ANSWER_DAYS.get(execution)));
    }

    /**
     * Until when the regulator (12300) takes a complaint about this suspension: the end of business, because that is when
     * an office with business hours lets a period end.
     */
    public Date complainUntil(VariableScope execution) {
        return AppealVariables.SUSPENDED_AT
                .find(execution)
                .map(suspended -> Date.from(suspended
                        .toInstant()
                        .atZone(WorkingCalendar.ZONE)
                        .toLocalDate()
                        .plusMonths(regulatorLimit(execution, "complaintMonths"))
                        .atTime(WorkingCalendar.END_OF_BUSINESS)
                        .atZone(WorkingCalendar.ZONE)
                        .toInstant()))
                .orElse(NEVER);
    }

    /** Whether a complaint filed now would not come too late. */
    public boolean complaintInTime(VariableScope execution) {
        return !complainUntil(execution).toInstant().isBefore(start());
    }

    /** When nobody will record a complaint any more that was filed in time. */
    public Date complaintClosed(VariableScope execution) {
        Date until = complainUntil(execution);
        return until.equals(NEVER)
                ? NEVER
                : Date.from(calendar.dueAfterWorkingDays(
                        until.toInstant(), regulatorLimit(execution, "recordingWorkingDays")));
    }

    /**
     * Until when the carrier takes a better appeal after it has rejected: so many calendar days from its decision on, to the
     * end of business of the last one; a last day that is no working day moves to the next (民法典 art. 201, 203). Never, where
     * it has not rejected.
     */
    public Date resubmitUntil(VariableScope execution) {
        boolean rejected = AppealVariables.CARRIER_OUTCOME
                .find(execution)
                .filter("REJECTED"::equals)
                .isPresent();
        return AppealVariables.CARRIER_DECIDED_AT
                .find(execution)
                .filter(decided -> rejected)
                .map(decided -> LocalDate.ofInstant(decided.toInstant(), WorkingCalendar.ZONE)
                        .plusDays(resubmissionDays(execution)))
                .map(last -> Date.from(calendar.plusWorkingDays(last.minusDays(1), 1)
                        .atTime(WorkingCalendar.END_OF_BUSINESS)
                        .atZone(WorkingCalendar.ZONE)
                        .toInstant()))
                .orElse(NEVER);
    }

    private long resubmissionDays(VariableScope execution) {
        return rules(CARRIER_BOOK)
                .variables(Variables.putValue(
                        "carrier", AppealVariables.CARRIER.find(execution).orElse("")))
                .evaluate()
                .getSingleResult()
                .<Long>getEntry("resubmissionDays");
    }

    /** Whether the carrier would still take a resubmission that is handed in now. */
    public boolean resubmissionInTime(VariableScope execution) {
        return start().isBefore(resubmitUntil(execution).toInstant());
    }

    /** When somebody who may still choose to resubmit must be told that it is too late. */
    public Date resubmissionClosed(VariableScope execution) {
        return AppealVariables.CAN_RESUBMIT.find(execution).orElse(false) ? resubmitUntil(execution) : NEVER;
    }

    /** The same for somebody who is to confirm that choice; another choice stands however long it takes. */
    public Date chosenResubmissionClosed(VariableScope execution) {
        return AppealVariables.NEXT_STEP
                        .find(execution)
                        .filter("RESUBMIT"::equals)
                        .isPresent()
                ? resubmissionClosed(execution)
                : NEVER;
    }

    private long regulatorLimit(VariableScope execution, String output) {
        return rules(REGULATOR_LIMIT)
                .variables(Variables.putValue(
                        "causes", AppealVariables.CAUSES.find(execution).orElse("")))
                .evaluate()
                .getSingleResult()
                .<Long>getEntry(output);
    }

    private Instant reviewStart(VariableScope execution) {
        return AppealVariables.REVIEW_STARTED_AT
                .find(execution)
                .map(Date::toInstant)
                .orElseGet(this::start);
    }

    /** When the next self-check of a probation is due (R61); the last one falls on its end. */
    public Date selfCheck(VariableScope execution) {
        Date next = Date.from(start().plus(Duration.ofDays(AppealVariables.SELF_CHECK_DAYS.get(execution))));
        Date end = AppealVariables.PROBATION_ENDS_AT.get(execution);
        return next.before(end) ? next : end;
    }

    /** The end of business of the n-th working day. */
    public Date afterWorkingDays(long n) {
        return Date.from(calendar.dueAfterWorkingDays(start(), n));
    }

    /** The end of the n-th calendar day. */
    public Date afterCalendarDays(long n) {
        return Date.from(calendar.dueAfterCalendarDays(start(), n));
    }

    /** When call-prevention looks through the calls, measure-check through the promises, certificate-renewal through the certificates. */
    public String dailyCheck() {
        return prevention.dailyCheck();
    }

    /** When the steps of probations are decided anew, as a cron expression. */
    public String releaseStep() {
        return prevention.releaseStep();
    }

    /** When what has expired is deleted, as a cron expression. */
    public String retentionRun() {
        return retention.run();
    }

    /**
     * When every step is over that was being taken while the calendar changed; until then one may still write a date that
     * it counted before.
     */
    public Date stepsUnderWayDone() {
        return Date.from(start().plus(recounts.stepsTake()));
    }

    private Date afterRule(String task, VariableScope execution, String output) {
        DmnDecisionRuleResult rule = rules(DECISION)
                .variables(Variables.putValue("task", task)
                        .putValue(
                                "severity",
                                AppealVariables.SEVERITY.find(execution).orElse("MEDIUM")))
                .evaluate()
                .getSingleResult();
        if (rule == null) {
            throw new IllegalStateException("Decision '" + DECISION + "' has no rule for " + task);
        }
        long days = rule.<Long>getEntry(output);
        if (days == 0) {
            return NEVER;
        }
        return AppealVariables.FORWARDED_AT
                .find(execution)
                .map(forwarded -> afterForwarding(forwarded, days))
                .orElseGet(() -> afterWorkingDays(days));
    }

    /** The law counts from the day itself, whenever we heard of it: what is late already is due in the past. */
    private Date afterForwarding(Date forwarded, long days) {
        LocalDate day = LocalDate.ofInstant(forwarded.toInstant(), WorkingCalendar.ZONE);
        return Date.from(calendar.plusWorkingDays(day, days)
                .atTime(WorkingCalendar.END_OF_BUSINESS)
                .atZone(WorkingCalendar.ZONE)
                .toInstant());
    }

    /** An open task keeps the numbers it began with, whatever process owners brought since. */
    private DecisionEvaluationBuilder rules(String decision) {
        DecisionEvaluationBuilder rules = decisions.evaluateDecisionTableByKey(decision);
        Instant earlier = earlierStart.get();
        if (earlier != null) {
            repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(decision)
                    .deployedAfter(Date.from(earlier))
                    .list()
                    .stream()
                    .mapToInt(DecisionDefinition::getVersion)
                    .min()
                    // Below the first there is none: the clock of a demonstration may have been put back.
                    .ifPresent(next -> rules.version(Math.max(1, next - 1)));
        }
        return rules;
    }
}
