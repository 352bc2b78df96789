package org.jiefeng.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people are told; without mail server, robot and preview nobody is.
 *
 * @param baseUrl where people reach this application, for the links
 * @param preview whether mails are written down to be looked at while there is no mail server
 * @param robots by name; each is the robot of one group's chat
 * @param retryAfter before the second try; each further one waits twice as long
 * @param longestWait between two tries
 * @param giveUpAfter how long something is tried at all
 * @param lease how long a node may take over one message before another one takes it up; longer than every timeout
 * @param keep how long messages are kept to be looked at
 */
@Validated
@ConfigurationProperties("jiefeng.notification")
record NotificationProperties(
        @Nullable URI baseUrl,
        boolean preview,
        @Valid @Nullable Mail mail,
        @DefaultValue Map<@Pattern(regexp = "(?!mail$)[a-z0-9][a-z0-9-]{0,39}") String, @Valid Robot> robots,
        @NotNull @DefaultValue("1m") Duration retryAfter,
        @NotNull @DefaultValue("1h") Duration longestWait,
        @NotNull @DefaultValue("3d") Duration giveUpAfter,
        @NotNull @DefaultValue("5m") Duration lease,
        @NotNull @DefaultValue("90d") Duration keep) {

    /** The outlet that is the mail server. */
    static final String MAIL = "mail";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Whether there is anybody to write for. */
    boolean isOn() {
        return mailsAreWritten() || !robots.isEmpty();
    }

    boolean mailsAreWritten() {
        return mail != null || preview;
    }

    @AssertTrue(message = "base-url is needed for the links: https, or http on this machine")
    public boolean isLinkable() {
        return !isOn() || baseUrl != null && isPrivate(baseUrl);
    }

    private static boolean isPrivate(URI url) {
        return "https".equals(url.getScheme())
                || "http".equals(url.getScheme()) && url.getHost() != null && LOOPBACK.contains(url.getHost());
    }

    /** How the connection to the mail server is protected. */
    enum Protection {
        STARTTLS,
        TLS,
        /** For a relay on the same machine. */
        NONE
    }

    /**
     * The mail server.
     *
     * @param from the sender of every mail
     * @param timeout for connecting and for each answer
     */
    record Mail(
            @NotBlank String host,
            @Min(1) @Max(65535) @DefaultValue("587") int port,
            @Nullable String username,
            @Nullable String password,
            @NotBlank @Email String from,
            @NotNull @DefaultValue("STARTTLS") Protection protection,
            @NotNull @DefaultValue("10s") Duration timeout) {

        @AssertTrue(message = "protection none is for a mail server on this machine")
        public boolean isPrivate() {
            return protection != Protection.NONE || LOOPBACK.contains(host);
        }

        /** Without the password: configuration records end up in logs. */
        @Override
        public String toString() {
            return "Mail[host=" + host + ", port=" + port + "]";
        }
    }

    /**
     * The robot of a group's chat.
     *
     * @param url of the platform; its own when left out
     * @param key WeCom's {@code key}, DingTalk's {@code access_token}
     * @param secret DingTalk signs with it
     * @param groups whose tasks it tells of
     * @param departments whose cases it tells of
     * @param messagesAMinute more would silence it: both platforms take 20
     */
    record Robot(
            @NotNull RobotKind kind,
            @Nullable URI url,
            @NotBlank String key,
            @Nullable String secret,
            @DefaultValue List<String> groups,
            @DefaultValue List<String> departments,
            @Min(1) @Max(20) @DefaultValue("20") int messagesAMinute,
            @NotNull @DefaultValue("10s") Duration timeout) {

        URI address() {
            return url == null ? kind.address() : url;
        }

        @AssertTrue(message = "url must be https, or http on this machine")
        public boolean isPrivate() {
            return url == null || NotificationProperties.isPrivate(url);
        }

        @AssertTrue(message = "a DingTalk robot needs its secret")
        public boolean isSigned() {
            return kind != RobotKind.DINGTALK || secret != null && !secret.isBlank();
        }

        /** Without key and secret: configuration records end up in logs. */
        @Override
        public String toString() {
            return "Robot[kind=" + kind + ", url=" + address() + "]";
        }
    }
}
