package org.jiefeng.appeal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How the entries of a timeline hang together (docs/decisions/0012-tamper-evidence.md): each carries the hash of the one
 * before and its own, which anybody can compute, and a seal, which needs the secret of the configuration.
 */
@Component
public class TimelineChain {

    /** What the first entry of a case names as the hash of the one before. */
    public static final String START = "0".repeat(64);

    /** Both databases keep microseconds, and the text must not depend on how many of them are zero. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, SecretKeySpec> keys = new HashMap<>();
    private final String keyId;

    TimelineChain(TimelineProperties properties) {
        properties.previousKeys().forEach((id, key) -> keys.put(id, hmacKey(key)));
        keys.put(properties.keyId(), hmacKey(properties.key()));
        keyId = properties.keyId();
    }

    private static SecretKeySpec hmacKey(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** An entry with its place in the chain, as it stands in the table. */
    public record Link(
            String appealNumber,
            long position,
            Instant happenedAt,
            String actor,
            String kind,
            @Nullable String detail,
            String previousHash,
            String hash,
            String seal) {

        /** The text whose SHA-256 is the hash: every column but hash and seal, in the order of this record. */
        public String canonical() {
            return TimelineChain.canonical(previousHash, appealNumber, position, happenedAt, actor, kind, detail);
        }
    }

    /**
     * Where a chain ends, kept apart from the entries so that the last ones cannot be taken away unnoticed.
     *
     * @param entries position of the last entry
     * @param chainedEntries how many of them were there before there were chains
     * @param chainedAt when those were chained
     */
    public record Head(
            String appealNumber,
            long entries,
            String hash,
            long chainedEntries,
            @Nullable Instant chainedAt,
            String seal) {}

    Link link(String appealNumber, long position, Timeline.Entry entry, String previousHash) {
        String hash = sha256(canonical(
                previousHash, appealNumber, position, entry.happenedAt(), entry.actor(), entry.kind(), entry.detail()));
        return new Link(
                appealNumber,
                position,
                entry.happenedAt(),
                entry.actor(),
                entry.kind(),
                entry.detail(),
                previousHash,
                hash,
                seal(keyId, "entry", hash));
    }

    Head head(String appealNumber, long entries, String hash, long chainedEntries, @Nullable Instant chainedAt) {
        return new Head(
                appealNumber,
                entries,
                hash,
                chainedEntries,
                chainedAt,
                seal(keyId, "head", canonical(appealNumber, entries, hash, chainedEntries, chainedAt)));
    }

    /** Whether the hash is that of the entry's text. */
    static boolean isUnaltered(Link link) {
        return sha256(link.canonical()).equals(link.hash());
    }

    boolean isSealed(Link link) {
        return isSeal(link.seal(), "entry", link.hash());
    }

    boolean isSealed(Head head) {
        return isSeal(
                head.seal(),
                "head",
                canonical(head.appealNumber(), head.entries(), head.hash(), head.chainedEntries(), head.chainedAt()));
    }

    /** Seals a text that leaves the house, e.g. the manifest of an audit file, so that we know it again. */
    public String seal(String purpose, String text) {
        return seal(keyId, purpose, text);
    }

    /** Whether this seal of ours belongs to this text; false too when its key is not configured any more. */
    public boolean isSeal(String seal, String purpose, String text) {
        String id = seal.substring(0, Math.max(seal.indexOf(':'), 0));
        return keys.containsKey(id)
                && MessageDigest.isEqual(
                        seal(id, purpose, text).getBytes(StandardCharsets.UTF_8),
                        seal.getBytes(StandardCharsets.UTF_8));
    }

    private String seal(String id, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.get(id));
            return id + ":"
                    + HexFormat.of().formatHex(mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every part with its length before it, so that no two rows share a text; nothing at all is not an empty text. */
    private static String canonical(@Nullable Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            if (part == null) {
                text.append("-\n");
            } else {
                String value = part instanceof Instant time ? TIME.format(time) : part.toString();
                text.append(value.getBytes(StandardCharsets.UTF_8).length)
                        .append(':')
                        .append(value)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
