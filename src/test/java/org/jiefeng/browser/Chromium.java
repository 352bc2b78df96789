package org.jiefeng.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jiefeng.app.DebianPackages;

/**
 * The Chromium of this machine: found where it is usually installed, or installed through apt-get when the build runs as
 * root on Debian; otherwise the build says what is missing.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Path executable = find().or(Chromium::install).orElseThrow(() -> new IllegalStateException("""
                The browser tests need Chromium (or Chrome) and found none on this machine.
                Install it (Debian: apt-get install chromium fonts-noto-cjk), or name it with -Djiefeng.browser=/path/to/chromium."""));
        // The browser is here already: Playwright must not try to download its own.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    Browser browser() {
        return browser;
    }

    private static Optional<Path> find() {
        String named = System.getProperty("jiefeng.browser");
        Stream<Path> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                        .map(name -> Path.of(folder, name)));
        Stream<Path> usual = Stream.of(
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                        "/Applications/Chromium.app/Contents/MacOS/Chromium",
                        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe")
                .map(Path::of);
        return Stream.concat(Optional.ofNullable(named).map(Path::of).stream(), Stream.concat(onPath, usual))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        return DebianPackages.install("chromium", "fonts-noto-cjk") ? find() : Optional.empty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
