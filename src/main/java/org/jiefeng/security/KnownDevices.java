package org.jiefeng.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jiefeng.account.ProtectionProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Browsers in which somebody has signed in before, told by a signed cookie: whoever guesses from elsewhere cannot use up
 * their attempts (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). It opens nothing by itself.
 *
 * <p>One cookie for each account, because several people share a PC; its name is a keyed hash, so that it does not say
 * whose it is. The key comes from {@code jiefeng.protection.index-key}: it holds on all nodes and after a restart.
 */
@Component
class KnownDevices {

    private static final String COOKIE = "jiefeng-device-";
    private static final int NAME_BYTES = 8;
    private static final int NONCE_BYTES = 16;

    private final SecretKeySpec key;
    private final Duration trusted;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KnownDevices(ProtectionProperties protection, SecurityProperties properties, Clock clock) {
        key = new SecretKeySpec(protection.indexKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        trusted = properties.login().remembered();
        this.clock = clock;
    }

    /** What Spring Security keeps of an attempt at the login page. */
    WebAuthenticationDetails client(HttpServletRequest request) {
        String account = request.getParameter("username");
        return new LoginClient(request, account != null && isKnown(request, account.strip()));
    }

    private boolean isKnown(HttpServletRequest request, String account) {
        Cookie[] cookies = request.getCookies();
        String name = name(account);
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(cookie -> cookie.getName().equals(name) && isOurs(account, cookie.getValue()));
    }

    private boolean isOurs(String account, String value) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3
                || !MessageDigest.isEqual(
                        signature(account, parts[0], parts[1]).getBytes(StandardCharsets.UTF_8),
                        parts[2].getBytes(StandardCharsets.UTF_8))) {
            return false;
        }
        return Instant.ofEpochSecond(Long.parseLong(parts[0])).isAfter(clock.instant());
    }

    /** After somebody has signed in. */
    void remember(HttpServletRequest request, HttpServletResponse response, String account) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String until = String.valueOf(clock.instant().plus(trusted).getEpochSecond());
        String once = text(nonce);
        ResponseCookie cookie = ResponseCookie.from(
                        name(account), until + "." + once + "." + signature(account, until, once))
                .httpOnly(true)
                .secure(request.isSecure()
                        || request.getServletContext().getSessionCookieConfig().isSecure())
                .sameSite("Lax")
                .path("/login")
                .maxAge(trusted)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private String name(String account) {
        return COOKIE + HexFormat.of().formatHex(Arrays.copyOf(mac("device cookie's name\n" + account), NAME_BYTES));
    }

    private String signature(String account, String until, String once) {
        return text(mac("device cookie\n" + account + "\n" + until + "\n" + once));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
