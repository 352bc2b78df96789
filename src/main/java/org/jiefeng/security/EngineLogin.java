package org.jiefeng.security;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Checks people's passwords against the engine's identity store; their groups become their authorities. */
@Component
class EngineLogin implements AuthenticationProvider {

    private final ObjectProvider<IdentityService> identities;

    EngineLogin(ObjectProvider<IdentityService> identities) {
        this.identities = identities;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        IdentityService identity = identities.getObject();
        if (!identity.checkPassword(attempt.getName(), String.valueOf(attempt.getCredentials()))) {
            // Wrong, unknown and locked look alike from outside.
            throw new BadCredentialsException("Bad credentials");
        }
        User user = identity.createUserQuery().userId(attempt.getName()).singleResult();
        List<SimpleGrantedAuthority> groups = identity.createGroupQuery().groupMember(user.getId()).list().stream()
                .map(Group::getId)
                .map(SimpleGrantedAuthority::new)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(user.getId(), null, groups);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
