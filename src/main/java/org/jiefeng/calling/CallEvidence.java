package org.jiefeng.calling;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts call lists, complaints and consents of the suspended account into the evidence of a case (R14, R75). */
@Component
class CallEvidence implements CaseRecords {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

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
        List<List<String>> rows = calls.stream().map(this::row).toList();
        List<String> columns = columns("time", "callee", "seconds", "outcome", "script");
        return List.of(
                new Extract("CALL_RECORDS", "call-records", columns, rows),
                new Extract("TIMESTAMPED_CALL_LIST", "call-list-with-times", columns, rows),
                new Extract("THIRTY_DAY_RECORDS", "records-before-suspension", columns, rows),
                new Extract(
                        "CALL_LIST",
                        "call-list",
                        columns("callee", "calls", "answered", "first", "last"),
                        byCallee(calls)),
                new Extract(
                        "CONSENT_PROOF",
                        "consents",
                        columns("reference", "callee", "given", "channel", "validTo", "withdrawn"),
                        records.consents(appeal.accountId(), from, to).stream()
                                .map(this::row)
                                .toList()),
                new Extract(
                        "COMPLAINT_RECORDS",
                        "complaints",
                        columns("reference", "received", "callee", "source", "kind", "answeredAt", "answer"),
                        records.complaints(appeal.employeeId(), from, to).stream()
                                .map(this::row)
                                .toList()));
    }

    private List<String> columns(String... names) {
        return Stream.of(names).map(name -> texts.of("column." + name)).toList();
    }

    private List<String> row(Call call) {
        return List.of(
                SECONDS.format(call.startedAt()),
                call.calleeMask(),
                String.valueOf(call.durationSeconds()),
                texts.of("outcome." + call.outcome()),
                call.scriptCode() == null ? "" : call.scriptCode());
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
