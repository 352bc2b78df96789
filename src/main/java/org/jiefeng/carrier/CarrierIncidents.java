package org.jiefeng.carrier;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseTasks;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.Incidents.Incident;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.calendar.WorkingCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several numbers that one action of a carrier suspended, handed in and asked about at once. Each case moves by its own
 * task in a transaction of its own, and is decided on its own.
 */
@Service
class CarrierIncidents {

    static final String HAND_IN = "Task_SubmitThroughPortal";
    static final String CONTACT = "Task_ContactCarrier";

    /** What a carrier can say about all numbers at once; whatever moves a case is said of each. */
    static final Set<Contact.Answer> SHARED = EnumSet.of(Contact.Answer.NO_NEWS, Contact.Answer.PROMISED_DATE);

    private static final Logger LOG = LoggerFactory.getLogger(CarrierIncidents.class);

    private final Incidents incidents;
    private final AppealService appeals;
    private final Accounts accounts;
    private final CarrierAccess access;
    private final Submissions submissions;
    private final CarrierContacts contacts;
    private final CaseTasks tasks;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CarrierTexts texts;
    private final Clock clock;

    CarrierIncidents(
            Incidents incidents,
            AppealService appeals,
            Accounts accounts,
            CarrierAccess access,
            Submissions submissions,
            CarrierContacts contacts,
            CaseTasks tasks,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            CarrierTexts texts,
            Clock clock) {
        this.incidents = incidents;
        this.appeals = appeals;
        this.accounts = accounts;
        this.access = access;
        this.submissions = submissions;
        this.contacts = contacts;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.texts = texts;
        this.clock = clock;
    }

    /** What became of one case. */
    public record Result(String appealNumber, boolean good, String text) {}

    /**
     * Puts appeals of one carrier into an incident.
     *
     * @throws InvalidInputException when the reference is none, or nothing was chosen
     * @throws ConflictException when they are not all open cases of one carrier
     */
    Incident group(String reference, Collection<String> chosen, Authentication actor) {
        String named = reference.strip();
        if (!named.matches(Incidents.REFERENCE)) {
            throw new InvalidInputException("reference", texts.of("problem.incidentReference"));
        }
        if (chosen.isEmpty()) {
            throw new InvalidInputException("number", texts.of("problem.noneChosen"));
        }
        List<Appeal> members =
                chosen.stream().map(number -> access.writable(number, actor)).toList();
        List<Carrier> carriers = members.stream().map(this::carrier).distinct().toList();
        if (carriers.size() > 1 || members.stream().anyMatch(appeal -> !appeal.isOpen())) {
            throw new ConflictException(texts.of("problem.oneCarrier"));
        }
        return transaction.execute(status -> {
            Incident incident = null;
            for (Appeal appeal : members) {
                incident = incidents.join(appeal.number(), carriers.get(0).name(), named, actor.getName());
            }
            return Objects.requireNonNull(incident);
        });
    }

    Carrier carrier(Appeal appeal) {
        return accounts.get(appeal.accountId()).carrier();
    }

    /** Whether a case waits to be handed in by this person or by nobody in particular. */
    boolean isReady(String appealNumber, String userId) {
        return tasks.find(appealNumber, HAND_IN)
                .filter(task -> task.isFreeFor(userId))
                .isPresent();
    }

    /**
     * Records one submission for several cases: each case's own task is done with the same ticket. What was done already
     * under this ticket is said so and stays as it is.
     *
     * @param fields as form {@code submit-through-portal} names them
     * @throws InvalidInputException naming every wrong field; nothing was recorded then
     */
    List<Result> handIn(
            Incident incident, Collection<String> chosen, Map<String, String> fields, Authentication actor) {
        ManualSubmission given = ManualSubmission.read(fields);
        List<FieldProblem> problems = given.problems(Instant.EPOCH, clock.instant(), texts);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return each(incident, chosen, actor, number -> {
            if (tasks.find(number, HAND_IN).isEmpty()) {
                boolean known = submissions
                        .latest(number)
                        .filter(submission -> submission.state() == Submission.State.SUBMITTED
                                && given.ticket().equals(submission.reference()))
                        .isPresent();
                return known
                        ? new Result(number, true, texts.of("incident.already", given.ticket()))
                        : new Result(number, false, texts.of("incident.notWaiting"));
            }
            tasks.complete(number, HAND_IN, actor.getName(), fields);
            return new Result(number, true, texts.of("incident.handedIn", given.ticket()));
        });
    }

    /**
     * Records one contact for several cases, in the task that waits for one where there is one.
     *
     * @param fields as form {@code contact-carrier} names them
     * @param batch the number of the form it was typed into: a form sent twice is recorded once
     * @throws InvalidInputException naming every wrong field; nothing was recorded then
     */
    List<Result> contact(
            Incident incident,
            Collection<String> chosen,
            Map<String, String> fields,
            String batch,
            Authentication actor) {
        if (SHARED.stream().noneMatch(answer -> answer.name().equals(fields.get("contactAnswer")))) {
            throw new InvalidInputException("contactAnswer", texts.of("problem.eachItsOwn"));
        }
        Contact.read(fields, LocalDate.now(clock.withZone(WorkingCalendar.ZONE)), texts);
        if (!batch.matches("[0-9a-f-]{36}")) {
            throw new InvalidInputException("batch", texts.of("problem.choose"));
        }
        return each(incident, chosen, actor, number -> {
            try {
                transaction.executeWithoutResult(status -> {
                    jdbc.sql("insert into incident_contact (batch, appeal_number) values (:batch, :appeal)")
                            .param("batch", batch)
                            .param("appeal", number)
                            .update();
                    if (tasks.find(number, CONTACT)
                            .filter(task -> task.isFreeFor(actor.getName()))
                            .isPresent()) {
                        tasks.complete(number, CONTACT, actor.getName(), fields);
                    } else {
                        contacts.record(number, actor.getName(), fields);
                    }
                });
                return new Result(number, true, texts.of("incident.contacted"));
            } catch (DuplicateKeyException e) {
                return new Result(number, true, texts.of("incident.contactedAlready"));
            }
        });
    }

    /** One case's trouble is no other's: each gets its own answer. */
    private List<Result> each(
            Incident incident, Collection<String> chosen, Authentication actor, Function<String, Result> step) {
        Set<String> members = Set.copyOf(incidents.appeals(incident.id()));
        List<Result> results = new ArrayList<>();
        for (String number :
                chosen.stream().distinct().filter(members::contains).toList()) {
            try {
                access.writable(number, actor);
                results.add(step.apply(number));
            } catch (AccessDeniedException e) {
                results.add(new Result(number, false, texts.of("incident.own")));
            } catch (ConflictException e) {
                results.add(new Result(number, false, String.valueOf(e.getMessage())));
            } catch (InvalidInputException e) {
                results.add(new Result(number, false, e.problems().get(0).reason()));
            } catch (RuntimeException e) {
                LOG.warn("Appeal {} of incident {} could not be recorded", number, incident.id(), e);
                results.add(new Result(number, false, texts.of("incident.failed")));
            }
        }
        if (results.isEmpty()) {
            throw new InvalidInputException("number", texts.of("problem.noneChosen"));
        }
        return results;
    }
}
