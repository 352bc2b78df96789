package org.jiefeng.evidence;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Counts the pages of an uploaded PDF for the dossier's index. */
final class PageCount {

    /** Beyond this a count is a lie of a broken file. */
    private static final int MOST = 10_000;

    private PageCount() {}

    /** Empty when the file does not say: whatever was uploaded, the dossier is sealed. */
    static OptionalInt of(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(
                new RandomAccessReadBuffer(pdf), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            int pages = document.getNumberOfPages();
            return pages >= 1 && pages <= MOST ? OptionalInt.of(pages) : OptionalInt.empty();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return OptionalInt.empty();
        }
    }
}
