package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.springframework.core.io.InputStreamSource;

/**
 * Judges a workbook: an archive that must hold the parts of a plain table and nothing that runs, leads elsewhere or grows.
 *
 * <p>The directory at its end says what there should be; then everything is unpacked once into nowhere, because a directory
 * may lie.
 */
final class XlsxWorkbook {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_LENGTH = 56 + 20;
    private static final int LARGE_SIZES = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;

    /** Writers leave some room for their own notes between parts; a second file needs more. */
    private static final int WIDEST_GAP = 2048;

    private static final int MOST_PARTS = 500;
    private static final long MOST_UNPACKED = 256L * 1024 * 1024;
    private static final long ALWAYS_HARMLESS = 1024 * 1024;
    private static final int MOST_RATIO = 150;
    private static final int LONGEST_DESCRIPTION = 512 * 1024;

    private static final String MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /** Everything a table with charts, notes and pictures is made of. What is not here is not needed as evidence. */
    private static final Pattern KNOWN_TYPE =
            Pattern.compile("application/(xml|vnd\\.openxmlformats-package\\.(relationships|core-properties)\\+xml"
                    + "|vnd\\.openxmlformats-officedocument\\.("
                    + "spreadsheetml\\.(sheet\\.main|worksheet|chartsheet|styles|sharedStrings|theme|calcChain|comments"
                    + "|table|pivotTable|pivotCacheDefinition|pivotCacheRecords|sheetMetadata)\\+xml"
                    + "|spreadsheetml\\.printerSettings"
                    + "|(theme|extended-properties|custom-properties|drawing|customXmlProperties|vmlDrawing)(\\+xml)?"
                    + "|drawingml\\.(chart|chartshapes)\\+xml)"
                    + "|vnd\\.ms-office\\.(chartstyle|chartcolorstyle)\\+xml"
                    + "|vnd\\.ms-excel\\.(threadedcomments|person|slicer|slicerCache|timeline|timelineCache"
                    + "|rdrichvalue|rdrichvaluestructure|rdrichvaluetypes|richstyles|rdsupportingpropertybag|calcchain)\\+xml)"
                    + "|image/(png|jpeg|jpg|gif)");

    private static final Pattern HARMLESS_TARGET = Pattern.compile("(?i)(https?://|mailto:)[^\\\\]*");

    private final InputStreamSource content;
    private final long maxPixels;
    private final TreeMap<Long, Part> parts = new TreeMap<>();

    private final Map<String, String> typesByExtension = new HashMap<>();
    private final Map<String, String> typesByName = new HashMap<>();

    /** An entry of the directory; its name in small letters, because programs do not tell them apart. */
    private record Part(String name, boolean deflated, long crc, long offset, long packed, long unpacked) {}

    private XlsxWorkbook(InputStreamSource content, long maxPixels) {
        this.content = content;
        this.maxPixels = maxPixels;
    }

    /**
     * @param tail the file's end, at least its last 64 KB or all of it
     * @throws RefusedFileException with the reason when this is no plain workbook
     */
    static void requirePlain(InputStreamSource content, byte[] tail, long size, long maxPixels) throws IOException {
        XlsxWorkbook workbook = new XlsxWorkbook(content, maxPixels);
        workbook.readDirectory(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN), size);
        workbook.unpackToNowhere();
        workbook.requireKnownTypes();
    }

    private void readDirectory(ByteBuffer tail, long size) {
        int end = tail.limit() - END_LENGTH;
        if (end < 0 || tail.getInt(end) != END) {
            throw new RefusedFileException("content.cut");
        }
        int count = Short.toUnsignedInt(tail.getShort(end + 10));
        long length = Integer.toUnsignedLong(tail.getInt(end + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
        boolean oneVolume = tail.getInt(end + 4) == 0 && tail.getShort(end + 8) == tail.getShort(end + 10);
        // Writers that stream announce large sizes by a second end record even where there are none.
        if (end >= LARGE_END_LENGTH && tail.getInt(end - LARGE_END_LENGTH) == LARGE_END) {
            end -= LARGE_END_LENGTH;
        }
        if (count > MOST_PARTS) {
            throw new RefusedFileException("content.bomb");
        }
        if (!oneVolume || count == 0 || length > end || offset + length != size - tail.limit() + end) {
            throw new RefusedFileException("content.broken");
        }
        long unpacked = 0;
        Set<String> names = new HashSet<>();
        int at = (int) (end - length);
        for (int i = 0; i < count; i++) {
            if (at + ENTRY_LENGTH > end || tail.getInt(at) != ENTRY) {
                throw new RefusedFileException("content.broken");
            }
            int nameLength = Short.toUnsignedInt(tail.getShort(at + 28));
            int extraLength = Short.toUnsignedInt(tail.getShort(at + 30));
            int noteLength = Short.toUnsignedInt(tail.getShort(at + 32));
            int next = at + ENTRY_LENGTH + nameLength + extraLength + noteLength;
            if (next > end) {
                throw new RefusedFileException("content.broken");
            }
            Part part = part(tail, at, nameLength, extraLength);
            unpacked += part.unpacked();
            if (part.unpacked() > MOST_UNPACKED
                    || unpacked > MOST_UNPACKED
                    || (part.unpacked() > ALWAYS_HARMLESS && part.unpacked() / MOST_RATIO > part.packed())) {
                throw new RefusedFileException("content.bomb");
            }
            requirePlainName(part.name());
            if (!names.add(part.name()) || parts.put(part.offset(), part) != null) {
                throw new RefusedFileException("content.broken");
            }
            at = next;
        }
        requireNothingBetween(offset);
    }

    private static Part part(ByteBuffer tail, int at, int nameLength, int extraLength) {
        int flags = tail.getShort(at + 8);
        int method = tail.getShort(at + 10);
        if ((flags & 1) != 0) {
            throw new RefusedFileException("xlsx.locked");
        }
        if (method != STORED && method != DEFLATED) {
            throw new RefusedFileException("content.broken");
        }
        String name = new String(tail.array(), at + ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8);
        long[] sizes = { // in the order of the extra field that replaces those too large for their place
            Integer.toUnsignedLong(tail.getInt(at + 24)),
            Integer.toUnsignedLong(tail.getInt(at + 20)),
            Integer.toUnsignedLong(tail.getInt(at + 42))
        };
        int extra = at + ENTRY_LENGTH + nameLength;
        int extraEnd = extra + extraLength;
        while (extra + 4 <= extraEnd) {
            int field = extra + 4;
            int fieldEnd = field + Short.toUnsignedInt(tail.getShort(extra + 2));
            if (tail.getShort(extra) == LARGE_SIZES) {
                for (int i = 0; i < sizes.length && field + 8 <= Math.min(fieldEnd, extraEnd); i++) {
                    if (sizes[i] == 0xffff_ffffL) {
                        sizes[i] = tail.getLong(field);
                        field += 8;
                    }
                }
            }
            extra = fieldEnd;
        }
        if (sizes[0] < 0 || sizes[1] < 0 || sizes[2] < 0) {
            throw new RefusedFileException("content.bomb");
        }
        return new Part(
                name.toLowerCase(Locale.ROOT),
                method == DEFLATED,
                Integer.toUnsignedLong(tail.getInt(at + 16)),
                sizes[2],
                sizes[1],
                sizes[0]);
    }

    private static void requirePlainName(String name) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f || c == ' ' || c > 0xa0)
                && !name.startsWith("/")
                && !name.contains("..")
                && !name.contains("\\")
                && !name.contains(":");
        if (!plain) {
            throw new RefusedFileException("content.broken");
        }
        if (name.matches("(?i).*(vbaProject|vbaData|/embeddings/|/externalLinks/|/macrosheets/|/dialogsheets/|/activeX/"
                + "|/ctrlProps/|/webextensions/|customUI|connections\\.xml|/queryTables/|oleObject).*")) {
            throw new RefusedFileException("xlsx.active");
        }
    }

    private void requireNothingBetween(long end) {
        long expected = 0;
        for (Part part : parts.values()) {
            if (part.offset() < expected || part.offset() - expected > WIDEST_GAP || part.packed() > end) {
                throw new RefusedFileException("content.second");
            }
            expected = part.offset() + LOCAL_LENGTH + part.packed();
        }
        if (parts.firstKey() != 0 || expected > end || end - expected > WIDEST_GAP) {
            throw new RefusedFileException("content.second");
        }
    }

    private void unpackToNowhere() throws IOException {
        try (InputStream file = new BufferedInputStream(content.getInputStream())) {
            long at = 0;
            for (Part part : parts.values()) {
                file.skipNBytes(part.offset() - at);
                ByteBuffer header =
                        ByteBuffer.wrap(file.readNBytes(LOCAL_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
                if (header.limit() < LOCAL_LENGTH || header.getInt(0) != LOCAL) {
                    throw new RefusedFileException("content.broken");
                }
                int nameLength = Short.toUnsignedInt(header.getShort(26));
                int extraLength = Short.toUnsignedInt(header.getShort(28));
                String name = new String(file.readNBytes(nameLength), StandardCharsets.UTF_8);
                // Two programs that read the two places would see two different files.
                if (!name.toLowerCase(Locale.ROOT).equals(part.name())) {
                    throw new RefusedFileException("content.second");
                }
                file.skipNBytes(extraLength);
                Packed packed = new Packed(file, part.packed());
                Inflater inflater = new Inflater(true);
                try {
                    Limited in = new Limited(
                            part.deflated() ? new InflaterInputStream(packed, inflater) : packed, part.unpacked());
                    read(part.name(), in);
                    in.drain(part.crc());
                } finally {
                    inflater.end();
                }
                packed.skipRest();
                at = part.offset() + LOCAL_LENGTH + nameLength + extraLength + part.packed();
                if (at > part.offset() + LOCAL_LENGTH + WIDEST_GAP + part.packed()) {
                    throw new RefusedFileException("content.second");
                }
            }
        } catch (IllegalArgumentException | ZipException | EOFException e) {
            throw new RefusedFileException("content.broken");
        }
    }

    private void read(String name, InputStream in) throws IOException {
        if (name.equals("[content_types].xml")) {
            readTypes(description(in));
        } else if (name.endsWith(".rels")) {
            requireInnerTargets(description(in));
        } else if (name.endsWith(".png")) {
            Pictures.requirePng(in, maxPixels);
        } else if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            Pictures.requireJpeg(in, maxPixels);
        } else if (name.endsWith(".xml") || name.endsWith(".vml")) {
            requireNoDeclarations(in);
        }
    }

    private static byte[] description(InputStream in) throws IOException {
        byte[] all = in.readNBytes(LONGEST_DESCRIPTION + 1);
        if (all.length > LONGEST_DESCRIPTION) {
            throw new RefusedFileException("content.bomb");
        }
        return all;
    }

    private void readTypes(byte[] xml) {
        eachElement(xml, reader -> {
            String type = attribute(reader, "ContentType");
            switch (reader.getLocalName()) {
                case "Default" ->
                    typesByExtension.put(attribute(reader, "Extension").toLowerCase(Locale.ROOT), type);
                case "Override" ->
                    typesByName.put(
                            attribute(reader, "PartName").replaceFirst("^/", "").toLowerCase(Locale.ROOT), type);
                default -> {}
            }
        });
    }

    /** Parts may point at each other; outside there are only links that a person follows by a click. */
    private static void requireInnerTargets(byte[] xml) {
        eachElement(xml, reader -> {
            if (!reader.getLocalName().equals("Relationship")) {
                return;
            }
            boolean outside = attribute(reader, "TargetMode").equalsIgnoreCase("External");
            boolean link = attribute(reader, "Type").endsWith("/hyperlink");
            if (outside
                    && !(link
                            && HARMLESS_TARGET
                                    .matcher(attribute(reader, "Target"))
                                    .matches())) {
                throw new RefusedFileException("xlsx.active");
            }
        });
    }

    private void requireKnownTypes() {
        if (!typesByName.containsValue(MAIN)) {
            boolean forMacros = typesByName.values().stream().anyMatch(type -> type.contains("macroEnabled"));
            throw forMacros
                    ? new RefusedFileException("xlsx.active")
                    : new RefusedFileException("content.mismatch", MediaKind.XLSX.name());
        }
        for (Part part : parts.values()) {
            String name = part.name();
            if (name.equals("[content_types].xml") || name.endsWith("/")) {
                continue;
            }
            String type = typesByName.getOrDefault(
                    name, typesByExtension.getOrDefault(name.substring(name.lastIndexOf('.') + 1), ""));
            if (!KNOWN_TYPE.matcher(type).matches()) {
                // Without a type a program does not look at the part at all: it is there for another one.
                throw new RefusedFileException(type.isEmpty() ? "content.second" : "xlsx.active");
            }
        }
    }

    /** Entities grow and fetch; no program writes them into a workbook. */
    private static void requireNoDeclarations(InputStream in) throws IOException {
        byte[] window = new byte[16 * 1024];
        int kept = 0;
        int read;
        boolean start = true;
        while ((read = in.readNBytes(window, kept, window.length - kept)) > 0) {
            int filled = kept + read;
            if (start && (window[0] & 0xff) != 0xef && window[0] != '<') {
                throw new RefusedFileException("content.broken"); // UTF-16 would hide the words from us
            }
            start = false;
            String text = new String(window, 0, filled, StandardCharsets.ISO_8859_1);
            if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
                throw new RefusedFileException("xlsx.active");
            }
            kept = Math.min(16, filled);
            System.arraycopy(window, filled - kept, window, 0, kept);
        }
    }

    private interface Element {
        void read(XMLStreamReader reader);
    }

    private static void eachElement(byte[] xml, Element element) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new RefusedFileException("xlsx.active");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    element.read(reader);
                }
            }
        } catch (XMLStreamException e) {
            throw new RefusedFileException("content.broken");
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** The packed bytes of one part. */
    private static final class Packed extends InputStream {

        private final InputStream file;
        private long left;

        Packed(InputStream file, long length) {
            this.file = file;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = file.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        void skipRest() throws IOException {
            file.skipNBytes(left);
        }
    }

    /** A part as it unpacks, to the size that was announced and not a byte further. */
    private static final class Limited extends InputStream {

        private final InputStream in;
        private final CRC32 crc = new CRC32();
        private long left;

        Limited(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            if (read > 0) {
                crc.update(target, offset, read);
                left -= read;
            }
            if (left < 0) {
                throw new RefusedFileException("content.bomb");
            }
            return read;
        }

        void drain(long expectedCrc) throws IOException {
            byte[] sink = new byte[16 * 1024];
            while (read(sink, 0, sink.length) > 0) {
                continue;
            }
            if (left != 0 || crc.getValue() != expectedCrc) {
                throw new RefusedFileException("content.broken");
            }
        }
    }
}
