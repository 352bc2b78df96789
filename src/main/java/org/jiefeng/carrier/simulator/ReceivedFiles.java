package org.jiefeng.carrier.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Sealed files as a carrier checks them while they come in: the manifest by its digest, every file by the manifest.
 *
 * @param contentSha256 of all that came over the line
 */
record ReceivedFiles(int files, long bytes, String contentSha256) {

    /** Empty when these are not the files of that manifest. */
    static Optional<ReceivedFiles> read(InputStream line, String manifestSha256) throws IOException {
        Counting counting = new Counting(line, sha256());
        Map<String, String> expected = new HashMap<>();
        int files = 0;
        try (ZipInputStream zip = new ZipInputStream(counting, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("manifest.txt")) {
                    byte[] manifest = zip.readAllBytes();
                    if (!hex(sha256().digest(manifest)).equals(manifestSha256)) {
                        return Optional.empty();
                    }
                    expected.putAll(lines(new String(manifest, StandardCharsets.UTF_8)));
                } else {
                    MessageDigest digest = sha256();
                    new DigestInputStream(zip, digest).transferTo(OutputStream.nullOutputStream());
                    if (!hex(digest.digest()).equals(expected.remove(entry.getName()))) {
                        return Optional.empty();
                    }
                    files++;
                }
            }
            counting.transferTo(OutputStream.nullOutputStream());
        }
        return expected.isEmpty() && files > 0
                ? Optional.of(new ReceivedFiles(
                        files, counting.count, hex(counting.getMessageDigest().digest())))
                : Optional.empty();
    }

    private static Map<String, String> lines(String manifest) {
        Map<String, String> lines = new HashMap<>();
        for (String line : manifest.split("\n")) {
            if (line.matches("[0-9a-f]{64} {2}.+")) {
                lines.put(line.substring(66), line.substring(0, 64));
            }
        }
        return lines;
    }

    private static final class Counting extends DigestInputStream {

        private long count;

        Counting(InputStream in, MessageDigest digest) {
            super(in, digest);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            int read = super.read(block, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
