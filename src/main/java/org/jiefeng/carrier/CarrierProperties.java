package org.jiefeng.carrier;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
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
import org.jiefeng.account.Carrier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How carriers are reached, and how they prove themselves.
 *
 * @param webhookTolerance how far a signature's time may be off
 * @param giveUpAfter how long an answer nobody waits for is tried again
 * @param channels by carrier; one without a channel is dealt with by hand
 */
@Validated
@ConfigurationProperties("jiefeng.carrier")
public record CarrierProperties(
        @NotNull @DefaultValue("5m") Duration webhookTolerance,
        @NotNull @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue Map<Carrier, @Valid Channel> channels) {

    /**
     * One carrier's interface (docs/carrier-api.yaml).
     *
     * @param apiKey what we prove ourselves by
     * @param webhookSecrets what the carrier signs with; two while one is being replaced
     */
    public record Channel(
            @NotNull URI baseUrl,
            @NotBlank String apiKey,
            @NotEmpty @Size(max = 2) List<@NotBlank @Size(min = 16) String> webhookSecrets) {

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
}
