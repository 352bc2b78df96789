package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Tells WAV sound from files that merely begin like it. */
final class WavAudio {

    private static final int RIFF = 0x52494646;
    private static final int WAVE = 0x57415645;
    private static final int FORMAT = 0x666d7420;
    private static final int DATA = 0x64617461;

    private WavAudio() {}

    static void requireSound(InputStream content, long size) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(content));
        try {
            int riff = in.readInt();
            long stated = littleEndian(in);
            if (riff != RIFF || in.readInt() != WAVE) {
                throw new RefusedFileException("content.mismatch", MediaKind.WAV.name());
            }
            if (!isLeftOpen(stated) && stated + 8 > size) {
                throw new RefusedFileException("content.cut");
            }
            boolean formatKnown = false;
            for (long at = 12; ; ) {
                int chunk = in.readInt();
                long length = littleEndian(in);
                at += 8;
                if (chunk == DATA) {
                    if (!formatKnown) {
                        throw new RefusedFileException("content.broken");
                    }
                    if (!isLeftOpen(length) && at + length > size) {
                        throw new RefusedFileException("content.cut");
                    }
                    return;
                }
                if (chunk == FORMAT) {
                    requireFormat(in, length);
                    formatKnown = true;
                    in.skipNBytes(length - 16 + length % 2);
                } else {
                    in.skipNBytes(length + length % 2);
                }
                at += length + length % 2;
            }
        } catch (EOFException e) {
            throw new RefusedFileException("content.cut");
        }
    }

    private static void requireFormat(DataInputStream in, long length) throws IOException {
        if (length < 16 || length > 1024) {
            throw new RefusedFileException("content.broken");
        }
        in.skipNBytes(2);
        int channels = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        long rate = littleEndian(in);
        in.skipNBytes(8);
        if (channels < 1 || channels > 16 || rate < 1 || rate > 768_000) {
            throw new RefusedFileException("content.broken");
        }
    }

    /** Recorders that write while they record leave 0 or the largest value where a length belongs. */
    private static boolean isLeftOpen(long length) {
        return length == 0 || length == 0xffff_ffffL;
    }

    private static long littleEndian(DataInputStream in) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }
}
