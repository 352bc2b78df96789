package org.jiefeng.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals ID and phone numbers for the database with AES-256-GCM, and makes the keyed hash by which a number is found again
 * (PIPL art. 51).
 */
@Component
public class Vault {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKeySpec> keys = new HashMap<>();
    private final String keyId;
    private final SecretKeySpec indexKey;

    Vault(ProtectionProperties properties) {
        properties.previousKeys().forEach((id, key) -> keys.put(id, aesKey(key)));
        keys.put(properties.keyId(), aesKey(properties.key()));
        keyId = properties.keyId();
        indexKey = new SecretKeySpec(properties.indexKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private static SecretKeySpec aesKey(String secret) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sealed text, e.g. {@code 1:base64}; sealing the same text twice gives two different results. */
    public String seal(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce);
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return keyId + ":" + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when the text was altered, or its key is not configured any more */
    public String open(String sealed) {
        int colon = sealed.indexOf(':');
        try {
            if (colon < 0) {
                throw new IllegalArgumentException("no key id");
            }
            byte[] whole = Base64.getDecoder().decode(sealed.substring(colon + 1));
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed.substring(0, colon), nonce);
            return new String(
                    cipher.doFinal(whole, NONCE_BYTES, Math.max(whole.length - NONCE_BYTES, 0)),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("A sealed text cannot be opened", e);
        }
    }

    /** The keyed hash of a number, 64 hexadecimal digits; equal numbers have equal hashes. */
    public String index(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(indexKey);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Name of the key that new texts are sealed with; it stands before each of them. */
    String presentKey() {
        return keyId;
    }

    private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
        SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("Key '" + id + "' is not configured");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
