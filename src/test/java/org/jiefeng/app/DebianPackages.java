package org.jiefeng.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installs what tests need and the machine lacks, where the build runs as root on Debian. */
public final class DebianPackages {

    private DebianPackages() {}

    /** @return whether they are there now; elsewhere than on Debian, or not as root, nothing is tried */
    public static boolean install(String... packages) {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return false;
        }
        try {
            run("apt-get", "update", "-qq");
            run(Stream.concat(
                            Stream.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
                            Stream.of(packages))
                    .toArray(String[]::new));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        if (!builder.start().waitFor(10, TimeUnit.MINUTES)) {
            throw new IOException(command[0] + " did not end");
        }
    }
}
