package org.jiefeng.appeal;

/** What was asked for is well formed but not possible in the case's present state (HTTP 409). */
public class ConflictException extends RuntimeException {

    public ConflictException(String message) {
        super(message);
    }
}
