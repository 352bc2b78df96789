package org.jiefeng.evidence;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.ChecklistItem.Waiver;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a case must prove, and what of it is settled: by our records, an upload, a form, or a waiver somebody answers for. */
@Service
class EvidenceChecklist {

    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final EvidenceCatalogue catalogue;
    private final EvidenceFiles files;
    private final EvidenceRounds rounds;
    private final CaseSheet caseSheet;
    private final EvidenceTexts texts;
    private final Timeline timeline;
    private final Clock clock;

    EvidenceChecklist(
            JdbcClient jdbc,
            EvidenceCatalogue catalogue,
            EvidenceFiles files,
            EvidenceRounds rounds,
            CaseSheet caseSheet,
            EvidenceTexts texts,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.files = files;
        this.rounds = rounds;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Writes the checklist of a new round. Files and waivers of earlier rounds stay, so what was settled stays settled;
     * except for what the carrier's rejection asks for: that must be brought anew in this round.
     *
     * @param codes item codes the decision asks for
     * @param anew item codes a rejection asks for, empty where there was none
     */
    @Transactional
    void prepare(String appealNumber, Collection<String> codes, Collection<String> anew) {
        Stream.concat(codes.stream(), anew.stream()).forEach(code -> {
            if (catalogue.find(code).isEmpty()) {
                throw new IllegalStateException("Evidence item " + code + " is not in the catalogue");
            }
        });
        EvidenceRound round = rounds.start(appealNumber, EvidenceRound.Kind.APPLICATION);
        jdbc.sql("update evidence_item set required = false where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .update();
        Stream.concat(codes.stream(), anew.stream()).distinct().forEach(code -> require(appealNumber, code));
        anew.forEach(code -> askAnew(round, code));
        timeline.record(appealNumber, "system", "EVIDENCE_LISTED", null);
    }

    private void require(String appealNumber, String code) {
        int known = jdbc.sql("update evidence_item set required = true where appeal_number = :appeal and code = :code")
                .param("appeal", appealNumber)
                .param("code", code)
                .update();
        if (known == 0) {
            jdbc.sql("insert into evidence_item (appeal_number, code, required) values (:appeal, :code, true)")
                    .param("appeal", appealNumber)
                    .param("code", code)
                    .update();
        }
    }

    /** A waiver from before does not count any more; who gave it and why stays in the timeline and in the sealed dossier. */
    private void askAnew(EvidenceRound round, String code) {
        jdbc.sql("""
                        update evidence_item
                        set asked_anew_in = :round, waived_by = null, waived_at = null, waiver_reason = null
                        where appeal_number = :appeal and code = :code
                          and (asked_anew_in is null or asked_anew_in <> :round)
                        """)
                .param("round", round.id())
                .param("appeal", round.appealNumber())
                .param("code", code)
                .update();
    }

    /** The items of a case in the catalogue's order: the required ones, and others that hold files. */
    List<ChecklistItem> items(String appealNumber) {
        Map<String, Row> rows = jdbc
                .sql("""
                        select code, required, waived_by, waived_at, waiver_reason, asked_anew_in from evidence_item
                        where appeal_number = :appeal
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Row(
                        row.getString("code"),
                        row.getBoolean("required"),
                        waiver(
                                row.getString("waived_by"),
                                row.getObject("waived_at", OffsetDateTime.class),
                                row.getString("waiver_reason")),
                        row.getObject("asked_anew_in", Long.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Row::code, Function.identity()));
        // Rescued recordings hold other people's voices: they count where the case asks for recordings, and nowhere
        // else.
        Set<Long> rescues = rounds.of(appealNumber).stream()
                .filter(round -> round.kind() == EvidenceRound.Kind.RESCUE)
                .map(EvidenceRound::id)
                .collect(Collectors.toSet());
        Map<String, List<EvidenceFile>> filesByItem = current(appealNumber).stream()
                .filter(file -> !rescues.contains(file.roundId()) || isRequired(rows.get(file.code())))
                .collect(Collectors.groupingBy(EvidenceFile::code));
        Map<String, String> sheet = caseSheet.texts(appealNumber);

        return catalogue.all().stream()
                .filter(type -> rows.containsKey(type.code()) || filesByItem.containsKey(type.code()))
                .map(type -> item(type, rows.get(type.code()), filesByItem.getOrDefault(type.code(), List.of()), sheet))
                .filter(item -> item.required() || !item.files().isEmpty())
                .toList();
    }

    private static boolean isRequired(@Nullable Row row) {
        return row != null && row.required();
    }

    /** All uploads, and of our own extracts those of the latest application round: they are drawn anew each time. */
    private List<EvidenceFile> current(String appealNumber) {
        long latest = rounds.latest(appealNumber, EvidenceRound.Kind.APPLICATION)
                .map(EvidenceRound::id)
                .orElse(-1L);
        return files.of(appealNumber).stream()
                .filter(file -> file.source() == EvidenceFile.Source.UPLOAD || file.roundId() == latest)
                .toList();
    }

    private static ChecklistItem item(
            EvidenceItemType type, @Nullable Row row, List<EvidenceFile> files, Map<String, String> sheet) {
        boolean answered = !type.sheetNames().isEmpty()
                && type.sheetNames().stream()
                        .allMatch(name -> !sheet.getOrDefault(name, "").isBlank());
        return new ChecklistItem(
                type,
                isRequired(row),
                files,
                answered,
                row == null ? null : row.waiver(),
                row == null ? null : row.askedAnewIn());
    }

    /** Names of the required items nothing settles. */
    List<String> missing(String appealNumber) {
        return items(appealNumber).stream()
                .filter(ChecklistItem::isMissing)
                .map(item -> item.type().name())
                .toList();
    }

    /**
     * Does without an item in this case.
     *
     * @throws InvalidInputException when no reason is given
     * @throws ConflictException when the case does not ask for the item or is closed to changes
     */
    @Transactional
    void waive(String appealNumber, String code, String reason, String actor) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > LONGEST_REASON) {
            throw new InvalidInputException("reason", texts.of("waiver.reason", String.valueOf(LONGEST_REASON)));
        }
        boolean changeable = rounds.latest(appealNumber, EvidenceRound.Kind.APPLICATION)
                .map(rounds::hold)
                .filter(round -> round.isOpen() || round.state() == EvidenceRound.State.IN_REVIEW)
                .isPresent();
        if (!changeable) {
            throw new ConflictException(texts.of("closed"));
        }
        int waived = jdbc.sql("""
                        update evidence_item set waived_by = :actor, waived_at = :now, waiver_reason = :reason
                        where appeal_number = :appeal and code = :code and required
                        """)
                .param("actor", actor)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("reason", given)
                .param("appeal", appealNumber)
                .param("code", code)
                .update();
        if (waived == 0) {
            throw new ConflictException(texts.of("waiver.unknown"));
        }
        timeline.record(
                appealNumber,
                actor,
                "ITEM_WAIVED",
                catalogue.find(code).map(EvidenceItemType::name).orElse(code));
    }

    /** The codes of a comma-joined process variable. */
    static List<String> codes(String joined) {
        return Arrays.stream(joined.split(","))
                .map(String::strip)
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private static @Nullable Waiver waiver(@Nullable String by, @Nullable OffsetDateTime at, @Nullable String reason) {
        return by == null
                ? null
                : new Waiver(by, Objects.requireNonNull(at).toInstant(), Objects.requireNonNull(reason));
    }

    private record Row(
            String code,
            boolean required,
            @Nullable Waiver waiver,
            @Nullable Long askedAnewIn) {}
}
