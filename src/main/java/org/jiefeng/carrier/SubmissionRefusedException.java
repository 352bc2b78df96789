package org.jiefeng.carrier;

/** The carrier's channel refused what was sent as such; sending it again would not help, so a person takes over. */
public class SubmissionRefusedException extends RuntimeException {

    private final String code;
    private final String reason;

    /** @param reason the carrier's words; kept out of the message, which logs and incidents show */
    public SubmissionRefusedException(String code, String reason) {
        super("The carrier refused the submission: " + code);
        this.code = code;
        this.reason = reason;
    }

    public String code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
