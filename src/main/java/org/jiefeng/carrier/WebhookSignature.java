package org.jiefeng.carrier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a webhook: HMAC-SHA256 over the timestamp, a full stop and the raw body. */
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** Lower-case hexadecimal. */
    public static String sign(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether any of the live secrets made this signature; takes as long for a near miss as for a far one. */
    static boolean matches(String signature, List<String> secrets, String timestamp, byte[] body) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String secret : secrets) {
            byte[] right = sign(secret, timestamp, body).getBytes(StandardCharsets.UTF_8);
            matches |= MessageDigest.isEqual(right, given);
        }
        return matches;
    }
}
