package org.jiefeng.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right once, as keyed hashes that do not outlive this process: the slow hash, made against guessing,
 * would cost every HTTP Basic call a tenth of a second. With another stored hash a password is a stranger again.
 */
class RecognisedPasswords {

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    RecognisedPasswords() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    boolean knows(String account, String storedHash, String password) {
        byte[] right = known.get(account);
        return right != null && MessageDigest.isEqual(right, keyedHash(account, storedHash, password));
    }

    void remember(String account, String storedHash, String password) {
        known.put(account, keyedHash(account, storedHash, password));
    }

    private byte[] keyedHash(String account, String storedHash, String password) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal((account + "\n" + storedHash + "\n" + password).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
