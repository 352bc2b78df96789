package org.jiefeng.carrier;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.process.CaseDates;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The dates between us and a carrier: when it must answer, when we ask again, when a supplement must be there. */
@Service
class CarrierDates {

    private final DueDates dueDates;
    private final CaseDates caseDates;
    private final CaseSheet caseSheet;
    private final WorkingCalendar calendar;
    private final CarrierTexts texts;

    CarrierDates(
            DueDates dueDates, CaseDates caseDates, CaseSheet caseSheet, WorkingCalendar calendar, CarrierTexts texts) {
        this.dueDates = dueDates;
        this.caseDates = caseDates;
        this.caseSheet = caseSheet;
        this.calendar = calendar;
        this.texts = texts;
    }

    /**
     * The carrier's time runs.
     *
     * @param from when the appeal was handed in; where only arrears stand, when they were paid
     * @param hours the law's hours, working or not (电信条例 art. 34); 0 where working days count
     */
    @Transactional
    void submitted(String appealNumber, Instant from, long workingDays, long hours, String actor) {
        Instant due = hours > 0 ? from.plus(Duration.ofHours(hours)) : calendar.dueAfterWorkingDays(from, workingDays);
        DueDates.Counted counted = hours > 0 ? null : new DueDates.Counted(from, workingDays);
        dueDates.set(appealNumber, DueDates.Kind.REVIEW, due, DueDates.Reason.SUBMITTED, actor, counted);
        caseSheet.write(
                appealNumber,
                "reviewDueOn",
                due.atZone(WorkingCalendar.ZONE).toLocalDate().toString());
    }

    /** The carrier promised its answer: we ask again when that day is over, or the next working day. */
    @Transactional
    void promised(String appealNumber, LocalDate day, String actor) {
        Instant at = endOf(calendar.plusWorkingDays(day.minusDays(1), 1));
        dueDates.set(appealNumber, DueDates.Kind.FOLLOW_UP, at, DueDates.Reason.PROMISED, actor);
        caseDates.followUp(appealNumber, Date.from(at));
    }

    /** The carrier wants something in addition by this moment. */
    @Transactional
    void supplementAsked(String appealNumber, Instant due) {
        dueDates.set(appealNumber, DueDates.Kind.SUPPLEMENT, due, DueDates.Reason.ASKED, "system");
    }

    /** @throws ConflictException when no supplement is asked for */
    void extensionAsked(String appealNumber) {
        if (!caseDates.awaitsSupplement(appealNumber)) {
            throw new ConflictException(texts.of("problem.noSupplement"));
        }
    }

    /**
     * The carrier gives more time for the supplement.
     *
     * @throws ConflictException when no supplement is asked for
     */
    @Transactional
    void extended(String appealNumber, LocalDate until, String actor) {
        Instant due = endOf(until);
        if (!caseDates.supplement(appealNumber, Date.from(due))) {
            throw new ConflictException(texts.of("problem.noSupplement"));
        }
        dueDates.set(appealNumber, DueDates.Kind.SUPPLEMENT, due, DueDates.Reason.EXTENDED, actor);
        caseSheet.write(appealNumber, "supplementDueOn", until.toString());
    }

    /**
     * The carrier gives no more time: the date stands, and the refusal is on record.
     *
     * @throws ConflictException when no supplement is asked for
     */
    @Transactional
    void notExtended(String appealNumber, String actor) {
        extensionAsked(appealNumber);
        dueDates.latest(appealNumber, DueDates.Kind.SUPPLEMENT)
                .ifPresent(entry ->
                        dueDates.set(appealNumber, entry.kind(), entry.dueAt(), DueDates.Reason.NOT_EXTENDED, actor));
    }

    static Instant endOf(LocalDate day) {
        return day.atTime(WorkingCalendar.END_OF_BUSINESS)
                .atZone(WorkingCalendar.ZONE)
                .toInstant();
    }
}
