package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Walks through a picture's structure: its size first, then that it is whole and nothing besides, drawing nothing. */
final class Pictures {

    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    /** Compressed notes in a PNG; nobody needs large ones, and they unpack a thousandfold. */
    private static final int ICCP = 0x69434350;

    private static final int ITXT = 0x69545874;
    private static final int ZTXT = 0x7a545874;
    private static final int LONGEST_NOTE = 256 * 1024;

    private Pictures() {}

    /** @throws RefusedFileException when this is no whole PNG, or one of more than so many pixels */
    static void requirePng(InputStream content, long maxPixels) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(content));
        Inflater inflater = new Inflater();
        try {
            in.skipNBytes(8);
            if (in.readInt() != 13 || in.readInt() != IHDR) {
                throw new RefusedFileException("content.broken");
            }
            byte[] header = in.readNBytes(13);
            requireChecksum(in, IHDR, header);
            PngHeader png = PngHeader.of(header);
            requirePixels(png.width(), png.height(), maxPixels);
            long unpacked = 0;
            for (; ; ) {
                long length = Integer.toUnsignedLong(in.readInt());
                int type = in.readInt();
                if (type == IDAT) {
                    unpacked += unpack(in, length, inflater, png.mostBytes() - unpacked);
                } else {
                    if (length > LONGEST_NOTE && (type == ICCP || type == ITXT || type == ZTXT)) {
                        throw new RefusedFileException("content.bomb");
                    }
                    in.skipNBytes(length);
                }
                in.skipNBytes(4);
                if (type == IEND) {
                    break;
                }
            }
            if (unpacked < png.leastBytes()) {
                throw new RefusedFileException("content.cut");
            }
            if (in.read() >= 0) {
                throw new RefusedFileException("content.second");
            }
        } catch (EOFException e) {
            throw new RefusedFileException("content.cut");
        } catch (DataFormatException e) {
            throw new RefusedFileException("content.broken");
        } finally {
            inflater.end();
        }
    }

    private static void requireChecksum(DataInputStream in, int type, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(type >>> shift);
        }
        crc.update(content);
        if (in.readInt() != (int) crc.getValue()) {
            throw new RefusedFileException("content.broken");
        }
    }

    /** Unpacks and forgets: what counts is how much comes out. */
    private static long unpack(DataInputStream in, long length, Inflater inflater, long most)
            throws IOException, DataFormatException {
        byte[] packed = new byte[8 * 1024];
        byte[] sink = new byte[32 * 1024];
        long count = 0;
        for (long left = length; left > 0; ) {
            int read = in.readNBytes(packed, 0, (int) Math.min(packed.length, left));
            if (read == 0) {
                throw new EOFException();
            }
            left -= read;
            inflater.setInput(packed, 0, read);
            int out;
            while ((out = inflater.inflate(sink)) > 0) {
                count += out;
                if (count > most) {
                    throw new RefusedFileException("content.bomb");
                }
            }
            if (inflater.needsDictionary()) {
                throw new RefusedFileException("content.broken");
            }
        }
        return count;
    }

    /** What a PNG says of itself, as far as its amount of data follows from it. */
    private record PngHeader(long width, long height, int bitsPerPixel, boolean interlaced) {

        static PngHeader of(byte[] header) {
            DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(header));
            try {
                long width = Integer.toUnsignedLong(in.readInt());
                long height = Integer.toUnsignedLong(in.readInt());
                int depth = in.readUnsignedByte();
                int channels =
                        switch (in.readUnsignedByte()) {
                            case 0, 3 -> 1;
                            case 2 -> 3;
                            case 4 -> 2;
                            case 6 -> 4;
                            default -> throw new RefusedFileException("content.broken");
                        };
                in.skipNBytes(2);
                int interlace = in.readUnsignedByte();
                if (depth < 1 || depth > 16 || interlace > 1) {
                    throw new RefusedFileException("content.broken");
                }
                return new PngHeader(width, height, depth * channels, interlace == 1);
            } catch (IOException e) {
                throw new RefusedFileException("content.cut");
            }
        }

        private long plainBytes() {
            return height * (1 + (width * bitsPerPixel + 7) / 8);
        }

        long leastBytes() {
            return interlaced ? width * height * bitsPerPixel / 8 : plainBytes();
        }

        /** The seven passes of an interlaced picture have rows, and so row ends, of their own. */
        long mostBytes() {
            return interlaced ? plainBytes() + 4 * height + 64 : plainBytes();
        }
    }

    /** @throws RefusedFileException when this is no whole JPEG, or one of more than so many pixels */
    static void requireJpeg(InputStream content, long maxPixels) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(content));
        try {
            in.skipNBytes(2);
            boolean sized = false;
            int marker = nextMarker(in);
            while (marker != 0xd9) {
                if (marker == 0xda && !sized) {
                    throw new RefusedFileException("content.broken"); // picture data before its size
                }
                int length = in.readUnsignedShort();
                if (length < 2) {
                    throw new RefusedFileException("content.broken");
                }
                byte[] segment = new byte[length - 2];
                in.readFully(segment);
                if (isFrameHeader(marker)) {
                    requireFrameSize(segment, maxPixels);
                    sized = true;
                } else if (Markup.isIn(segment, segment.length)) {
                    throw new RefusedFileException("content.second");
                }
                marker = marker == 0xda ? markerAfterData(in) : nextMarker(in);
            }
            if (!sized) {
                throw new RefusedFileException("content.broken");
            }
            // Phones append a second picture or notes of their own; a page there is no note.
            Markup.requireNone(in);
        } catch (EOFException e) {
            throw new RefusedFileException("content.cut");
        }
    }

    private static void requireFrameSize(byte[] segment, long maxPixels) {
        if (segment.length < 6) {
            throw new RefusedFileException("content.broken");
        }
        long height = (segment[1] & 0xffL) << 8 | (segment[2] & 0xffL);
        long width = (segment[3] & 0xffL) << 8 | (segment[4] & 0xffL);
        requirePixels(width, height, maxPixels);
    }

    private static void requirePixels(long width, long height, long maxPixels) {
        // A side alone may already be more than all pixels together: no product of two such numbers.
        if (width == 0 || height == 0 || width > maxPixels || height > maxPixels || width * height > maxPixels) {
            throw new RefusedFileException("image.pixels", String.valueOf(maxPixels / 1_000_000));
        }
    }

    private static int nextMarker(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != 0xff) {
            throw new RefusedFileException("content.broken");
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xff) {
            marker = in.readUnsignedByte(); // fill bytes
        }
        return marker;
    }

    /** Within picture data a marker is 0xff before anything but 0, fill and the restart marks. */
    private static int markerAfterData(DataInputStream in) throws IOException {
        for (; ; ) {
            if (in.readUnsignedByte() == 0xff) {
                int marker = in.readUnsignedByte();
                while (marker == 0xff) {
                    marker = in.readUnsignedByte();
                }
                if (marker != 0 && (marker < 0xd0 || marker > 0xd7)) {
                    return marker;
                }
            }
        }
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
