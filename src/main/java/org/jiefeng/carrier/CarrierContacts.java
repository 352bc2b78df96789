package org.jiefeng.carrier;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The log of contacts with the carrier. An answer that decides, asks or lifts goes into the same inbox as one through the
 * carrier's interface, so that both move a case in the same way and only once.
 */
@Service
class CarrierContacts {

    /** Event ids of what people wrote down; a carrier's interface may not use them. */
    static final String EVENT_PREFIX = "contact:";

    private static final int SHOWN_NOTE = 500;

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final Accounts accounts;
    private final Submissions submissions;
    private final CarrierInbox inbox;
    private final CarrierDates dates;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierTexts texts;
    private final Clock clock;

    CarrierContacts(
            JdbcClient jdbc,
            AppealService appeals,
            Accounts accounts,
            Submissions submissions,
            CarrierInbox inbox,
            CarrierDates dates,
            CaseSheet caseSheet,
            Timeline timeline,
            CarrierTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.accounts = accounts;
        this.submissions = submissions;
        this.inbox = inbox;
        this.dates = dates;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Keeps a contact.
     *
     * @param fields as form {@code contact-carrier} names them, {@code enteredHours} besides
     * @return its number
     * @throws InvalidInputException naming every wrong field
     * @throws ConflictException when the case has ended, or the carrier answers to what it never got
     */
    @Transactional
    long record(String appealNumber, String actor, Map<String, String> fields) {
        Appeal appeal = appeals.get(appealNumber);
        if (!appeal.isOpen()) {
            throw new ConflictException(texts.of("problem.closed"));
        }
        Contact contact = Contact.read(fields, LocalDate.now(clock.withZone(WorkingCalendar.ZONE)), texts);
        long id = insert(appealNumber, actor, contact);
        moveDates(appealNumber, actor, contact);
        if (contact.answer().isEvent()) {
            AppealKey key = submissions
                    .latest(appealNumber)
                    .map(Submission::key)
                    .orElseGet(() -> new AppealKey(appealNumber, 0));
            if (key.round() == 0 && contact.answer() != Contact.Answer.LIFTED) {
                throw new ConflictException(texts.of("problem.nothingSubmitted"));
            }
            Carrier carrier = accounts.get(appeal.accountId()).carrier();
            inbox.accept(carrier, event(id, key, contact), key);
        }
        List<RecordedContact> all = of(appealNumber);
        caseSheet.write(appealNumber, "contactsText", text(all, true));
        caseSheet.write(appealNumber, "contactsShown", text(all, false));
        timeline.record(appealNumber, actor, "CARRIER_CONTACTED", texts.of("answer." + contact.answer()));
        return id;
    }

    private void moveDates(String appealNumber, String actor, Contact contact) {
        switch (contact.answer()) {
            case PROMISED_DATE -> dates.promised(appealNumber, requireNonNull(contact.promisedOn()), actor);
            case EXTENSION_ASKED -> dates.extensionAsked(appealNumber);
            case EXTENSION_GRANTED -> dates.extended(appealNumber, requireNonNull(contact.extendedUntil()), actor);
            case EXTENSION_REFUSED -> dates.notExtended(appealNumber, actor);
            default -> {}
        }
    }

    private long insert(String appealNumber, String actor, Contact contact) {
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into carrier_contact (appeal_number, channel, contacted_on, answer, promised_on,
                            extended_until, note, recorded_at, recorded_by)
                        values (:appeal, :channel, :on, :answer, :promised, :extended, :note, :now, :actor)
                        """)
                .param("appeal", appealNumber)
                .param("channel", contact.channel().name())
                .param("on", contact.contactedOn())
                .param("answer", contact.answer().name())
                .param("promised", contact.promisedOn())
                .param("extended", contact.extendedUntil())
                .param("note", contact.note())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("actor", actor)
                .update(id, "id");
        return requireNonNull(id.getKey()).longValue();
    }

    private CarrierEvent event(long id, AppealKey key, Contact contact) {
        LocalDate day = contact.decidedOn() == null ? contact.contactedOn() : contact.decidedOn();
        Instant occurredAt = day.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        return switch (contact.answer()) {
            case SUPPLEMENT ->
                new CarrierEvent(
                        EVENT_PREFIX + id,
                        CarrierEvent.Type.SUPPLEMENT_REQUESTED,
                        key.toString(),
                        occurredAt,
                        null,
                        null,
                        null,
                        contact.wanted(),
                        contact.wantedBy());
            case LIFTED ->
                new CarrierEvent(
                        EVENT_PREFIX + id,
                        CarrierEvent.Type.SUSPENSION_LIFTED,
                        key.toString(),
                        occurredAt,
                        null,
                        null,
                        null,
                        null,
                        null);
            default ->
                new CarrierEvent(
                        EVENT_PREFIX + id,
                        CarrierEvent.Type.DECISION,
                        key.toString(),
                        occurredAt,
                        CarrierEvent.Decision.valueOf(contact.answer().name()),
                        contact.terms(),
                        contact.rejectionReason() == null
                                ? null
                                : List.of(new CarrierEvent.Reason(contact.rejectionReason(), null)),
                        null,
                        null);
        };
    }

    /**
     * Newest first, as much of it as a sheet entry holds.
     *
     * @param withNotes notes name people at the carrier, so they are for those who talk to it
     */
    private String text(List<RecordedContact> contacts, boolean withNotes) {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (RecordedContact contact : contacts) {
            String line = "- "
                    + texts.of(
                            "contact.line",
                            contact.contactedOn().toString(),
                            texts.of("channel." + contact.channel()),
                            said(contact),
                            withNotes ? Submissions.shortened(contact.note().replaceAll("\\s+", " "), SHOWN_NOTE) : "");
            length += line.length() + 1;
            if (length > CaseSheet.MAX_LENGTH) {
                break;
            }
            lines.add(line.strip());
        }
        return String.join("\n", lines);
    }

    /** The answer in words, with the day it names. */
    String said(RecordedContact contact) {
        String answer = texts.of("answer." + contact.answer());
        return contact.day() == null ? answer : answer + " " + contact.day();
    }

    /** The contact log of a case, newest first. */
    List<RecordedContact> of(String appealNumber) {
        return jdbc.sql("select * from carrier_contact where appeal_number = :appeal order by id desc")
                .param("appeal", appealNumber)
                .query((row, n) -> new RecordedContact(
                        row.getLong("id"),
                        ContactChannel.valueOf(row.getString("channel")),
                        row.getObject("contacted_on", LocalDate.class),
                        Contact.Answer.valueOf(row.getString("answer")),
                        row.getObject("promised_on", LocalDate.class),
                        row.getObject("extended_until", LocalDate.class),
                        row.getString("note"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("recorded_by")))
                .list();
    }
}
