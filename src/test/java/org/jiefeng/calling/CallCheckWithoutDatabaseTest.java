package org.jiefeng.calling;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jiefeng.app.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is stopped, and one that has stopped answering: diallers are told no, and soon. */
class CallCheckWithoutDatabaseTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
    private static final Duration SOON = Duration.ofMillis(300);

    /** As many as one node has threads for, and more. */
    private static final int DIALLERS = 12;

    private Line line;
    private Dialler dialler;
    private String card;

    @BeforeEach
    void setUp() throws Exception {
        String url = Postgres.freshDatabase();
        line = new Line(Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1")));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.replaceAll(":\\d+/", ":" + line.port() + "/"));
        config.setUsername("postgres");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(3_000);
        dialler = Dialler.on(new HikariDataSource(config), Duration.ofMillis(200));
        card = dialler.card(dialler.employee(), NOW);
        dialler.consent("13900000001", NOW, null);
        // Until everything is loaded: what comes then is what a running application does.
        for (int i = 0; i < 50; i++) {
            dialler.mayCall(card, "13900000001");
        }
        assertThat(dialler.mayCall(card, "13900000001").allowed()).isTrue();
    }

    @AfterEach
    void tearDown() throws Exception {
        line.close();
        dialler.close();
    }

    @Test
    void aStoppedDatabaseMeansNo() throws Exception {
        line.close();

        assertEverybodyIsToldNoSoon();
    }

    @Test
    void aSilentDatabaseMeansNoAndCallsGoOutAgainWhenItAnswers() throws Exception {
        line.silent(true);
        assertEverybodyIsToldNoSoon();

        line.silent(false);
        Instant end = Instant.now().plusSeconds(30);
        while (!dialler.mayCall(card, "13900000001").allowed()) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    private void assertEverybodyIsToldNoSoon() throws Exception {
        ExecutorService diallers = Executors.newFixedThreadPool(DIALLERS);
        try {
            List<Future<Duration>> answers = new ArrayList<>();
            for (int i = 0; i < DIALLERS; i++) {
                answers.add(diallers.submit(() -> {
                    long begin = System.nanoTime();
                    CallAnswer answer = dialler.mayCall(card, "13900000001");
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    assertThat(answer.allowed()).isFalse();
                    assertThat(answer.rule()).isEqualTo(CallRule.CHECK_UNAVAILABLE);
                    assertThat(answer.retryAt()).isEqualTo(NOW.plusSeconds(1));
                    return took;
                }));
            }
            for (Future<Duration> answer : answers) {
                assertThat(answer.get()).isLessThan(SOON);
            }
        } finally {
            diallers.shutdownNow();
        }
    }

    /** The wire to the database. */
    private static final class Line implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> ends = new ArrayList<>();
        private final int database;
        private final Object gate = new Object();
        private boolean silent;
        private boolean cut;

        Line(int database) throws IOException {
            this.database = database;
            begin(() -> {
                while (true) {
                    Socket here = door.accept();
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), database());
                    keep(here, there);
                    begin(() -> copy(here, there));
                    begin(() -> copy(there, here));
                }
            });
        }

        /** The pool goes on filling itself while the line is cut: what comes through last is cut too. */
        private void keep(Socket here, Socket there) throws IOException {
            synchronized (ends) {
                ends.addAll(List.of(here, there));
                if (cut) {
                    close();
                }
            }
        }

        private int database() {
            return database;
        }

        int port() {
            return door.getLocalPort();
        }

        void silent(boolean yes) {
            synchronized (gate) {
                silent = yes;
                gate.notifyAll();
            }
        }

        private void copy(Socket from, Socket to) throws IOException, InterruptedException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                synchronized (gate) {
                    while (silent) {
                        gate.wait();
                    }
                }
                out.write(bytes, 0, n);
            }
        }

        private interface Work {
            void run() throws Exception;
        }

        private static void begin(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    // The line is cut, as the test wants it.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            synchronized (ends) {
                cut = true;
                door.close();
                for (Socket end : ends) {
                    end.close();
                }
            }
        }
    }
}
