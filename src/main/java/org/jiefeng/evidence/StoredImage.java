package org.jiefeng.evidence;

import java.io.IOException;
import java.util.function.IntFunction;
import javax.imageio.stream.ImageInputStreamImpl;

/** A stored picture as decoders want it, readable back and forth with one piece of it in memory. */
final class StoredImage extends ImageInputStreamImpl {

    private final long size;
    private final IntFunction<byte[]> pieces;
    private byte[] piece = {};
    private int loaded = -1;

    /** @param pieces the content's piece of this number, each of {@link EvidenceContents#PIECE} bytes but the last */
    StoredImage(long size, IntFunction<byte[]> pieces) {
        this.size = size;
        this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= size) {
            return -1;
        }
        int wanted = (int) (streamPos / EvidenceContents.PIECE);
        if (wanted != loaded) {
            piece = pieces.apply(wanted);
            loaded = wanted;
        }
        int from = (int) (streamPos % EvidenceContents.PIECE);
        int count = Math.min(length, piece.length - from);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(piece, from, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return size;
    }
}
