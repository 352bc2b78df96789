package org.jiefeng.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/**
 * A recording of 30 MB goes in and out while the heap holds pieces of it only. What counts is what is still in use after
 * collecting, looked at again and again on the way; the database is a process of its own.
 */
class LargeRecordingTest {

    private static final int SOUND = 30 * 1024 * 1024;
    private static final long MOST_IN_USE = 12L * 1024 * 1024;

    private static final EvidenceProperties LIMITS = new EvidenceProperties(
            EnumSet.allOf(MediaKind.class),
            DataSize.ofMegabytes(40),
            DataSize.ofMegabytes(200),
            60,
            1_000_000,
            Path.of("target", "uploads"),
            EvidenceRoom.LIMITS.maxPrintedRows(),
            EvidenceRoom.LIMITS.performanceWeeks());

    private long before;
    private long most;

    @Test
    void heapDoesNotGrowByItsSize() throws Exception {
        try (EvidenceRoom room = EvidenceRoom.onPostgres(LIMITS)) {
            String appeal = room.openAppeal("employee");
            room.get(EvidenceChecklist.class).prepare(appeal, List.of("PAYMENT_PROOF"), List.of());
            EvidenceFiles files = room.get(EvidenceFiles.class);
            System.gc();
            before = used();

            EvidenceFile file = files.upload(appeal, "PAYMENT_PROOF", "call.wav", this::recording, "employee");
            long[] received = {0};
            files.copyTo(file, new OutputStream() {
                @Override
                public void write(int b) {
                    received[0]++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    if (received[0] / SAMPLED != (received[0] + length) / SAMPLED) {
                        look();
                    }
                    received[0] += length;
                }
            });

            assertThat(received[0]).isEqualTo(SOUND + 44L);
            assertThat(most).isPositive();
            assertThat(most - before).isLessThan(MOST_IN_USE);
        }
    }

    private static final int SAMPLED = 5 * 1024 * 1024;

    private void look() {
        System.gc();
        most = Math.max(most, used());
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private InputStream recording() {
        ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        head.put(SampleFiles.wav(), 0, 44).putInt(4, 36 + SOUND).putInt(40, SOUND);
        return new SequenceInputStream(new ByteArrayInputStream(head.array()), new Sound());
    }

    /** Silence made while it is read. */
    private final class Sound extends InputStream {

        private int left = SOUND;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(length, left);
            if (left / SAMPLED != (left - count) / SAMPLED) {
                look();
            }
            left -= count;
            return count;
        }
    }
}
