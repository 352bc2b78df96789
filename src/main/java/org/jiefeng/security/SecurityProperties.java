package org.jiefeng.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may come in besides the people of the engine's identity store.
 *
 * @param serviceAccounts programs that call our API with HTTP Basic; they have no Camunda user
 * @param firstAdmin the administrator created when there is none yet
 */
@Validated
@ConfigurationProperties("jiefeng.security")
record SecurityProperties(
        @Valid @DefaultValue List<ServiceAccount> serviceAccounts,
        @Valid @Nullable FirstAdmin firstAdmin) {

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
}
