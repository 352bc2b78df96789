package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.zip.CRC32;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/** Everything that needs the PDF library stands here, so that its classes and fonts are loaded when first printed. */
final class PdfPage {

    /** Has Chinese, but no Latin letters. */
    private static final String CHINESE = "/fonts/DroidSansFallbackFull.ttf";

    private static final String LATIN = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Stands for what no font can show. */
    private static final int UNKNOWN = '□';

    static {
        // Names elements and texts of the page, which do not belong in a log.
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
        FontMappers.set(new NoFontsOfThisMachine());
    }

    private PdfPage() {}

    /** @param page well-formed XHTML */
    static byte[] print(String page, Instant made) {
        try {
            byte[] chinese = read(CHINESE);
            byte[] latin = read(LATIN);
            String printable = printable(page, List.of(chinese, latin));
            PdfRendererBuilder builder = new PdfRendererBuilder()
                    .useFont(() -> new ByteArrayInputStream(chinese), "Chinese", 400, FontStyle.NORMAL, true)
                    .useFont(() -> new ByteArrayInputStream(latin), "Latin", 400, FontStyle.NORMAL, true)
                    .withHtmlContent(printable, null);
            builder.withProducer("Jiefeng");
            // PDF/A-2u: what is filed for years must show the same on any machine, so it also uses no font of this one.
            builder.usePdfAConformance(PdfAConformance.PDFA_2_U)
                    .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
            // A page is complete in itself: nothing is fetched, whatever is written in it.
            builder.useUriResolver((base, uri) -> null);
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                renderer.layout();
                renderer.createPDFWithoutClosing();
                PDDocument document = renderer.getPdfDocument();
                stamp(document, printable, made);
                document.save(out);
                document.close();
                return out.toByteArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time and identity come from what is printed, not from the machine's clock. */
    private static void stamp(PDDocument document, String page, Instant made) throws IOException {
        ZonedDateTime time = made.atZone(ZoneId.of("Asia/Shanghai"));
        document.getDocumentInformation().setCreationDate(GregorianCalendar.from(time));
        document.getDocumentCatalog().setLanguage("zh-CN");
        PDMetadata metadata = document.getDocumentCatalog().getMetadata();
        String said = new String(metadata.toByteArray(), UTF_8);
        String dated =
                said.replaceAll("(?<=<xmp:CreateDate>)[^<]*", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
        metadata.importXMPMetadata(dated.getBytes(UTF_8));
        CRC32 identity = new CRC32();
        identity.update(page.getBytes(UTF_8));
        document.setDocumentId(identity.getValue());
    }

    /** XML forbids control characters, and what no font has or what turns the writing direction would not be read as meant. */
    private static String printable(String page, List<byte[]> fonts) throws IOException {
        CmapLookup[] glyphs = new CmapLookup[fonts.size()];
        for (int i = 0; i < glyphs.length; i++) {
            try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(fonts.get(i)))) {
                glyphs[i] = font.getUnicodeCmapLookup();
            }
        }
        StringBuilder text = new StringBuilder(page.length());
        page.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                text.appendCodePoint(c);
            } else if (Character.getType(c) == Character.FORMAT || isVariationSelector(c)) {
                // joiners and marks of direction: invisible where they are harmless, misleading where they are not
            } else {
                boolean known = !Character.isISOControl(c) && hasGlyph(glyphs, c);
                text.appendCodePoint(known ? c : UNKNOWN);
            }
        });
        return text.toString();
    }

    private static boolean isVariationSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F;
    }

    private static boolean hasGlyph(CmapLookup[] fonts, int c) {
        for (CmapLookup font : fonts) {
            if (font.getGlyphId(c) != 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(PdfPage.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }

    /**
     * PDFBox would search the machine's fonts for the standard ones, which takes seconds and leaves a file in the home
     * folder, although a page shows none of them.
     */
    private static final class NoFontsOfThisMachine implements FontMapper {

        @Override
        public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor wanted) {
            return new FontMapping<>(standIn(), false);
        }

        @Override
        public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor wanted) {
            return new FontMapping<>(standIn(), false);
        }

        @Override
        public CIDFontMapping getCIDFont(String name, PDFontDescriptor wanted, PDCIDSystemInfo system) {
            return new CIDFontMapping(null, standIn(), false);
        }

        private static TrueTypeFont standIn() {
            try {
                return new TTFParser().parse(new RandomAccessReadBuffer(read(LATIN)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
