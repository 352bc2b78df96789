package org.jiefeng.evidence;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

/**
 * Where the server keeps a file while it is received. Each process has a folder of its own in it, locked while it lives:
 * what a killed one left behind is known by its free lock and removed at the next start.
 */
@Configuration(proxyBeanMethods = false)
class UploadFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UploadFolder.class);

    private static final String OWN = "process-";
    private static final String LOCK = "lock";

    private final Path own;
    private final FileChannel lock;

    UploadFolder(EvidenceProperties properties) throws IOException {
        Path root = Files.createDirectories(properties.uploadFolder().toAbsolutePath());
        // One at a time: nobody may sweep between the making of a folder and its locking.
        synchronized (UploadFolder.class) {
            try (FileChannel gate = openLock(root);
                    FileLock held = gate.lock()) {
                sweep(root);
                own = Files.createTempDirectory(root, OWN); // readable by its owner only
                lock = openLock(own);
                lock.lock();
            }
        }
    }

    private static FileChannel openLock(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void sweep(Path root) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(root)) {
            folders = found.filter(path -> path.getFileName().toString().startsWith(OWN) && Files.isDirectory(path))
                    .toList();
        }
        for (Path folder : folders) {
            if (isLeftBehind(folder) && FileSystemUtils.deleteRecursively(folder)) {
                LOG.info("Removed the unfinished uploads of an earlier run");
            }
        }
    }

    private static boolean isLeftBehind(Path folder) throws IOException {
        try (FileChannel channel = openLock(folder);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    Path path() {
        return own;
    }

    @Bean
    MultipartConfigElement multipartConfig(MultipartProperties server, EvidenceProperties limits) {
        if (server.getMaxFileSize().compareTo(limits.maxFileSize()) <= 0) {
            throw new IllegalStateException("jiefeng.evidence.max-file-size (" + limits.maxFileSize()
                    + ") must be less than spring.servlet.multipart.max-file-size (" + server.getMaxFileSize() + ")");
        }
        server.setLocation(own.toString());
        return server.createMultipartConfig();
    }

    @Override
    public void close() throws IOException {
        lock.close();
        FileSystemUtils.deleteRecursively(own);
    }
}
