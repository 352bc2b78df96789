package org.jiefeng.appeal;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipOutputStream;

/**
 * The sealed papers and receipts of a case, for a lawyer.
 *
 * <p>It stands here because features do not know each other: the one that hands them over need not know the one that keeps
 * files.
 */
@FunctionalInterface
public interface LegalPapers {

    /**
     * Adds every sealed round with its manifest, and every receipt, to a ZIP; one file in memory at a time, and of a long
     * one a piece.
     *
     * @param whole whether identity papers, recordings and customers' consents are wanted too
     * @return what was left out because it is not whole
     */
    List<String> addTo(ZipOutputStream zip, String appealNumber, boolean whole) throws IOException;
}
