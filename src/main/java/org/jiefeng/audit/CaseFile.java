package org.jiefeng.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.camunda.bpm.engine.IdentityService;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Identity;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.LegalPapers;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.appeal.TimelineChain;
import org.jiefeng.appeal.TimelineCheck;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The audit file of a case: one ZIP that opens without us, masked unless somebody says why not, with a manifest and what it
 * takes to check it and the timeline's chain offline.
 */
@Service
class CaseFile {

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 160;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(WorkingCalendar.ZONE);

    private static final List<String> FACTS =
            List.of("employeeName", "accountMask", "carrierName", "causeNames", "suspendedOn", "restrictionName");

    /** What a page needs that is the same in every file: where it comes from, and its name in the archive. */
    private static final Map<String, String> ASSETS = Map.of(
            "case-file/file.css", "assets/file.css",
            "case-file/file.js", "assets/file.js",
            "case-file/check.js", "assets/check.js",
            "static/vendor/bpmn-js/bpmn-navigated-viewer.production.min.js", "assets/bpmn-js/bpmn-navigated-viewer.js",
            "static/vendor/bpmn-js/bpmn-js.css", "assets/bpmn-js/bpmn-js.css",
            "static/vendor/bpmn-js/diagram-js.css", "assets/bpmn-js/diagram-js.css",
            "static/vendor/bpmn-js/LICENSE", "assets/bpmn-js/LICENSE");

    private final JdbcClient jdbc;
    private final CaseHistory history;
    private final ShownForms forms;
    private final TimelineCheck check;
    private final Timeline timeline;
    private final DisclosureLog disclosures;
    private final Accounts accounts;
    private final CaseSheet sheet;
    private final LegalPapers papers;
    private final IdentityService identities;
    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final ObjectMapper json;
    private final Clock clock;
    private final Locale locale;

    CaseFile(
            JdbcClient jdbc,
            CaseHistory history,
            ShownForms forms,
            TimelineCheck check,
            Timeline timeline,
            DisclosureLog disclosures,
            Accounts accounts,
            CaseSheet sheet,
            LegalPapers papers,
            IdentityService identities,
            ITemplateEngine templates,
            MessageSource messages,
            ObjectMapper json,
            Clock clock,
            Locale deploymentLocale) {
        this.jdbc = jdbc;
        this.history = history;
        this.forms = forms;
        this.check = check;
        this.timeline = timeline;
        this.disclosures = disclosures;
        this.accounts = accounts;
        this.sheet = sheet;
        this.papers = papers;
        this.identities = identities;
        this.templates = templates;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
        this.locale = deploymentLocale;
    }

    /** A table as the page shows it. */
    record Grid(String title, List<String> head, List<List<String>> rows) {}

    /** A letter with its words. */
    record Letter(String title, String text) {}

    /** A process with its diagram's number. */
    record Process(String title, String state, int diagram, Grid steps, List<Grid> more) {}

    /** A form as it was, its texts masked where they must be. */
    record Form(String title, String who, List<ShownForms.Part> parts) {}

    /** A decision table, and the ids of the rows that fired in this case. */
    record Decision(CaseHistory.Table table, String since, Set<String> fired, List<List<String>> asked) {}

    /** A line of the timeline. */
    record Line(long position, String at, String what, String who, String detail, String hash) {}

    /**
     * Notes that somebody takes the unmasked file, before a byte of it goes out.
     *
     * @return the reason
     * @throws InvalidInputException when there is none
     */
    @Transactional
    public String unmask(String appealNumber, @Nullable String reason, String actor) {
        String why = reason == null ? "" : reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw new InvalidInputException(
                    "reason",
                    text("file.reasonNeeded", String.valueOf(SHORTEST_REASON), String.valueOf(LONGEST_REASON)));
        }
        disclosures.record(appealNumber, actor, why, text("file.unmaskedItems"), actor);
        timeline.record(appealNumber, actor, "AUDIT_FILE_UNMASKED", null);
        return why;
    }

    /**
     * Writes the file.
     *
     * @param reason why it is unmasked; null for the masked one
     */
    void write(Appeal appeal, @Nullable String reason, String maker, OutputStream out) throws IOException {
        Masking masking = reason == null ? Masking.of(names()) : Masking.none();
        TimelineCheck.Result chain = check.check(appeal.number());
        List<CaseHistory.Details> processes =
                history.runs(appeal.number()).stream().map(history::details).toList();
        Instant now = clock.instant();
        try (ManifestZip zip = new ManifestZip(out)) {
            zip.putNextEntry(new ZipEntry("index.html"));
            Writer page = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
            templates.process(
                    "case-file",
                    new Context(locale, page(appeal, reason, maker, now, masking, chain, processes)),
                    page);
            page.flush();
            zip.closeEntry();
            zip.add(
                    "check.html",
                    templates.process("case-file-check", new Context(locale, Map.of("number", appeal.number()))));
            zip.add("assets/diagrams.js", "window.DIAGRAMS = " + json.writeValueAsString(diagrams(processes)) + ";\n");
            zip.add("assets/chain.js", "window.CHAIN = " + json.writeValueAsString(chain(chain, masking)) + ";\n");
            for (Map.Entry<String, String> asset : ASSETS.entrySet()) {
                zip.add(asset.getValue(), new ClassPathResource(asset.getKey()).getContentAsByteArray());
            }
            if (reason != null) {
                zip.folder("evidence/");
                papers.addTo(zip, appeal.number(), true);
                zip.folder("");
            }
            Map<String, Object> manifest = new LinkedHashMap<>();
            manifest.put("case", appeal.number());
            manifest.put("madeAt", now.toString());
            manifest.put("madeBy", maker);
            manifest.put("masked", reason == null);
            manifest.put("reason", reason);
            manifest.put("chain", verdict(chain));
            manifest.put("files", zip.items());
            zip.add("manifest.json", json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
            zip.add(
                    "SHA256SUMS",
                    zip.items().stream()
                            .map(item -> item.sha256() + "  " + item.path() + "\n")
                            .collect(Collectors.joining()));
        }
    }

    private static Map<String, Object> verdict(TimelineCheck.Result chain) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("intact", chain.isIntact());
        TimelineChain.Head head = chain.head();
        if (head != null) {
            verdict.put("entries", head.entries());
            verdict.put("hash", head.hash());
            verdict.put("seal", head.seal());
            verdict.put("chainedEntries", head.chainedEntries());
            verdict.put("chainedAt", Objects.toString(head.chainedAt(), null));
        }
        verdict.put("findings", chain.findings());
        return verdict;
    }

    private List<String> names() {
        return Stream.concat(
                        jdbc.sql("select name from employee").query(String.class).list().stream(),
                        identities.createUserQuery().list().stream()
                                .map(user -> (Objects.toString(user.getFirstName(), "") + " "
                                                + Objects.toString(user.getLastName(), ""))
                                        .strip()))
                .flatMap(CaseFile::spellings)
                .distinct()
                .toList();
    }

    /** People go by either half of a name that is on record in both scripts. */
    private static Stream<String> spellings(String name) {
        return Stream.of(
                name,
                name.replace(" ", ""),
                name.replaceAll("[^\\p{IsHan}]", ""),
                name.replaceAll("\\p{IsHan}", "").strip());
    }

    private Map<String, Object> page(
            Appeal appeal,
            @Nullable String reason,
            String maker,
            Instant now,
            Masking masking,
            TimelineCheck.Result chain,
            List<CaseHistory.Details> processes) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("language", locale.getLanguage());
        page.put("number", appeal.number());
        page.put("masked", reason == null);
        page.put("reason", reason);
        page.put("maker", maker);
        page.put("madeAt", SHOWN.format(now));
        page.put("intact", chain.isIntact());
        page.put(
                "findings",
                chain.findings().stream()
                        .map(found -> text(
                                "chain.finding",
                                found.appealNumber(),
                                String.valueOf(found.entry()),
                                text("chain." + found.fault())))
                        .toList());
        TimelineChain.Head head = chain.head();
        page.put("head", head);
        page.put("chainedAt", head == null || head.chainedAt() == null ? null : SHOWN.format(head.chainedAt()));
        page.put("facts", facts(appeal, reason != null, masking));
        page.put("timeline", lines(chain, masking));
        page.put("processes", processes(processes, masking));
        page.put("forms", forms(appeal, processes, masking));
        page.put("decisions", decisions(processes));
        page.put("grids", grids(appeal.number(), masking));
        page.put("letters", letters(appeal.number(), masking));
        return page;
    }

    private Map<String, String> facts(Appeal appeal, boolean whole, Masking masking) {
        Map<String, String> texts = sheet.texts(appeal.number());
        Map<String, String> facts = new LinkedHashMap<>();
        FACTS.forEach(name -> facts.put("file.fact." + name, masking.text(texts.get(name))));
        facts.put("file.fact.employeeId", appeal.employeeId());
        if (whole) {
            Identity identity = accounts.identityOf(appeal.accountId());
            facts.put("file.fact.idNumber", identity.idNumber());
            facts.put("file.fact.mobile", identity.mobile());
            facts.put("file.fact.iccid", identity.iccid());
        }
        facts.put("file.fact.stage", text("stage." + appeal.stage()));
        facts.put("file.fact.openedAt", SHOWN.format(appeal.openedAt()));
        facts.put("file.fact.outcome", appeal.outcome() == null ? "" : text("timeline.CLOSED_" + appeal.outcome()));
        facts.put("file.fact.closedAt", at(appeal.closedAt()));
        facts.values().removeIf(String::isBlank);
        return facts;
    }

    private List<Line> lines(TimelineCheck.Result chain, Masking masking) {
        return chain.links().stream()
                .map(link -> new Line(
                        link.position(),
                        SHOWN.format(link.happenedAt()),
                        messages.getMessage("timeline." + link.kind(), null, link.kind(), locale),
                        link.actor(),
                        masking.text(link.detail()),
                        link.hash()))
                .toList();
    }

    private Map<String, Object> chain(TimelineCheck.Result chain, Masking masking) {
        Map<String, Object> all = verdict(chain);
        all.put(
                "links",
                chain.links().stream()
                        .map(link -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("position", link.position());
                            one.put("previous", link.previousHash());
                            one.put("hash", link.hash());
                            // What was masked cannot be hashed again; the entry still names the one before it.
                            one.put("text", masking.leaves(link.canonical()) ? link.canonical() : null);
                            return one;
                        })
                        .toList());
        return all;
    }

    private List<Map<String, Object>> diagrams(List<CaseHistory.Details> processes) {
        return processes.stream()
                .map(process -> Map.<String, Object>of(
                        "xml",
                        history.diagram(process.run().definitionId()),
                        "flows",
                        process.flows(),
                        "open",
                        process.steps().stream()
                                .filter(step -> step.endedAt() == null)
                                .map(CaseHistory.Step::elementId)
                                .toList(),
                        "passes",
                        process.steps().stream()
                                .collect(Collectors.groupingBy(CaseHistory.Step::elementId, Collectors.counting()))))
                .toList();
    }

    private List<Process> processes(List<CaseHistory.Details> processes, Masking masking) {
        List<Process> shown = new ArrayList<>();
        for (CaseHistory.Details process : processes) {
            CaseHistory.Run run = process.run();
            Map<String, String> named = process.steps().stream()
                    .filter(step -> step.name() != null)
                    .collect(Collectors.toMap(CaseHistory.Step::elementId, step -> named(step), (one, other) -> one));
            List<Grid> more = new ArrayList<>();
            grid(
                    more,
                    "file.operations",
                    List.of("file.when", "file.who", "file.what", "file.property", "file.from", "file.to"),
                    process.operations().stream()
                            .map(one -> List.of(
                                    at(one.at()),
                                    one.by(),
                                    one.entity() + " " + one.operation(),
                                    Objects.toString(one.property(), ""),
                                    masking.text(one.from()),
                                    masking.text(one.to())))
                            .toList());
            grid(
                    more,
                    "file.variables",
                    List.of("file.when", "file.variable", "file.value", "file.who"),
                    process.variables().stream()
                            .flatMap(variable -> variable.changes().stream()
                                    .map(change -> List.of(
                                            at(change.at()),
                                            variable.name(),
                                            masking.text(change.value()),
                                            Objects.toString(change.by(), ""))))
                            .toList());
            grid(
                    more,
                    "file.troubles",
                    List.of("file.when", "file.until", "file.step", "file.state", "file.message"),
                    Stream.concat(
                                    process.incidents().stream()
                                            .map(one -> List.of(
                                                    at(one.at()),
                                                    at(one.endedAt()),
                                                    named.getOrDefault(one.elementId(), one.elementId()),
                                                    one.state(),
                                                    masking.text(one.message()))),
                                    process.failedTries().stream()
                                            .map(one -> List.of(
                                                    at(one.at()),
                                                    "",
                                                    named.getOrDefault(one.elementId(), one.elementId()),
                                                    text("file.retriesLeft", String.valueOf(one.retriesLeft())),
                                                    masking.text(one.message()))))
                            .toList());
            List<List<String>> steps = process.steps().stream()
                    .filter(step -> step.name() != null && !step.type().endsWith("Gateway"))
                    .map(step -> List.of(
                            named(step) + (step.canceled() ? " (" + text("file.canceled") + ")" : ""),
                            Objects.toString(step.who(), ""),
                            at(step.startedAt()),
                            at(step.endedAt()),
                            step.millis() == null ? "" : duration(step.millis())))
                    .toList();
            shown.add(new Process(
                    run.name() + " · v" + run.version(),
                    text("file.state." + run.state()) + " · " + at(run.startedAt()) + " – " + at(run.endedAt()),
                    shown.size(),
                    new Grid(
                            text("file.steps"),
                            Stream.of("file.step", "file.who", "file.from", "file.to", "file.howLong")
                                    .map(this::text)
                                    .toList(),
                            steps),
                    more));
        }
        return shown;
    }

    private static String named(CaseHistory.Step step) {
        return Objects.requireNonNullElse(step.name(), step.elementId()).replaceAll("\\s+", " ");
    }

    private List<Form> forms(Appeal appeal, List<CaseHistory.Details> processes, Masking masking) {
        return forms.of(appeal.number(), processes).stream()
                .map(form -> new Form(
                        form.task().replaceAll("\\s+", " "),
                        SHOWN.format(form.at()) + " · " + Objects.toString(form.who(), ""),
                        form.parts().stream()
                                .map(part -> new ShownForms.Part(
                                        part.kind(), masking.text(part.label()), answer(part, masking)))
                                .toList()))
                .toList();
    }

    private String answer(ShownForms.Part part, Masking masking) {
        return switch (part.value()) {
            case "true" -> text("file.yes");
            case "false" -> text("file.no");
            default -> masking.text(part.value());
        };
    }

    private List<Decision> decisions(List<CaseHistory.Details> processes) {
        Map<String, List<CaseHistory.Ruling>> rulings = processes.stream()
                .flatMap(process -> process.rulings().stream())
                .collect(Collectors.groupingBy(
                        CaseHistory.Ruling::definitionId, LinkedHashMap::new, Collectors.toList()));
        List<Decision> decisions = new ArrayList<>();
        rulings.forEach((definition, asked) -> history.table(definition)
                .ifPresent(table -> decisions.add(new Decision(
                        table,
                        at(table.since()),
                        asked.stream()
                                .flatMap(ruling -> ruling.fired().stream())
                                .collect(Collectors.toCollection(LinkedHashSet::new)),
                        asked.stream()
                                .map(ruling -> List.of(at(ruling.at()), values(ruling.inputs()), answers(ruling)))
                                .toList()))));
        return decisions;
    }

    private static String values(List<CaseHistory.Value> values) {
        return values.stream()
                .map(value -> value.name() + " = " + Objects.toString(value.value(), "–"))
                .collect(Collectors.joining("; "));
    }

    private static String answers(CaseHistory.Ruling ruling) {
        return ruling.result() == null ? values(ruling.outputs()) : ruling.result();
    }

    private List<Grid> grids(String number, Masking masking) {
        List<Grid> grids = new ArrayList<>();
        grid(
                grids,
                number,
                masking,
                "file.contacts",
                List.of("file.on", "file.channel", "file.answer", "file.promised", "file.note", "file.who"),
                """
                select contacted_on, channel, answer, promised_on, note, recorded_by from carrier_contact
                where appeal_number = :appeal order by id
                """);
        grid(
                grids,
                number,
                masking,
                "file.dates",
                List.of("file.kind", "file.due", "file.reason", "file.when", "file.who"),
                """
                select kind, due_at, reason, set_at, set_by from due_date where appeal_number = :appeal order by id
                """);
        grid(
                grids,
                number,
                masking,
                "file.evidence",
                List.of("file.item", "file.name", "file.size", "file.hash", "file.sealed", "file.when", "file.who"),
                """
                select code, name, size_bytes, sha256, sealed, added_at, added_by from evidence_file
                where appeal_number = :appeal order by added_at, id
                """);
        grid(
                grids,
                number,
                masking,
                "file.dossiers",
                List.of("file.kind", "file.round", "file.when", "file.hash"),
                """
                select r.kind, r.number, d.sealed_at, d.manifest_sha256 from dossier d
                join evidence_round r on r.id = d.round_id
                where r.appeal_number = :appeal order by d.sealed_at
                """);
        grid(
                grids,
                number,
                masking,
                "file.receipts",
                List.of("file.key", "file.name", "file.size", "file.hash", "file.when", "file.who"),
                """
                select submission_key, name, size_bytes, sha256, added_at, added_by from receipt_file
                where appeal_number = :appeal order by added_at
                """);
        grid(
                grids,
                number,
                masking,
                "file.disclosures",
                List.of("file.when", "file.recipient", "file.purpose", "file.items", "file.who"),
                """
                select disclosed_at, recipient, purpose, items, disclosed_by from disclosure
                where appeal_number = :appeal order by id
                """);
        return grids;
    }

    private void grid(List<Grid> grids, String number, Masking masking, String title, List<String> head, String sql) {
        grid(
                grids,
                title,
                head,
                jdbc.sql(sql)
                        .param("appeal", number)
                        .query((row, n) -> {
                            List<String> cells = new ArrayList<>();
                            for (int i = 1; i <= head.size(); i++) {
                                Object value = row.getObject(i);
                                if (value instanceof OffsetDateTime || value instanceof java.sql.Timestamp) {
                                    cells.add(at(row.getObject(i, OffsetDateTime.class)
                                            .toInstant()));
                                } else if (value instanceof Boolean flag) {
                                    cells.add(text(flag ? "file.yes" : "file.no"));
                                } else {
                                    cells.add(value instanceof Number ? value.toString() : masking.text(value));
                                }
                            }
                            return cells;
                        })
                        .list());
    }

    private void grid(List<Grid> grids, String title, List<String> head, List<? extends List<String>> rows) {
        if (!rows.isEmpty()) {
            grids.add(new Grid(
                    text(title),
                    head.stream().map(this::text).toList(),
                    rows.stream().<List<String>>map(row -> row).toList()));
        }
    }

    private List<Letter> letters(String number, Masking masking) {
        List<Letter> letters = new ArrayList<>();
        letters(letters, number, masking, "file.letter.notice", """
                select received_at, notice_id, coalesce(notice_text, '') || coalesce(chr(10) || stated_reason, '')
                    || coalesce(chr(10) || remedy_channel, '') || coalesce(chr(10) || required_materials, '')
                from notice where appeal_number = :appeal order by id
                """);
        letters(letters, number, masking, "file.letter.submission", """
                select prepared_at, submission_key, body from submission where appeal_number = :appeal order by round
                """);
        letters(letters, number, masking, "file.letter.supplement", """
                select p.recorded_at, p.supplement_key, p.body from supplement p
                join submission s on s.submission_key = p.submission_key
                where s.appeal_number = :appeal order by p.recorded_at
                """);
        letters(letters, number, masking, "file.letter.answer", """
                select received_at, kind, payload from carrier_event where appeal_number = :appeal order by id
                """);
        return letters;
    }

    private void letters(List<Letter> letters, String number, Masking masking, String kind, String sql) {
        jdbc.sql(sql)
                .param("appeal", number)
                .query((row, n) -> new Letter(
                        text(kind) + " · "
                                + at(row.getObject(1, OffsetDateTime.class).toInstant()) + " · "
                                + masking.text(row.getString(2)),
                        masking.text(readable(row.getString(3)))))
                .list()
                .forEach(letters::add);
    }

    /** What goes between systems is JSON in one line. */
    private String readable(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(text));
        } catch (IOException e) {
            return text;
        }
    }

    private static String at(@Nullable Instant time) {
        return time == null ? "" : SHOWN.format(time);
    }

    private String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toDays() > 0) {
            return text("file.days", String.valueOf(duration.toDays()), String.valueOf(duration.toHoursPart()));
        }
        if (duration.toHours() > 0) {
            return text("file.hours", String.valueOf(duration.toHours()), String.valueOf(duration.toMinutesPart()));
        }
        return text("file.minutes", String.valueOf(duration.toMinutes()), String.valueOf(duration.toSecondsPart()));
    }

    private String text(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }
}
