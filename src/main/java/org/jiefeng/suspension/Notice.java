package org.jiefeng.suspension;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * A valid notice.
 *
 * @param idNumber of the registered user; compared with the one on file and not kept (PIPL art. 6)
 * @param creditCodeOverride why a social credit code that fails its checksum is right all the same
 */
record Notice(
        String noticeId,
        Carrier carrier,
        Source source,
        String mobile,
        State state,
        RestrictionType restrictionType,
        SortedSet<Cause> causes,
        List<String> subCauses,
        Instant suspendedAt,
        @Nullable Instant expiresAt,
        @Nullable String noticeCode,
        @Nullable String ruleCode,
        @Nullable String noticeText,
        @Nullable String statedReason,
        @Nullable String remedyChannel,
        @Nullable String requiredMaterials,
        @Nullable String iccid,
        @Nullable String idNumber,
        @Nullable String socialCreditCode,
        @Nullable String creditCodeOverride) {

    /** Who suspended. */
    enum Source {
        CARRIER,
        INTERNAL
    }

    /** What was done to the account (R7). */
    enum State {
        SUSPENDED,
        UNDER_REVIEW
    }

    /** Everything the notice says, in one text; two notices with equal content are the same notice. */
    String content() {
        // Only line breaks and tabs pass the validation, so the separator never occurs in a field.
        return Stream.of(
                        carrier,
                        source,
                        mobile,
                        state,
                        restrictionType,
                        causes,
                        subCauses,
                        suspendedAt,
                        expiresAt,
                        noticeCode,
                        ruleCode,
                        noticeText,
                        statedReason,
                        remedyChannel,
                        requiredMaterials,
                        iccid,
                        idNumber,
                        socialCreditCode,
                        creditCodeOverride)
                .map(String::valueOf)
                .collect(Collectors.joining("\u001f"));
    }

    /** Without what identifies a person. */
    @Override
    public String toString() {
        return "Notice[" + noticeId + "]";
    }
}
