package org.jiefeng.evidence;

/** A file is not what it says it is, or not what we take; carries the key of the reason and what fills it. */
class RefusedFileException extends RuntimeException {

    private final String reasonKey;
    private final transient Object[] arguments;

    RefusedFileException(String reasonKey, Object... arguments) {
        super(reasonKey);
        this.reasonKey = reasonKey;
        this.arguments = arguments;
    }

    String reasonKey() {
        return reasonKey;
    }

    Object[] arguments() {
        return arguments;
    }
}
