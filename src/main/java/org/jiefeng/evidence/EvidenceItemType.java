package org.jiefeng.evidence;

import java.util.List;

/**
 * A kind of evidence that a case may be asked for.
 *
 * @param code as the decision {@code required-evidence} names it
 * @param emptySettles whether an extract without rows proves something too
 * @param sheetNames for {@link How#FORM}: the case-sheet texts that make it up
 * @param name in the deployment's language
 * @param hint one line on what is meant, in the deployment's language
 */
record EvidenceItemType(String code, How how, boolean emptySettles, List<String> sheetNames, String name, String hint) {

    enum How {
        /** A person brings a file. */
        UPLOAD,
        /** Our own records are filed; a file may be added. */
        AUTOMATIC,
        /** A form of the case answers it. */
        FORM
    }

    boolean takesUploads() {
        return how != How.FORM;
    }
}
