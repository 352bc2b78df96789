package org.jiefeng.evidence;

import java.util.List;
import org.jiefeng.appeal.RetentionTimes;

/**
 * A kind of evidence that a case may be asked for.
 *
 * @param code as the decision {@code required-evidence} names it
 * @param emptySettles whether an extract without rows proves something too
 * @param sheetNames for {@link How#FORM}: the case-sheet texts it cannot do without
 * @param filedNames all texts that are filed for it, in order: the same and those that are filed where they are there
 * @param retention which rule says how long its files are kept
 * @param name in the deployment's language
 * @param chineseName for what is printed for the carrier
 * @param hint one line on what is meant, in the deployment's language
 */
record EvidenceItemType(
        String code,
        How how,
        boolean emptySettles,
        List<String> sheetNames,
        List<String> filedNames,
        Retention retention,
        String name,
        String chineseName,
        String hint) {

    enum How {
        /** A person brings a file. */
        UPLOAD,
        /** Our own records are filed; a file may be added. */
        AUTOMATIC,
        /** A form of the case answers it. */
        FORM
    }

    /** Which rule of decision {@code retention} counts. */
    enum Retention {
        CASE,
        IDENTITY,
        RECORDING,
        /** What is filed goes with the case; the proof itself stands elsewhere and has its own time. */
        CONSENT;

        /** How long, as a manifest states it. */
        String text(RetentionTimes times) {
            return switch (this) {
                case CASE -> times.of("CASE") + " after the case closes";
                case IDENTITY -> times.of("IDENTITY") + " after the case closes";
                case RECORDING -> times.of("RECORDING") + " after filing, not before the case closes";
                case CONSENT ->
                    times.of("CASE") + " after the case closes, the proof itself " + times.of("CONSENT_PROOF")
                            + " after the consent ends";
            };
        }
    }

    /** Whether its files are recordings of calls, which platforms delete. */
    boolean isRecording() {
        return retention == Retention.RECORDING && takesUploads();
    }

    boolean takesUploads() {
        return how != How.FORM;
    }
}
