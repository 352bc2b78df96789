package org.jiefeng.security;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.stereotype.Component;

/**
 * The programs that may call our API. A password that was right once is recognised by a keyed hash: the slow hash, made
 * against guessing, would cost a dialler a hundred milliseconds a call. A wrong one still meets the slow hash, and there
 * are not many of them ({@link LoginLimits}).
 */
@Component
class ServiceAccounts extends DaoAuthenticationProvider {

    private final Set<String> names;
    private final LoginLimits limits;
    private final RecognisedPasswords recognised = new RecognisedPasswords();

    ServiceAccounts(SecurityProperties properties, LoginLimits limits) {
        super(new InMemoryUserDetailsManager(properties.serviceAccounts().stream()
                .map(account -> User.withUsername(account.name())
                        .password(account.passwordHash())
                        .authorities(account.scopes().stream()
                                .map(scope -> "SCOPE_" + scope)
                                .toArray(String[]::new))
                        .build())
                .toList()));
        this.names = properties.serviceAccounts().stream()
                .map(SecurityProperties.ServiceAccount::name)
                .collect(Collectors.toSet());
        this.limits = limits;
    }

    /** Programs' names are no secret, and whoever has another one is not ours to work for: no slow hash for them. */
    @Override
    public @Nullable Authentication authenticate(Authentication attempt) throws AuthenticationException {
        return names.contains(attempt.getName()) ? super.authenticate(attempt) : null;
    }

    @Override
    protected void additionalAuthenticationChecks(UserDetails account, UsernamePasswordAuthenticationToken attempt)
            throws AuthenticationException {
        if (!limits.attempt(account.getUsername(), true, attempt.getDetails(), () -> isRight(account, attempt))) {
            throw new BadCredentialsException("Bad credentials");
        }
    }

    private boolean isRight(UserDetails account, UsernamePasswordAuthenticationToken attempt) {
        String password = String.valueOf(attempt.getCredentials());
        if (recognised.knows(account.getUsername(), account.getPassword(), password)) {
            return true;
        }
        boolean right = getPasswordEncoder().matches(password, account.getPassword());
        if (right) {
            recognised.remember(account.getUsername(), account.getPassword(), password);
        }
        return right;
    }
}
