package org.jiefeng.security;

import java.time.Duration;
import org.springframework.security.authentication.AccountStatusException;

/** The password was not looked at, because too many wrong ones came before it; an account that is not there says so too. */
class TooManyAttemptsException extends AccountStatusException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many wrong passwords");
        this.wait = wait;
    }

    /** How long until the next password is looked at, at most. */
    Duration patience() {
        return wait;
    }
}
