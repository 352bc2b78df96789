package org.jiefeng.calling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts call lists, complaints and consents of the suspended account into the evidence of a case (R14, R75). */
@Component
class CallEvidence implements CaseRecords {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(SHANGHAI);

    private static final List<String> CALL = List.of("time", "callee", "seconds", "outcome", "script");

    private static final List<String> CALLEE = List.of("callee", "calls", "answered", "first", "last");

    private final CallingRecords records;
    private final CallingTexts texts;
    private final CallingProperties properties;

    CallEvidence(CallingRecords records, CallingTexts texts, CallingProperties properties) {
        this.records = records;
        this.texts = texts;
        this.properties = properties;
    }

    @Override
    public List<Extract> of(Appeal appeal) {
        Instant to = appeal.openedAt();
        Instant from = to.minus(java.time.Duration.ofDays(properties.evidenceDays()));
        List<Call> calls = records.callsOfAccount(appeal.accountId(), from, to);
        List<String> columns = columns(CALL, texts::of);
        List<List<String>> rows = rows(calls, texts::of);
        List<List<String>> byCallee = byCallee(calls);
        LocalDate first = LocalDate.ofInstant(from, SHANGHAI);
        LocalDate last = LocalDate.ofInstant(to, SHANGHAI);
        Printed printed =
                new Printed(first, last, total(calls), columns(CALL, texts::chinese), rows(calls, texts::chinese));
        return List.of(
                new Extract("CALL_RECORDS", "call-records", columns, rows, printed),
                new Extract("TIMESTAMPED_CALL_LIST", "call-list-with-times", columns, rows, printed),
                new Extract("THIRTY_DAY_RECORDS", "records-before-suspension", columns, rows, printed),
                new Extract(
                        "CALL_LIST",
                        "call-list",
                        columns(CALLEE, texts::of),
                        byCallee,
                        new Printed(first, last, total(calls), columns(CALLEE, texts::chinese), byCallee)),
                new Extract(
                        "CONSENT_PROOF",
                        "consents",
                        columns(List.of("reference", "callee", "given", "channel", "validTo", "withdrawn"), texts::of),
                        records.consents(appeal.accountId(), from, to).stream()
                                .map(this::row)
                                .toList()),
                new Extract(
                        "COMPLAINT_RECORDS",
                        "complaints",
                        columns(
                                List.of("reference", "received", "callee", "source", "kind", "answeredAt", "answer"),
                                texts::of),
                        records.complaints(appeal.employeeId(), from, to).stream()
                                .map(this::row)
                                .toList()));
    }

    private static List<String> columns(List<String> names, UnaryOperator<String> text) {
        return names.stream().map(name -> text.apply("column." + name)).toList();
    }

    private static List<List<String>> rows(List<Call> calls, UnaryOperator<String> text) {
        return calls.stream()
                .map(call -> List.of(
                        SECONDS.format(call.startedAt()),
                        call.calleeMask(),
                        String.valueOf(call.durationSeconds()),
                        text.apply("outcome." + call.outcome()),
                        call.scriptCode() == null ? "" : call.scriptCode()))
                .toList();
    }

    private String total(List<Call> calls) {
        long seconds = calls.stream().mapToLong(Call::durationSeconds).sum();
        return texts.chinese("total", String.valueOf(calls.size()), String.valueOf(seconds));
    }

    private List<String> row(Consent consent) {
        return List.of(
                consent.reference(),
                consent.calleeMask(),
                SECONDS.format(consent.givenAt()),
                texts.of("channel." + consent.channel()),
                time(consent.validTo()),
                time(consent.withdrawnAt()));
    }

    private List<String> row(Complaint complaint) {
        return List.of(
                complaint.reference(),
                SECONDS.format(complaint.receivedAt()),
                complaint.calleeMask(),
                texts.of("source." + complaint.source()),
                texts.of("kind." + complaint.kind()),
                time(complaint.answeredAt()),
                complaint.answer() == null ? "" : complaint.answer());
    }

    private static List<List<String>> byCallee(List<Call> calls) {
        Map<String, List<Call>> byCallee = new LinkedHashMap<>();
        calls.forEach(call -> byCallee.computeIfAbsent(call.calleeIndex(), index -> new ArrayList<>())
                .add(call));
        Function<Call, String> time = call -> SECONDS.format(call.startedAt());
        return byCallee.values().stream()
                .map(of -> List.of(
                        of.get(0).calleeMask(),
                        String.valueOf(of.size()),
                        String.valueOf(of.stream()
                                .filter(call -> call.outcome() == Call.Outcome.ANSWERED)
                                .count()),
                        time.apply(of.get(0)),
                        time.apply(of.get(of.size() - 1))))
                .toList();
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "" : SECONDS.format(instant);
    }
}
