package org.jiefeng.carrier;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How carriers are reached, and how they prove themselves.
 *
 * @param webhookTolerance how far a signature's time may be off
 * @param giveUpAfter how long an answer nobody waits for is tried again before a person is asked
 * @param pollEvery how often a carrier is asked for answers that got lost, unless its channel says otherwise
 * @param calls how long we wait for a carrier
 * @param breaker when a carrier that fails is left alone
 * @param channels by carrier; one without a channel is dealt with by hand
 */
@Validated
@ConfigurationProperties("jiefeng.carrier")
public record CarrierProperties(
        @NotNull @DefaultValue("5m") Duration webhookTolerance,
        @NotNull @DefaultValue("24h") Duration giveUpAfter,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("1h")
        Duration pollEvery,

        @Valid @DefaultValue Calls calls,
        @Valid @DefaultValue Breaker breaker,
        @DefaultValue Map<Carrier, @Valid Channel> channels) {

    /**
     * How long we wait.
     *
     * @param connect for the connection
     * @param answer for a whole answer
     * @param files for the answer to files that are handed over; below the time the engine keeps a job locked, as
     *     {@code answer} is, so that nobody else sends the same at the same time
     * @param pause until the next attempt when a busy carrier does not say how long
     * @param longestPause at most, whatever the carrier says
     * @param patience how long after the sealing pauses are borne; from then on they count as failures and end with a
     *     person
     */
    public record Calls(
            @NotNull @DurationMax(seconds = 2) @DefaultValue("2s")
            Duration connect,

            @NotNull @DurationMax(seconds = 15) @DefaultValue("15s")
            Duration answer,

            @NotNull @DurationMax(seconds = 100) @DefaultValue("90s")
            Duration files,

            @NotNull @DefaultValue("1m") Duration pause,

            @NotNull @DurationMax(hours = 1) @DefaultValue("1h")
            Duration longestPause,

            @NotNull @DefaultValue("4h") Duration patience) {}

    /**
     * When a carrier that fails is left alone.
     *
     * @param window the last so many calls are looked at
     * @param failedPercent so many of them failed
     * @param openFor how long it is left alone then
     */
    public record Breaker(
            @Min(2) @DefaultValue("10") int window,
            @Min(1) @Max(100) @DefaultValue("50") int failedPercent,
            @NotNull @DefaultValue("1m") Duration openFor) {}

    /**
     * One carrier's interface (docs/carrier-api.yaml).
     *
     * @param apiKey what we prove ourselves by
     * @param webhookSecrets what the carrier signs with; two while one is being replaced
     * @param pollEvery how often this carrier is asked
     * @param takesFiles whether the sealed files go through the interface too
     */
    public record Channel(
            @NotNull URI baseUrl,
            @NotBlank String apiKey,
            @NotEmpty @Size(max = 2) List<@NotBlank @Size(min = 16) String> webhookSecrets,
            @DurationMin(seconds = 1) @Nullable Duration pollEvery,
            @DefaultValue("true") boolean takesFiles) {

        private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

        /** Appeals are personal data; only a carrier on this machine may be spoken to in the clear. */
        @AssertTrue(message = "base-url must be https, or http on this machine")
        public boolean isPrivate() {
            return "https".equals(baseUrl.getScheme())
                    || "http".equals(baseUrl.getScheme())
                            && baseUrl.getHost() != null
                            && LOOPBACK.contains(baseUrl.getHost());
        }

        /** Without the secrets: configuration records end up in logs. */
        @Override
        public String toString() {
            return "Channel[baseUrl=" + baseUrl + "]";
        }
    }

    public Optional<Channel> channel(Carrier carrier) {
        return Optional.ofNullable(channels.get(carrier));
    }

    /** How often this carrier is asked for answers that got lost. */
    Duration pollEvery(Carrier carrier) {
        return channel(carrier).map(Channel::pollEvery).orElse(pollEvery);
    }
}
