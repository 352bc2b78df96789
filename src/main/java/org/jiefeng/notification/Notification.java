package org.jiefeng.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one reader.
 *
 * @param key the same for the same message, however often it is written down or sent
 * @param outlet {@value NotificationProperties#MAIL}, or the name of a robot
 * @param recipient a user id, or the name of a robot; never an address
 * @param attempts how often sending it was begun
 * @param problem why it has not been sent, without anything of its content
 */
record Notification(
        long id,
        String key,
        News news,
        @Nullable String appealNumber,
        String outlet,
        String recipient,
        String subject,
        String body,
        State state,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextTryAt,
        @Nullable Instant sentAt,
        @Nullable String problem) {

    enum State {
        /** To be sent at its time. */
        WAITING,
        SENT,
        /** Not sent and not tried again, unless somebody asks for it. */
        FAILED,
        /** The task was done or went to somebody else before it could be sent. */
        SUPERSEDED,
        /** Shown only: there is no mail server. */
        PREVIEW
    }
}
