package org.jiefeng.security;

import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/**
 * How the engine keeps people's passwords: PBKDF2, whose rounds make each guess at a stolen table expensive.
 *
 * <p>The rounds stand in the hash, so that they can be raised: older hashes are still read, and {@link EngineLogin} makes
 * them anew when their owner comes. Not bcrypt, which looks at 72 bytes only: the engine appends its salt to the password,
 * and a long one in Chinese would be cut off.
 */
class SlowPasswordHash implements PasswordEncryptor {

    private static final String NAME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;

    private final int rounds;
    private final Pbkdf2PasswordEncoder present;

    SlowPasswordHash(int rounds) {
        this.rounds = rounds;
        this.present = encoder(rounds);
    }

    private static Pbkdf2PasswordEncoder encoder(int rounds) {
        return new Pbkdf2PasswordEncoder("", SALT_BYTES, rounds, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA512);
    }

    @Override
    public String encrypt(String password) {
        return rounds + "$" + present.encode(password);
    }

    @Override
    public boolean check(String password, String stored) {
        int end = stored.indexOf('$');
        int used = Integer.parseInt(stored.substring(0, end));
        return (used == rounds ? present : encoder(used)).matches(password, stored.substring(end + 1));
    }

    @Override
    public String hashAlgorithmName() {
        return NAME;
    }

    /** Whether a hash, as it stands in the table, was made in today's way. */
    boolean made(String stored) {
        return stored.startsWith("{" + NAME + "}" + rounds + "$");
    }
}
