package org.jiefeng.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The application as a process of its own, which can be killed as a power cut or the kernel kills it, and started again. */
final class KillableApplication implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final Path folder;
    private final int port = FreePort.find();
    private final List<String> command = new ArrayList<>();

    @Nullable
    private Process process;

    private int starts;

    /**
     * Makes it; it is not started yet.
     *
     * @param folder where its uploads and logs are
     * @param settings what differs from the demo, above all {@code spring.datasource.url}
     */
    KillableApplication(Path folder, Map<String, String> settings) {
        this.folder = folder;
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: what the second compiler would gain is never got back.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SellersApplication.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--jiefeng.evidence.upload-folder=" + uploads()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    }

    /** The database of the demo, with its settings, in this folder. */
    static String h2(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("jiefeng") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
    }

    Path uploads() {
        return folder.resolve("uploads");
    }

    int starts() {
        return starts;
    }

    URI home() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Person person(String id) {
        return new Person(id, home());
    }

    /** Starts it and waits until everything that runs at a start has run. */
    void start() {
        launch();
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(ready())) {
            if (!running().isAlive()) {
                throw new AssertionError("The application did not start; see " + log());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("The application took more than " + START + " to start; see " + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Starts it without waiting for it. */
    void launch() {
        if (process != null) {
            throw new IllegalStateException("It runs already");
        }
        starts++;
        try {
            Files.createDirectories(folder);
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--" + SellersApplication.READY + "=" + ready());
            process = new ProcessBuilder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: no handler, no hook and no {@code finally} of it runs. */
    void kill() {
        Process killed = running();
        killed.destroyForcibly();
        try {
            if (!killed.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("It lives after kill -9");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        process = null;
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("It does not run");
        }
        return process;
    }

    private Path ready() {
        return folder.resolve("ready-" + starts);
    }

    /** What the latest start wrote. */
    Path log() {
        return folder.resolve("start-" + starts + ".log");
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
