package org.jiefeng.carrier;

import java.util.Arrays;

/** The carrier's official channels for people; there is none for "unblocking agents" (R46). */
enum ContactChannel {
    PORTAL,
    HOTLINE,
    SERVICE_HALL,
    EMAIL;

    static boolean isOne(String name) {
        return Arrays.stream(values()).anyMatch(channel -> channel.name().equals(name));
    }
}
