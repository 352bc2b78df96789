package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that have lasted a working day, and those of people whose groups or password are no longer what they were
 * when they signed in: else somebody who was dismissed would stay in for as long as the browser is open.
 */
class SessionWatch extends OncePerRequestFilter {

    private static final String SEEN = SessionWatch.class.getName();

    private final IdentityService identity;
    private final Duration atMost;
    private final Duration lookEvery;
    private final Clock clock;

    SessionWatch(IdentityService identity, SecurityProperties properties, Clock clock) {
        this.identity = identity;
        this.atMost = properties.sessionAtMost();
        this.lookEvery = properties.sessionCheck();
        this.clock = clock;
    }

    /** When the person was last looked up, and what was found besides the groups. */
    private record Seen(Instant at, UUID password) implements Serializable {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null && WebappIdentity.currentUser() != null && isOver(session)) {
            session.invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }

    private boolean isOver(HttpSession session) {
        // The session's own clock, which nobody can move.
        if (System.currentTimeMillis() - session.getCreationTime() > atMost.toMillis()) {
            return true;
        }
        Seen seen = (Seen) session.getAttribute(SEEN);
        if (seen != null && clock.instant().isBefore(seen.at.plus(lookEvery))) {
            return false;
        }
        Authentication login =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        UserEntity person =
                (UserEntity) identity.createUserQuery().userId(login.getName()).singleResult();
        UUID password = print(person == null ? null : person.getPassword());
        // The first request of a session comes from the login, which has just looked.
        if (seen == null) {
            session.setAttribute(SEEN, new Seen(clock.instant(), password));
            return false;
        }
        if (person == null
                || !AuthorityUtils.authorityListToSet(login.getAuthorities())
                        .equals(AuthorityUtils.authorityListToSet(EngineLogin.groups(identity, login.getName())))) {
            return true;
        }
        session.setAttribute(SEEN, new Seen(clock.instant(), password));
        return !seen.password.equals(password);
    }

    private static UUID print(@Nullable String storedHash) {
        return UUID.nameUUIDFromBytes(String.valueOf(storedHash).getBytes(StandardCharsets.UTF_8));
    }
}
