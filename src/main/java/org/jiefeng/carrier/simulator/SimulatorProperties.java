package org.jiefeng.carrier.simulator;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The simulated carrier; the production profile refuses it.
 *
 * @param enabled whether it is there at all
 * @param callbackUrl where the company that appeals listens
 * @param noticeAccount service account its notices are sent with
 * @param noticePassword the account's password
 * @param hang how long it holds a call when it is told to hang
 */
@Validated
@ConfigurationProperties("jiefeng.simulator")
public record SimulatorProperties(
        boolean enabled,
        @NotNull @DefaultValue("http://127.0.0.1:8080") URI callbackUrl,
        @NotNull @DefaultValue("notice-feed") String noticeAccount,
        @Nullable String noticePassword,
        @NotNull @DefaultValue("20s") Duration hang) {

    /** Without the password: configuration records end up in logs. */
    @Override
    public String toString() {
        return "SimulatorProperties[enabled=" + enabled + ", callbackUrl=" + callbackUrl + "]";
    }
}
