package org.jiefeng.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may come in besides the people of the engine's identity store, and how often a password may be wrong.
 *
 * @param serviceAccounts programs that call our API with HTTP Basic; they have no Camunda user
 * @param firstAdmin the administrator created when there is none yet
 * @param passwordRounds of PBKDF2, for people's passwords
 * @param sessionAtMost how long a session lasts, however busy it is
 * @param sessionCheck how often it is looked whether a session's owner is still who signed in
 * @param breakGlass who may still use a password when everybody else comes by OpenID Connect; empty: everybody may
 * @param directory what the company's OpenID provider tells of people; who may come by it is Spring's own setting
 * @param login how many wrong passwords are looked at
 */
@Validated
@ConfigurationProperties("jiefeng.security")
record SecurityProperties(
        @Valid @DefaultValue List<ServiceAccount> serviceAccounts,
        @Valid @Nullable FirstAdmin firstAdmin,
        @Positive int passwordRounds,
        @NotNull Duration sessionAtMost,
        @NotNull Duration sessionCheck,
        @DefaultValue Set<String> breakGlass,
        @DefaultValue Directory directory,
        @Valid @NotNull Login login) {

    /**
     * A program.
     *
     * @param passwordHash as written by Spring's delegating encoder, e.g. <code>{bcrypt}$2a$…</code>
     * @param scopes e.g. {@code notice:write}, {@code precheck:read}
     */
    record ServiceAccount(
            @NotBlank String name,
            @NotBlank String passwordHash,
            @NotEmpty List<String> scopes) {}

    /** The first administrator; the password must satisfy the engine's password policy. */
    record FirstAdmin(@NotBlank String id, @NotBlank String password) {}

    /**
     * The groups of whoever comes by OpenID Connect.
     *
     * @param groupsClaim where the provider names them
     * @param groups which of ours each of its names stands for; membership of these follows the provider
     */
    record Directory(
            @DefaultValue("groups") String groupsClaim,
            @DefaultValue Map<String, String> groups) {}

    /**
     * Wrong passwords in one window; the first three together are what one account allows, whoever asks.
     *
     * @param window how long wrong passwords count
     * @param knownDevice for browsers in which the account's owner has signed in
     * @param knownAddress for addresses from which the owner has signed in
     * @param strangers for everybody else together
     * @param strangersPerAddress for one address among these
     * @param perAddress for one address, at whatever accounts
     * @param remembered how long browsers and addresses stay known
     */
    record Login(
            @NotNull Duration window,
            @Positive int knownDevice,
            @Positive int knownAddress,
            @Positive int strangers,
            @Positive int strangersPerAddress,
            @Positive int perAddress,
            @NotNull Duration remembered) {}
}
