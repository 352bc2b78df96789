package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the size of a picture from its structure, without unpacking it. */
final class Pictures {

    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454e44;

    private Pictures() {}

    static long pngPixels(InputStream content) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(content));
        try {
            in.skipNBytes(8);
            if (in.readInt() != 13 || in.readInt() != IHDR) {
                throw new RefusedFileException("content.broken");
            }
            long pixels = Integer.toUnsignedLong(in.readInt()) * Integer.toUnsignedLong(in.readInt());
            in.skipNBytes(5 + 4);
            for (; ; ) {
                long length = Integer.toUnsignedLong(in.readInt());
                int type = in.readInt();
                in.skipNBytes(length + 4);
                if (type == IEND) {
                    break;
                }
            }
            if (in.read() >= 0) {
                throw new RefusedFileException("content.second");
            }
            return pixels;
        } catch (EOFException e) {
            throw new RefusedFileException("content.cut");
        }
    }

    static long jpegPixels(InputStream content) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(content));
        try {
            in.skipNBytes(2);
            for (; ; ) {
                int marker = nextMarker(in);
                int length = in.readUnsignedShort();
                if (length < 2) {
                    throw new RefusedFileException("content.broken");
                }
                if (isFrameHeader(marker)) {
                    in.skipNBytes(1);
                    return (long) in.readUnsignedShort() * in.readUnsignedShort();
                }
                if (marker == 0xda || marker == 0xd9) {
                    throw new RefusedFileException("content.broken"); // picture data before its size
                }
                in.skipNBytes(length - 2L);
            }
        } catch (EOFException e) {
            throw new RefusedFileException("content.cut");
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

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
