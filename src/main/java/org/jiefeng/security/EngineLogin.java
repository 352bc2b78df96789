package org.jiefeng.security;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Checks people's passwords against the engine's identity store; their groups become their authorities.
 *
 * <p>It compares with the stored hash itself: the engine's own check locks an account after ten wrong passwords, whoever
 * sends them. {@link LoginLimits} stands in its place; the engine's lock is left for passwords asked for in a session.
 */
@Component
class EngineLogin implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLogin.class);

    private final ObjectProvider<ProcessEngine> engines;
    private final LoginLimits limits;
    private final SlowPasswordHash slowHash;
    private final Set<String> programs;
    private final Set<String> breakGlass;
    private final RecognisedPasswords recognised = new RecognisedPasswords();
    private volatile @Nullable String nobodysHash;

    EngineLogin(
            ObjectProvider<ProcessEngine> engines,
            LoginLimits limits,
            SlowPasswordHash slowHash,
            SecurityProperties properties) {
        this.engines = engines;
        this.limits = limits;
        this.slowHash = slowHash;
        this.programs = properties.serviceAccounts().stream()
                .map(SecurityProperties.ServiceAccount::name)
                .collect(Collectors.toSet());
        this.breakGlass = properties.breakGlass();
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        if (programs.contains(name)) {
            // A person of the same name would be a second way in.
            return null;
        }
        ProcessEngine engine = engines.getObject();
        String password = String.valueOf(attempt.getCredentials());
        UserEntity person = mayUsePassword(name)
                ? (UserEntity) engine.getIdentityService()
                        .createUserQuery()
                        .userId(name)
                        .singleResult()
                : null;
        if (!limits.attempt(name, person != null, attempt.getDetails(), () -> isRight(engine, person, password))
                || person == null) {
            // Wrong and unknown look alike from outside.
            throw new BadCredentialsException("Bad credentials");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                person.getId(), null, groups(engine.getIdentityService(), person.getId()));
    }

    static List<SimpleGrantedAuthority> groups(IdentityService identity, String person) {
        return identity.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .map(SimpleGrantedAuthority::new)
                .toList();
    }

    private boolean mayUsePassword(String name) {
        return breakGlass.isEmpty() || breakGlass.contains(name);
    }

    private boolean isRight(ProcessEngine engine, @Nullable UserEntity person, String password) {
        if (person != null && person.getClass() != UserEntity.class) {
            // Somebody of a directory that an identity plugin reads; only it knows the password.
            return engine.getIdentityService().checkPassword(person.getId(), password);
        }
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        if (person == null || person.getPassword() == null) {
            configuration.getPasswordManager().check(password, nobodysHash(configuration));
            return false;
        }
        if (recognised.knows(person.getId(), person.getPassword(), password)) {
            return true;
        }
        boolean right = configuration
                .getPasswordManager()
                .check(EncryptionUtil.saltPassword(password, person.getSalt()), person.getPassword());
        if (right) {
            recognised.remember(person.getId(), person.getPassword(), password);
        }
        if (!slowHash.made(person.getPassword())) {
            if (right) {
                makeAnew(configuration, person, password);
            } else {
                // As slow as any other, so that old hashes cannot be told from new ones.
                slowHash.encrypt(password);
            }
        }
        return right;
    }

    /** What a name is compared with that is nobody's: as much work, and never right. */
    private String nobodysHash(ProcessEngineConfigurationImpl configuration) {
        String hash = nobodysHash;
        if (hash == null) {
            hash = configuration.getPasswordManager().encrypt("");
            nobodysHash = hash;
        }
        return hash;
    }

    private static void makeAnew(ProcessEngineConfigurationImpl configuration, UserEntity person, String password) {
        try {
            person.setPassword(password);
            // The policy is for new passwords; one from before it stays right until it is changed.
            configuration.getCommandExecutorTxRequired().execute(new SaveUserCmd(person, true));
        } catch (ProcessEngineException e) {
            LOG.info("The password of {} keeps its older hash until the next login", person.getId(), e);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
