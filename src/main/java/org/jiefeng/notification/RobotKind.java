package org.jiefeng.notification;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.web.util.UriUtils;

/**
 * What differs between the chat platforms' robots; what they share is in {@link RobotNotifier}.
 *
 * @see <a href="https://developer.work.weixin.qq.com/document/path/91770">WeCom group robots</a>
 * @see <a href="https://open.dingtalk.com/document/robots/custom-robot-access">DingTalk custom robots</a>
 */
enum RobotKind {
    /** Proves itself by the key in the address. */
    WECOM("https://qyapi.weixin.qq.com", 2048, Set.of(45009, 45033), Duration.ofMinutes(1)) {
        @Override
        URI request(NotificationProperties.Robot robot, Instant now) {
            return at(robot, "/cgi-bin/webhook/send?key=" + encoded(robot.key()));
        }
    },
    /** Proves itself by a token and a signature over the time; sending too much is punished for ten minutes. */
    DINGTALK("https://oapi.dingtalk.com", 4096, Set.of(130101), Duration.ofMinutes(10)) {
        @Override
        URI request(NotificationProperties.Robot robot, Instant now) {
            long timestamp = now.toEpochMilli();
            return at(
                    robot,
                    "/robot/send?access_token=" + encoded(robot.key()) + "&timestamp=" + timestamp + "&sign="
                            + encoded(signature(timestamp, String.valueOf(robot.secret()))));
        }
    };

    private final String address;
    private final int longestText;
    private final Set<Integer> tooMuch;
    private final Duration pause;

    /**
     * @param longestText in bytes
     * @param tooMuch the answers that say so
     * @param pause until it may speak again
     */
    RobotKind(String address, int longestText, Set<Integer> tooMuch, Duration pause) {
        this.address = address;
        this.longestText = longestText;
        this.tooMuch = tooMuch;
        this.pause = pause;
    }

    URI address() {
        return URI.create(address);
    }

    int longestText() {
        return longestText;
    }

    Duration pause() {
        return pause;
    }

    boolean isTooMuch(int errorCode) {
        return tooMuch.contains(errorCode);
    }

    /** @param now by the real clock: the platform compares it with its own */
    abstract URI request(NotificationProperties.Robot robot, Instant now);

    private static URI at(NotificationProperties.Robot robot, String pathAndQuery) {
        String base = robot.address().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    private static String encoded(String value) {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    static String signature(long timestamp, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal((timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
