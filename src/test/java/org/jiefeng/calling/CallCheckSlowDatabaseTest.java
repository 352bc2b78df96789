package org.jiefeng.calling;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A check that takes too long is a no for the dialler, and nothing else: an embedded H2 whose reading thread is interrupted
 * closes its file for everybody.
 */
class CallCheckSlowDatabaseTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    @Test
    void aCheckThatIsGivenUpIsNotInterrupted() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (SlowDatabase database = new SlowDatabase(config);
                Dialler dialler = Dialler.on(database, PATIENCE)) {
            database.slow = true;

            assertThat(dialler.mayCall("13900000001", "13900000002").rule()).isEqualTo(CallRule.CHECK_UNAVAILABLE);
            assertThat(database.interrupted.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    /** Answers after four times the patience, and says whether somebody tried to hurry it. */
    private static final class SlowDatabase extends HikariDataSource {

        private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        private volatile boolean slow;

        SlowDatabase(HikariConfig config) {
            super(config);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (slow) {
                long end = System.nanoTime() + PATIENCE.multipliedBy(4).toNanos();
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
            return super.getConnection();
        }
    }
}
