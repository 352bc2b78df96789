package org.jiefeng.carrier;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Where a liaison sees a case's way to the carrier and writes down an answer, whether or not a task asks for it. */
@Controller
@RequestMapping("/carrier/appeals/{number}")
@PreAuthorize(CarrierAccess.DESK)
class CarrierPage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private static final List<String> FACTS =
            List.of("employeeName", "accountMask", "carrierName", "causeNames", "suspendedOn", "reviewDueOn");

    private final CarrierAccess access;
    private final Submissions submissions;
    private final CarrierInbox inbox;
    private final CarrierContacts contacts;
    private final DueDates dueDates;
    private final CarrierReceipts receipts;
    private final Incidents incidents;
    private final CarrierDisclosures disclosures;
    private final DisclosureLog log;
    private final CaseSheet caseSheet;
    private final CarrierTexts texts;
    private final Locale locale;

    CarrierPage(
            CarrierAccess access,
            Submissions submissions,
            CarrierInbox inbox,
            CarrierContacts contacts,
            DueDates dueDates,
            CarrierReceipts receipts,
            Incidents incidents,
            CarrierDisclosures disclosures,
            DisclosureLog log,
            CaseSheet caseSheet,
            CarrierTexts texts,
            Locale deploymentLocale) {
        this.access = access;
        this.submissions = submissions;
        this.inbox = inbox;
        this.contacts = contacts;
        this.dueDates = dueDates;
        this.receipts = receipts;
        this.incidents = incidents;
        this.disclosures = disclosures;
        this.log = log;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.locale = deploymentLocale;
    }

    /** A round as the page shows it. */
    public record RoundView(int round, String state, String channel, String reference, String submittedAt) {}

    /** An answer as the page shows it. */
    public record AnswerView(String receivedAt, int round, String answer, String state) {}

    /** A contact as the page shows it. */
    public record ContactView(String on, String channel, String answer, String note, String by) {}

    /** A date as the page shows it, those that no longer count included. */
    public record DateView(String kind, String due, String reason, String at, String by) {}

    /** A receipt as the page shows it. */
    public record ReceiptView(String submission, String name, String href, String digest, String at, String by) {}

    /** A disclosure as the page shows it. */
    public record DisclosureView(String at, String recipient, String purpose, String items, String by) {}

    @GetMapping
    String show(@PathVariable String number, Model model, Authentication reader) {
        return page(number, model, reader, Map.of());
    }

    @PostMapping("/contacts")
    String record(
            @PathVariable String number, @RequestParam Map<String, String> fields, Model model, Authentication writer) {
        try {
            access.writable(number, writer);
            contacts.record(number, writer.getName(), fields);
            return "redirect:/carrier/appeals/" + number;
        } catch (InvalidInputException e) {
            model.addAttribute(
                    "problems", e.problems().stream().map(this::named).toList());
        } catch (ConflictException e) {
            model.addAttribute("problems", List.of(String.valueOf(e.getMessage())));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return page(number, model, writer, fields);
    }

    /** Takes the carrier's receipt as a file. */
    @PostMapping(path = "/receipts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String receipt(@PathVariable String number, @RequestParam MultipartFile file, Model model, Authentication writer)
            throws IOException {
        try {
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            receipts.take(access.writable(number, writer), name, file, writer.getName());
            return "redirect:/carrier/appeals/" + number + "#receipts";
        } catch (InvalidInputException e) {
            model.addAttribute(
                    "problems", e.problems().stream().map(FieldProblem::reason).toList());
        } catch (ConflictException e) {
            model.addAttribute("problems", List.of(String.valueOf(e.getMessage())));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return page(number, model, writer, Map.of());
    }

    /** Shows the numbers once; who wants to see them again says again what for. */
    @PostMapping("/numbers")
    String numbers(
            @PathVariable String number,
            @RequestParam CarrierDisclosures.Purpose purpose,
            Model model,
            Authentication reader) {
        try {
            model.addAttribute(
                    "identity", disclosures.show(access.writable(number, reader), purpose, reader.getName()));
        } catch (ConflictException e) {
            model.addAttribute("problems", List.of(String.valueOf(e.getMessage())));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return page(number, model, reader, Map.of());
    }

    private String named(FieldProblem problem) {
        return texts.of("page." + problem.field()) + ": " + problem.reason();
    }

    /** @param typed what was typed already, so that a mistake costs nobody their text */
    private String page(String number, Model model, Authentication reader, Map<String, String> typed) {
        Appeal appeal;
        try {
            appeal = access.readable(number);
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Map<String, String> sheet = caseSheet.texts(number);
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("number", number);
        model.addAttribute(
                "facts",
                FACTS.stream()
                        .filter(fact -> !sheet.getOrDefault(fact, "").isBlank())
                        .toList());
        model.addAttribute("sheet", sheet);
        model.addAttribute("typed", typed);
        model.addAttribute("incident", incidents.of(number).orElse(null));
        model.addAttribute(
                "rounds", submissions.of(number).stream().map(this::view).toList());
        model.addAttribute(
                "receipts", receipts.of(number).stream().map(this::view).toList());
        model.addAttribute("receiptsTaken", receipts.areTaken(appeal));
        model.addAttribute("answers", inbox.of(number).stream().map(this::view).toList());
        model.addAttribute(
                "contacts", contacts.of(number).stream().map(this::view).toList());
        model.addAttribute(
                "disclosures", log.of(number).stream().map(this::view).toList());
        model.addAttribute("dates", dueDates.of(number).stream().map(this::view).toList());
        model.addAttribute("purposes", CarrierDisclosures.Purpose.values());
        model.addAttribute("channels", ContactChannel.values());
        model.addAttribute("kinds", Contact.Answer.values());
        model.addAttribute("reasons", Contact.REASONS);
        model.addAttribute("writable", appeal.isOpen() && isWritable(number, reader));
        return "carrier-appeal";
    }

    private boolean isWritable(String number, Authentication reader) {
        try {
            access.writable(number, reader);
            return true;
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    private RoundView view(Submission submission) {
        return new RoundView(
                submission.key().round(),
                texts.of("state." + submission.state()),
                submission.channel() == null ? "" : texts.of("channel." + submission.channel()),
                submission.reference() == null ? "" : submission.reference(),
                shown(submission.submittedAt()));
    }

    private AnswerView view(InboxEntry entry) {
        CarrierEvent event = entry.event();
        String answer =
                event.decision() == null ? texts.of("event." + event.type()) : texts.of("decision." + event.decision());
        return new AnswerView(
                shown(entry.receivedAt()), entry.key().round(), answer, texts.of("inbox." + entry.state()));
    }

    private ContactView view(RecordedContact contact) {
        return new ContactView(
                contact.contactedOn().toString(),
                texts.of("channel." + contact.channel()),
                contacts.said(contact),
                contact.note(),
                contact.recordedBy());
    }

    private DateView view(DueDates.Entry entry) {
        return new DateView(
                texts.of("date." + entry.kind()),
                shown(entry.dueAt()),
                texts.of("dateReason." + entry.reason()),
                shown(entry.setAt()),
                entry.setBy());
    }

    private ReceiptView view(ReceiptFiles.Receipt receipt) {
        return new ReceiptView(
                receipt.submission(),
                receipt.name(),
                receipt.link(),
                receipt.sha256(),
                shown(receipt.addedAt()),
                receipt.addedBy());
    }

    private DisclosureView view(DisclosureLog.Entry entry) {
        return new DisclosureView(shown(entry.at()), entry.recipient(), entry.purpose(), entry.items(), entry.by());
    }

    private static String shown(@Nullable Instant moment) {
        return moment == null ? "" : SHOWN.format(moment);
    }
}
