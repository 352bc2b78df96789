package org.jiefeng.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** What a reader of a PDF sees as text. */
final class PrintedText {

    private PrintedText() {}

    /** @param pdf null, e.g. an entry a ZIP lacks, is a failure of its own */
    static String of(byte @Nullable [] pdf) {
        try (PDDocument document = Loader.loadPDF(Objects.requireNonNull(pdf, "no PDF"))) {
            return new PDFTextStripper().getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String ofPage(byte[] pdf, int page) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            return stripper.getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
