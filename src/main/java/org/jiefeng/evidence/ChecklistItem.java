package org.jiefeng.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One point of a case's checklist with what settles it.
 *
 * @param required whether the case asks for it now
 * @param files what was brought for it
 * @param answered whether a form of the case has answered it
 * @param askedAnewIn the round in which a rejection has it brought anew, so that older files do not settle it; null where
 *     none does
 */
record ChecklistItem(
        EvidenceItemType type,
        boolean required,
        List<EvidenceFile> files,
        boolean answered,
        @Nullable Waiver waiver,
        @Nullable Long askedAnewIn) {

    /** Why an item is not needed in this case, and who answers for that. */
    record Waiver(String by, Instant at, String reason) {}

    enum Settlement {
        RECORD,
        UPLOAD,
        FORM,
        WAIVER
    }

    /** What settles the item; empty while it is missing. */
    Optional<Settlement> settlement() {
        List<EvidenceFile> counting = files.stream()
                .filter(file -> askedAnewIn == null || file.roundId() == askedAnewIn)
                .toList();
        if (counting.stream().anyMatch(file -> file.source() == EvidenceFile.Source.UPLOAD)) {
            return Optional.of(Settlement.UPLOAD);
        }
        if (!counting.isEmpty()) {
            return Optional.of(Settlement.RECORD);
        }
        if (answered) {
            return Optional.of(Settlement.FORM);
        }
        return Optional.ofNullable(waiver).map(given -> Settlement.WAIVER);
    }

    /** The waiver, when nothing else settles an item the case asks for. */
    Optional<Waiver> waiverThatCounts() {
        return required ? settlement().filter(Settlement.WAIVER::equals).map(settled -> waiver) : Optional.empty();
    }

    boolean isMissing() {
        return required && settlement().isEmpty();
    }
}
