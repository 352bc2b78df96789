package org.jiefeng.appeal;

/** What was asked for does not exist, or is not for this person to know of (HTTP 404). */
public class NotFoundException extends RuntimeException {

    public NotFoundException(String message) {
        super(message);
    }
}
