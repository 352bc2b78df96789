package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Tells MP3 sound from files that merely begin like it. */
final class MpegAudio {

    /** Encoders may pad between the tag and the sound. */
    private static final int SEARCHED_AFTER_TAG = 8 * 1024;

    private static final int LONGEST_FRAME = 2 * 1024;

    private static final int[] RATES_MPEG_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] RATES_MPEG_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLES = {44_100, 48_000, 32_000};

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

    /** How many bytes the frame here has, its header included. */
    private static int lengthOfFrame(byte[] bytes, int at) {
        int version = (bytes[at + 1] >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
        int bitRate = (bytes[at + 2] >> 4) & 15;
        int samples = SAMPLES[(bytes[at + 2] >> 2) & 3] / (version == 3 ? 1 : version == 2 ? 2 : 4);
        int padding = (bytes[at + 2] >> 1) & 1;
        int rate = 1000 * (version == 3 ? RATES_MPEG_1 : RATES_MPEG_2)[bitRate];
        return (version == 3 ? 144 : 72) * rate / samples + padding;
    }

    static void requireFrames(InputStream content) throws IOException {
        InputStream in = new BufferedInputStream(content);
        in.mark(10);
        byte[] tag = in.readNBytes(10);
        if (tag.length == 10 && tag[0] == 'I' && tag[1] == 'D' && tag[2] == '3') {
            // The tag's length is written in 7-bit pieces.
            long length = (tag[6] & 0x7fL) << 21 | (tag[7] & 0x7fL) << 14 | (tag[8] & 0x7fL) << 7 | (tag[9] & 0x7fL);
            try {
                in.skipNBytes(length);
            } catch (EOFException e) {
                throw new RefusedFileException("content.cut");
            }
        } else {
            in.reset();
        }
        byte[] start = in.readNBytes(SEARCHED_AFTER_TAG + LONGEST_FRAME);
        int at = 0;
        while (at < SEARCHED_AFTER_TAG && at < start.length && start[at] == 0) {
            at++;
        }
        if (!isFrame(start, at)) {
            throw new RefusedFileException("content.mismatch", MediaKind.MP3.name());
        }
        int end = at + lengthOfFrame(start, at);
        if (end > start.length) {
            throw new RefusedFileException("content.cut");
        }
        // One header may be chance; behind its frame stands the next one, a tag or nothing.
        boolean goesOn = end == start.length || isFrame(start, end) || start[end] == 'T' || start[end] == 'A';
        if (!goesOn) {
            throw new RefusedFileException("content.mismatch", MediaKind.MP3.name());
        }
    }
}
