package org.jiefeng.appeal;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The sealed files of a case, byte for byte as on the day they were sealed.
 *
 * <p>It stands here because features do not know each other: the one that hands the files over need not know the one that
 * sealed them.
 */
@FunctionalInterface
public interface SealedPapers {

    /**
     * Writes what was sealed under this manifest as one ZIP, {@code manifest.txt} first; never all of it in memory.
     *
     * @param manifestSha256 of {@code manifest.txt}
     * @throws NotFoundException when the case has none with this manifest
     */
    void writeZip(String appealNumber, String manifestSha256, OutputStream out) throws IOException;
}
