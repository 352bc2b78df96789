package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells MP3 sound from files that merely begin like it. */
final class MpegAudio {

    /** Encoders may pad between the tag and the sound. */
    private static final int SEARCHED_AFTER_TAG = 8 * 1024;

    private MpegAudio() {}

    /** Whether an MPEG layer III frame header stands here. */
    static boolean isFrame(byte[] bytes, int at) {
        if (at + 3 >= bytes.length || (bytes[at] & 0xff) != 0xff || (bytes[at + 1] & 0xe0) != 0xe0) {
            return false;
        }
        int version = (bytes[at + 1] >> 3) & 3;
        int layer = (bytes[at + 1] >> 1) & 3;
        int bitRate = (bytes[at + 2] >> 4) & 15;
        int sampleRate = (bytes[at + 2] >> 2) & 3;
        return version != 1 && layer == 1 && bitRate != 15 && bitRate != 0 && sampleRate != 3;
    }

    static void requireFrames(InputStream content) throws IOException {
        InputStream in = new BufferedInputStream(content);
        in.mark(10);
        byte[] tag = in.readNBytes(10);
        if (tag.length == 10 && tag[0] == 'I' && tag[1] == 'D' && tag[2] == '3') {
            // The tag's length is written in 7-bit pieces.
            long length = (tag[6] & 0x7fL) << 21 | (tag[7] & 0x7fL) << 14 | (tag[8] & 0x7fL) << 7 | (tag[9] & 0x7fL);
            if (in.skip(length) < length) {
                throw new RefusedFileException("content.cut");
            }
        } else {
            in.reset();
        }
        byte[] start = in.readNBytes(SEARCHED_AFTER_TAG);
        for (int at = 0; at < start.length; at++) {
            if (isFrame(start, at)) {
                return;
            }
            if (start[at] != 0) {
                break;
            }
        }
        throw new RefusedFileException("content.mismatch", MediaKind.MP3.name());
    }
}
