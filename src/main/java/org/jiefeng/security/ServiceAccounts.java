package org.jiefeng.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.stereotype.Component;

/**
 * The programs that may call our API. A password that was right once is recognised by a keyed hash: the slow hash, made
 * against guessing, would cost a dialler a hundred milliseconds a call. A wrong one still meets the slow hash.
 */
@Component
class ServiceAccounts extends DaoAuthenticationProvider {

    private final Map<String, byte[]> recognised = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    ServiceAccounts(SecurityProperties properties) {
        super(new InMemoryUserDetailsManager(properties.serviceAccounts().stream()
                .map(account -> User.withUsername(account.name())
                        .password(account.passwordHash())
                        .authorities(account.scopes().stream()
                                .map(scope -> "SCOPE_" + scope)
                                .toArray(String[]::new))
                        .build())
                .toList()));
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    protected void additionalAuthenticationChecks(
            UserDetails account, UsernamePasswordAuthenticationToken authentication) throws AuthenticationException {
        if (authentication.getCredentials() == null) {
            super.additionalAuthenticationChecks(account, authentication);
            return;
        }
        byte[] presented = keyedHash(account.getUsername() + "\n" + authentication.getCredentials());
        byte[] known = recognised.get(account.getUsername());
        if (known == null || !MessageDigest.isEqual(known, presented)) {
            super.additionalAuthenticationChecks(account, authentication);
            recognised.put(account.getUsername(), presented);
        }
    }

    private byte[] keyedHash(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
