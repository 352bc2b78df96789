package org.jiefeng.fault;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.Fault;
import org.jiefeng.appeal.FaultRecord;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what was found, what was said against it, and what came of it; counts nothing before it is settled. */
@Service
class FaultFindings implements FaultRecord {

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    FaultFindings(
            JdbcClient jdbc,
            AppealService appeals,
            CaseSheet caseSheet,
            Timeline timeline,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    private record Row(
            Fault fault,
            String reason,
            String foundBy,
            @Nullable Instant answeredAt,
            @Nullable Boolean disputed,
            @Nullable String answer,
            @Nullable Instant reviewedAt,
            @Nullable String reviewReason,
            @Nullable Instant settledAt,
            @Nullable Instant overturnedAt) {

        private State state() {
            if (overturnedAt != null) {
                return State.OVERTURNED;
            } else if (settledAt != null) {
                return State.SETTLED;
            } else if (Boolean.TRUE.equals(disputed)) {
                return State.DISPUTED;
            }
            return State.ANSWER_AWAITED;
        }
    }

    /** Whether anything has been found in this case already. */
    boolean isFound(String appealNumber) {
        return find(appealNumber).isPresent();
    }

    /** @throws ConflictException when it has been found before; a finding changes by review only */
    @Transactional
    public void found(String appealNumber, Fault fault, String reason, String finder) {
        if (isFound(appealNumber)) {
            throw new ConflictException("The fault of " + appealNumber + " has been found already");
        }
        jdbc.sql("""
                        insert into fault_finding (appeal_number, fault, reason, found_by, found_at)
                        values (:appeal, :fault, :reason, :finder, :now)
                        """)
                .param("appeal", appealNumber)
                .param("fault", fault.name())
                .param("reason", reason)
                .param("finder", finder)
                .param("now", now())
                .update();
        changed(appealNumber, finder, "FOUND", null, fault, reason);
        caseSheet.write(appealNumber, "faultFindingName", name(fault));
        timeline.record(appealNumber, finder, "FAULT_FOUND", name(fault));
    }

    /**
     * Keeps what the employee says to it.
     *
     * @throws InvalidInputException when it is disputed without saying why
     */
    @Transactional
    public void answered(String appealNumber, boolean disputed, @Nullable String answer, String employee) {
        if (disputed && (answer == null || answer.isBlank())) {
            throw new InvalidInputException("disputeReason", text("fault.disputeReason"));
        }
        jdbc.sql("""
                        update fault_finding set answered_at = :now, disputed = :disputed, answer = :answer
                        where appeal_number = :appeal
                        """)
                .param("now", now())
                .param("disputed", disputed)
                .param("answer", disputed ? answer : null)
                .param("appeal", appealNumber)
                .update();
        Fault fault = get(appealNumber).fault();
        changed(appealNumber, employee, disputed ? "DISPUTED" : "ACCEPTED", fault, fault, disputed ? answer : null);
        timeline.record(appealNumber, employee, disputed ? "FAULT_DISPUTED" : "FAULT_ACCEPTED", null);
    }

    /**
     * Whether this person may review the dispute: anybody but who found it first, and the employee.
     *
     * @param userId who would
     */
    boolean isAnotherThanTheFinder(String appealNumber, String userId) {
        return !userId.equals(get(appealNumber).foundBy());
    }

    /**
     * Upholds or changes a disputed finding.
     *
     * @throws ConflictException when the reviewer is the one who found it
     */
    @Transactional
    public void reviewed(String appealNumber, Fault fault, String reason, String reviewer) {
        if (!isAnotherThanTheFinder(appealNumber, reviewer)) {
            throw new ConflictException(text("fault.secondReviewer"));
        }
        Fault before = get(appealNumber).fault();
        jdbc.sql("""
                        update fault_finding
                        set fault = :fault, reviewed_by = :reviewer, reviewed_at = :now, review_reason = :reason
                        where appeal_number = :appeal
                        """)
                .param("fault", fault.name())
                .param("reviewer", reviewer)
                .param("now", now())
                .param("reason", reason)
                .param("appeal", appealNumber)
                .update();
        changed(appealNumber, reviewer, "REVIEWED", before, fault, reason);
        caseSheet.write(appealNumber, "faultFindingName", name(fault));
        timeline.record(appealNumber, reviewer, "FAULT_REVIEWED", name(fault));
    }

    /** From now on the finding stands, and counts where it is the employee's own fault. Who said nothing in time let it stand. */
    @Transactional
    public void settle(String appealNumber) {
        Row row = get(appealNumber);
        String by;
        if (row.reviewedAt() != null) {
            by = "REVIEW";
        } else if (row.fault() != Fault.EMPLOYEE) {
            by = "NO_DEFENCE_NEEDED";
        } else {
            by = row.answeredAt() == null ? "SILENCE" : "ACCEPTED";
        }
        jdbc.sql("update fault_finding set settled_at = :now, settled_by = :by where appeal_number = :appeal")
                .param("now", now())
                .param("by", by)
                .param("appeal", appealNumber)
                .update();
        appeals.settleFault(appealNumber, row.fault());
        changed(appealNumber, "system", "SETTLED", row.fault(), row.fault(), text("fault.settledBy." + by));
        timeline.record(appealNumber, "system", "FAULT_SETTLED", name(row.fault()));
    }

    /** The suspension itself turned out wrong: whatever was found, the carrier erred, and it never counts. */
    @Transactional
    public void overturned(String appealNumber) {
        find(appealNumber).filter(row -> row.overturnedAt() == null).ifPresent(row -> {
            jdbc.sql("""
                            update fault_finding set fault = 'CARRIER_ERROR', overturned_at = :now
                            where appeal_number = :appeal
                            """).param("now", now()).param("appeal", appealNumber).update();
            changed(appealNumber, "system", "OVERTURNED", row.fault(), Fault.CARRIER_ERROR, null);
            timeline.record(appealNumber, "system", "FAULT_OVERTURNED", null);
        });
        appeals.settleFault(appealNumber, Fault.CARRIER_ERROR);
    }

    private void changed(
            String appealNumber, String actor, String kind, @Nullable Fault from, Fault to, @Nullable String reason) {
        jdbc.sql("""
                        insert into fault_change (appeal_number, changed_at, changed_by, kind, from_fault, to_fault, reason)
                        values (:appeal, :now, :actor, :kind, :from, :to, :reason)
                        """)
                .param("appeal", appealNumber)
                .param("now", now())
                .param("actor", actor)
                .param("kind", kind)
                .param("from", from == null ? null : from.name())
                .param("to", to.name())
                .param("reason", reason)
                .update();
    }

    @Override
    public Optional<Finding> of(String appealNumber) {
        return find(appealNumber)
                .map(row -> new Finding(
                        row.state(),
                        row.fault(),
                        row.reason(),
                        Optional.ofNullable(row.answer()),
                        Optional.ofNullable(row.reviewReason()),
                        history(appealNumber)));
    }

    private List<Change> history(String appealNumber) {
        return jdbc.sql("select * from fault_change where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query((row, n) -> new Change(
                        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                        row.getString("changed_by"),
                        row.getString("kind"),
                        Optional.ofNullable(row.getString("from_fault")).map(Fault::valueOf),
                        Fault.valueOf(row.getString("to_fault")),
                        Optional.ofNullable(row.getString("reason"))))
                .list();
    }

    private Row get(String appealNumber) {
        return find(appealNumber).orElseThrow(() -> new NotFoundException("No finding for " + appealNumber));
    }

    private Optional<Row> find(String appealNumber) {
        return jdbc.sql("select * from fault_finding where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .query((row, n) -> new Row(
                        Fault.valueOf(row.getString("fault")),
                        row.getString("reason"),
                        row.getString("found_by"),
                        instant(row.getObject("answered_at", OffsetDateTime.class)),
                        row.getObject("disputed", Boolean.class),
                        row.getString("answer"),
                        instant(row.getObject("reviewed_at", OffsetDateTime.class)),
                        row.getString("review_reason"),
                        instant(row.getObject("settled_at", OffsetDateTime.class)),
                        instant(row.getObject("overturned_at", OffsetDateTime.class))))
                .optional();
    }

    private String name(Fault fault) {
        return text("fault." + fault);
    }

    private String text(String key) {
        return Objects.requireNonNull(messages.getMessage(key, null, locale));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
