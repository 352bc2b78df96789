package org.jiefeng.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.InputStreamSource;

/** Tables as text: what we read in uploads, and how we write our own. */
final class CsvText {

    /** How much of a cell is looked at to tell a number from a formula. */
    private static final int LOOK_AHEAD = 64;

    /** {@code ="138…"} and {@code +86…} are how exports keep a number as text; they run nothing. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?:=\"{1,2}[0-9 +*-]*\"{1,2}|[+-][0-9 .()*%:-]*)(?:[,;\t\r\n\"].*)?", Pattern.DOTALL);

    private CsvText() {}

    /** Refuses what is not text, or what a spreadsheet would run as a formula. */
    static void requireReadable(InputStreamSource content) throws IOException {
        try {
            requireHarmless(content, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            try {
                requireHarmless(content, Charset.forName("GB18030")); // what Chinese spreadsheets still write
            } catch (CharacterCodingException neither) {
                throw new RefusedFileException("csv.encoding");
            }
        }
    }

    private static void requireHarmless(InputStreamSource content, Charset charset) throws IOException {
        CharsetDecoder strict = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(content.getInputStream(), strict))) {
            boolean fileStarts = true;
            boolean cellStarts = true;
            int c;
            while ((c = in.read()) >= 0) {
                if (fileStarts && (c == '\ufeff' || Character.isWhitespace(c))) {
                    continue;
                }
                if (fileStarts && (c == '<' || c == '#' || c == '{')) {
                    throw new RefusedFileException("content.mismatch", MediaKind.CSV.name());
                }
                fileStarts = false;
                if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f) {
                    throw new RefusedFileException("csv.binary");
                }
                if (cellStarts && "=@+-".indexOf(c) >= 0 && isFormula((char) c, in)) {
                    throw new RefusedFileException("csv.formula");
                }
                boolean leads = c == ' ' || c == '"';
                cellStarts = ",;\t\r\n".indexOf(c) >= 0 || (cellStarts && leads);
            }
            if (fileStarts) {
                throw new RefusedFileException("content.empty");
            }
        }
    }

    private static boolean isFormula(char sign, BufferedReader in) throws IOException {
        in.mark(LOOK_AHEAD);
        char[] rest = new char[LOOK_AHEAD];
        int read = Math.max(0, in.read(rest, 0, LOOK_AHEAD));
        in.reset();
        return !HARMLESS.matcher(sign + new String(rest, 0, read)).matches();
    }

    /** Our own tables: UTF-8 with byte order mark, so that spreadsheets read Chinese; formulas made text. */
    static byte[] write(List<String> columns, List<List<String>> rows) {
        StringBuilder text = new StringBuilder("\ufeff");
        text.append(line(columns));
        rows.forEach(row -> text.append(line(row)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String line(List<String> cells) {
        return cells.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String value) {
        String text = value;
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
