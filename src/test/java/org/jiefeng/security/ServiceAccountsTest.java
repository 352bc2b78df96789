package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The slow hash is paid once by who knows the password, and each time by who guesses. */
class ServiceAccountsTest {

    private final AtomicInteger slow = new AtomicInteger();
    private final SecurityProperties properties = LoginLimitsTest.properties(
            new SecurityProperties.ServiceAccount("dialler", "right", List.of("precheck:read")),
            new SecurityProperties.ServiceAccount("other", "another", List.of("calls:write")));
    private final ServiceAccounts accounts =
            new ServiceAccounts(properties, new LoginLimits(properties, Clock.systemUTC()));

    ServiceAccountsTest() {
        accounts.setPasswordEncoder(new PasswordEncoder() {
            @Override
            public String encode(CharSequence raw) {
                return raw.toString();
            }

            @Override
            public boolean matches(CharSequence raw, String encoded) {
                slow.incrementAndGet();
                return encoded.contentEquals(raw);
            }
        });
    }

    @Test
    void theRightPasswordIsRecognised() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("dialler", "right").getAuthorities())
                    .extracting(Object::toString)
                    .contains("SCOPE_precheck:read");
        }
        assertThat(slow).hasValue(1);
    }

    @Test
    void guessesAreSlowAndDoNotHelp() {
        login("dialler", "right");
        for (String guess : List.of("", "righ", "right ")) {
            assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> login("dialler", guess));
        }
        assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> login("other", "right"));
        assertThat(slow).hasValue(5);
        login("dialler", "right");
        assertThat(slow).as("still recognised").hasValue(5);
    }

    private Authentication login(String name, String password) {
        return Objects.requireNonNull(
                accounts.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password)));
    }
}
