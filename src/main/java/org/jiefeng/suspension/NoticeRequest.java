package org.jiefeng.suspension;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A suspension notice as it is sent to us; everything is text, so that all faults can be named at once.
 *
 * @param noticeId the sender's own number of the notice; the same number twice is the same notice
 * @param source {@code CARRIER} or {@code INTERNAL} (the company suspends; domain.md §6.1)
 * @param state {@code SUSPENDED} or {@code UNDER_REVIEW} (R7)
 * @param causes codes of domain.md §2
 * @param suspendedAt date and time with offset, or local time in Asia/Shanghai
 * @param statedReason with {@code remedyChannel} and {@code requiredMaterials} what anti-fraud law art. 32 asks a notice to state
 * @param forwardedOn the day 12321 passed on the complaint behind cause {@code COMPLAINT}, such as {@code 2026-11-20}
 * @param forwardedReference the complaint's number at 12321
 * @param incidentReference the same on every notice of one action that suspended several numbers
 * @param creditCodeOverride reason why a social credit code that fails its checksum is right all the same
 */
@Schema(description = "A suspension notice")
public record NoticeRequest(
        @Nullable String noticeId,
        @Nullable String carrier,
        @Nullable String source,
        @Nullable String mobile,
        @Nullable String iccid,
        @Nullable String idNumber,
        @Nullable String socialCreditCode,
        @Nullable String creditCodeOverride,
        @Nullable String state,
        @Nullable String restrictionType,
        @Nullable List<String> causes,
        @Nullable List<String> subCauses,
        @Nullable String suspendedAt,
        @Nullable String expiresAt,
        @Nullable String noticeCode,
        @Nullable String ruleCode,
        @Nullable String noticeText,
        @Nullable String statedReason,
        @Nullable String remedyChannel,
        @Nullable String requiredMaterials,
        @Nullable String forwardedOn,
        @Nullable String forwardedReference,
        @Nullable String incidentReference) {

    /** Without what identifies a person: notices get logged by frameworks, never by choice. */
    @Override
    public String toString() {
        return "NoticeRequest[" + noticeId + "]";
    }
}
