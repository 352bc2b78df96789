package org.jiefeng.carrier;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.SealedPapers;

/** One sealed dossier for every case, so that tests of the way to the carrier need no evidence. */
public final class SamplePapers implements SealedPapers {

    private static final String LICENCE = "a licence, sealed";

    static final String FILE_DIGEST = Digest.of(LICENCE);

    private static final String MANIFEST = "# sealed\n" + FILE_DIGEST + "  01 Licence/licence.pdf\n";

    /** Of the manifest. */
    public static final String DIGEST = Digest.of(MANIFEST);

    /** What the evidence room publishes about sealed files. */
    public static String manifest(int round) {
        return """
                {"round":%d,"sealedAt":"2026-03-03T01:00:00Z","sha256":"%s","count":1,"bytes":12,
                "files":[{"name":"licence.pdf","sha256":"%s"}]}""".formatted(round, DIGEST, FILE_DIGEST);
    }

    @Override
    public void writeZip(String appealNumber, String manifestSha256, OutputStream out) throws IOException {
        if (!manifestSha256.equals(DIGEST)) {
            throw new NotFoundException("No dossier " + manifestSha256);
        }
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("manifest.txt"));
            zip.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("01 Licence/licence.pdf"));
            zip.write(LICENCE.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
