package org.jiefeng.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the "Cases" pages in Cockpit read; there is nothing here that changes anything. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit", description = "Cases, running and ended, for those who look into them; reads only")
class CaseApi {

    private static final String READERS = "hasAnyAuthority('auditors', 'compliance')";
    private static final String READERS_OF_FIGURES = "hasAnyAuthority('auditors', 'compliance', 'process-owners')";
    private static final ZoneId SHANGHAI = WorkingCalendar.ZONE;
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(SHANGHAI);
    private static final int DAYS_COUNTED = 90;
    private static final List<String> COLUMNS =
            List.of("number", "employeeId", "carrier", "account", "causes", "stage", "outcome", "opened", "closed");
    private static final List<String> CAUSES = List.of(
            "HIGH_FREQUENCY",
            "COMPLAINT",
            "OUT_OF_HOURS",
            "NO_CONSENT",
            "FALSE_ADVERTISING",
            "EXPIRED_DOCUMENTS",
            "REALNAME_MISMATCH",
            "SUSPECTED_FRAUD",
            "ARREARS",
            "CARRIER_POLICY");

    private final CaseSearch search;
    private final CaseHistory history;
    private final CaseRecord records;
    private final CaseFigures statistics;
    private final AppealService appeals;
    private final Timeline timeline;
    private final DisclosureLog disclosures;
    private final MessageSource messages;
    private final Clock clock;

    CaseApi(
            CaseSearch search,
            CaseHistory history,
            CaseRecord records,
            CaseFigures statistics,
            AppealService appeals,
            Timeline timeline,
            DisclosureLog disclosures,
            MessageSource messages,
            Clock clock) {
        this.search = search;
        this.history = history;
        this.records = records;
        this.statistics = statistics;
        this.appeals = appeals;
        this.timeline = timeline;
        this.disclosures = disclosures;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * What the reader may open, and every text of the pages.
     *
     * @param history past variables and interventions, which are for auditors only
     * @param file whether this deployment hands out audit files
     */
    record Desk(
            boolean cases,
            boolean history,
            boolean statistics,
            boolean file,
            boolean mayChange,
            Map<String, String> texts,
            Map<String, String> carriers,
            Map<String, String> causes,
            Map<String, String> outcomes,
            Map<String, String> stages) {}

    /** A case as a line. */
    record Line(
            String number,
            String employeeId,
            @Nullable String employee,
            String carrier,
            String account,
            String causes,
            String stage,
            @Nullable String outcome,
            String openedAt,
            @Nullable String closedAt) {}

    /** A page of the search. */
    record Result(long total, int page, int size, List<Line> cases) {}

    /** One entry of the timeline. */
    record Entry(
            String at, String by, String what, @Nullable String detail) {}

    /** A case as a whole, without personal data in clear. */
    record CaseView(
            Line summary,
            List<CaseHistory.Run> processes,
            List<Entry> timeline,
            List<CaseRecord.Contact> contacts,
            List<CaseRecord.Evidence> evidence,
            List<DisclosureLog.Entry> disclosures) {}

    /** One process of a case with its diagram. */
    record ProcessView(CaseHistory.Details details, String diagram) {}

    /** The figures of a period. */
    record Figures(
            LocalDate from,
            LocalDate to,
            List<CaseFigures.Process> processes,
            String process,
            String diagram,
            List<CaseFigures.StepFigures> steps,
            List<CaseFigures.OutcomeFigures> outcomes) {}

    @GetMapping("/desk")
    @PreAuthorize(READERS_OF_FIGURES)
    @Operation(summary = "Which pages the reader may open, and their texts")
    Desk desk(@RequestParam(defaultValue = "en") String language, Authentication reader) {
        Locale locale = locale(language);
        boolean cases = isIn(reader, "auditors") || isIn(reader, "compliance");
        boolean owner = isIn(reader, "process-owners");
        Map<String, String> texts = new TreeMap<>();
        ResourceBundle bundle = ResourceBundle.getBundle(
                "i18n/cases",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
        bundle.keySet().forEach(key -> texts.put(key.replaceFirst("^cases\\.", ""), bundle.getString(key)));
        return new Desk(
                cases,
                isIn(reader, "auditors"),
                cases || owner,
                isIn(reader, "auditors"),
                owner,
                texts,
                names(Stream.of(Carrier.values()), "carrier.", locale),
                names(CAUSES.stream(), "cause.", locale),
                names(Stream.of(Outcome.values()), "timeline.CLOSED_", locale),
                names(Stream.of(Stage.values()), "stage.", locale));
    }

    private Map<String, String> names(Stream<?> codes, String prefix, Locale locale) {
        return codes.map(String::valueOf)
                .collect(Collectors.toMap(
                        code -> code, code -> text(prefix + code, locale), (one, other) -> one, LinkedHashMap::new));
    }

    @GetMapping("/cases")
    @PreAuthorize(READERS)
    @Operation(summary = "Search of running and ended cases")
    Result cases(
            Criteria criteria,
            @RequestParam(defaultValue = "OPENED") CaseSearch.Order order,
            @RequestParam(defaultValue = "false") boolean ascending,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            @RequestParam(defaultValue = "en") String language) {
        CaseSearch.Page found = search.page(criteria.wanted(), order, ascending, page, size);
        Locale locale = locale(language);
        return new Result(
                found.total(),
                page,
                size,
                found.cases().stream().map(one -> line(one, locale)).toList());
    }

    /** The search as it stands in an address; what is empty is not asked about. */
    record Criteria(
            @Nullable String number,
            @Nullable String person,
            @Nullable Carrier carrier,
            @Nullable String cause,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate openedFrom,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate openedTo,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate closedFrom,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate closedTo,

            @Nullable Outcome outcome,
            @Nullable Stage stage,
            CaseSearch.@Nullable State state) {

        private CaseSearch.Wanted wanted() {
            return new CaseSearch.Wanted(
                    filled(number),
                    filled(person),
                    carrier,
                    filled(cause),
                    openedFrom,
                    openedTo,
                    closedFrom,
                    closedTo,
                    outcome,
                    stage,
                    Objects.requireNonNullElse(state, CaseSearch.State.ALL));
        }

        private static @Nullable String filled(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    private Line line(CaseSearch.Found found, Locale locale) {
        return new Line(
                found.number(),
                found.employeeId(),
                found.employeeName(),
                text("carrier." + found.carrier(), locale),
                found.account(),
                found.causes().stream()
                        .map(cause -> text("cause." + cause, locale))
                        .collect(Collectors.joining(", ")),
                text("stage." + found.stage(), locale),
                found.outcome() == null ? null : text("timeline.CLOSED_" + found.outcome(), locale),
                SHOWN.format(found.openedAt()),
                found.closedAt() == null ? null : SHOWN.format(found.closedAt()));
    }

    @GetMapping(path = "/cases.csv", produces = "text/csv")
    @PreAuthorize(READERS)
    @Operation(summary = "The same search as a table for spreadsheets; people by user id only")
    void csv(Criteria criteria, @RequestParam(defaultValue = "en") String language, HttpServletResponse response)
            throws IOException {
        Locale locale = locale(language);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("cases-" + LocalDate.now(clock.withZone(SHANGHAI)) + ".csv")
                        .build()
                        .toString());
        Writer out = response.getWriter();
        // Spreadsheets take the text for UTF-8 only when it says so.
        out.write('\ufeff');
        write(
                out,
                COLUMNS.stream()
                        .map(column -> text("cases.column." + column, locale))
                        .toList());
        search.forEach(criteria.wanted(), found -> {
            Line line = line(found, locale);
            write(
                    out,
                    List.of(
                            line.number(),
                            line.employeeId(),
                            line.carrier(),
                            line.account(),
                            line.causes(),
                            line.stage(),
                            Objects.requireNonNullElse(line.outcome(), ""),
                            line.openedAt(),
                            Objects.requireNonNullElse(line.closedAt(), "")));
        });
    }

    private static void write(Writer out, List<String> cells) {
        try {
            out.write(cells.stream().map(CaseApi::cell).collect(Collectors.joining(",", "", "\r\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell that a spreadsheet would run as a formula becomes text. */
    static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @GetMapping("/cases/{number}")
    @PreAuthorize(READERS)
    @Operation(summary = "One case: its processes, timeline, contacts, files without content, and who was shown what")
    CaseView one(@PathVariable String number, @RequestParam(defaultValue = "en") String language) {
        Appeal appeal = appeals.get(number);
        Locale locale = locale(language);
        Line summary = search
                .page(
                        new CaseSearch.Wanted(
                                appeal.number(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                CaseSearch.State.ALL),
                        CaseSearch.Order.NUMBER,
                        true,
                        0,
                        1)
                .cases()
                .stream()
                .map(found -> line(found, locale))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No appeal " + number));
        return new CaseView(
                summary,
                history.runs(number),
                timeline.entries(number).stream()
                        .map(entry -> new Entry(
                                SHOWN.format(entry.happenedAt()),
                                entry.actor(),
                                text("timeline." + entry.kind(), locale),
                                entry.detail() == null ? null : CaseHistory.masked(entry.detail())))
                        .toList(),
                records.contacts(number, locale),
                records.evidence(number, locale),
                disclosures.of(number));
    }

    @GetMapping("/cases/{number}/processes/{id}")
    @PreAuthorize("hasAuthority('auditors')")
    @Operation(
            summary =
                    "One process of a case: its diagram, the path taken, variables, decisions, interventions, failures")
    ProcessView process(@PathVariable String number, @PathVariable String id) {
        CaseHistory.Details details =
                history.details(number, id).orElseThrow(() -> new NotFoundException("No such process in " + number));
        return new ProcessView(details, history.diagram(details.run().definitionId()));
    }

    @GetMapping("/decisions/{id}")
    @PreAuthorize(READERS_OF_FIGURES)
    @Operation(summary = "A decision table as it stood in one version")
    CaseHistory.Table decision(@PathVariable String id) {
        return history.table(id).orElseThrow(() -> new NotFoundException("No such decision"));
    }

    @GetMapping("/statistics")
    @PreAuthorize(READERS_OF_FIGURES)
    @Operation(summary = "How long steps take and how cases end, in a period; names nobody")
    Figures statistics(
            @RequestParam(defaultValue = "account-appeal") String process,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {
        LocalDate last = to == null ? LocalDate.ofInstant(Instant.now(clock), SHANGHAI) : to;
        LocalDate first = from == null ? last.minusDays(DAYS_COUNTED) : from;
        List<CaseFigures.Process> processes = statistics.processes();
        CaseFigures.Process chosen = processes.stream()
                .filter(one -> one.key().equals(process))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No such process"));
        return new Figures(
                first,
                last,
                processes,
                chosen.key(),
                history.diagram(chosen.definitionId()),
                statistics.steps(chosen.key(), first, last),
                statistics.outcomes(first, last));
    }

    private static boolean isIn(Authentication reader, String group) {
        return reader.getAuthorities().stream().anyMatch(authority -> group.equals(authority.getAuthority()));
    }

    private static Locale locale(String language) {
        return "zh".equals(language) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    private String text(String key, Locale locale) {
        return String.valueOf(messages.getMessage(key, null, key, locale));
    }
}
