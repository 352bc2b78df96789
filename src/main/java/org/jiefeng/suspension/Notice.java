package org.jiefeng.suspension;

import java.time.Instant;
import java.time.LocalDate;
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
 * @param forwardedOn the day 12321 passed on the complaint that led to the suspension
 * @param forwardedReference its number there
 * @param incidentReference what several numbers have in common that one action of the carrier suspended
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
        @Nullable String creditCodeOverride,
        @Nullable LocalDate forwardedOn,
        @Nullable String forwardedReference,
        @Nullable String incidentReference) {

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
        Stream<Object> always = Stream.of(
                carrier,
                source,
                mobile,
                state,
                restrictionType,
                causes,
                subCauses,
                suspendedAt,
                String.valueOf(expiresAt),
                String.valueOf(noticeCode),
                String.valueOf(ruleCode),
                String.valueOf(noticeText),
                String.valueOf(statedReason),
                String.valueOf(remedyChannel),
                String.valueOf(requiredMaterials),
                String.valueOf(iccid),
                String.valueOf(idNumber),
                String.valueOf(socialCreditCode),
                String.valueOf(creditCodeOverride));
        // Only where there is something: the fingerprints of notices from before these fields must stay what they are.
        Stream<Object> forwarded = forwardedOn == null
                ? Stream.empty()
                : Stream.of("forwarded", forwardedOn, String.valueOf(forwardedReference));
        Stream<Object> incident = incidentReference == null ? Stream.empty() : Stream.of("incident", incidentReference);
        return Stream.of(always, forwarded, incident)
                .flatMap(parts -> parts)
                .map(String::valueOf)
                .collect(Collectors.joining("\u001f"));
    }

    /** Without what identifies a person. */
    @Override
    public String toString() {
        return "Notice[" + noticeId + "]";
    }
}
