package org.jiefeng.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP that keeps the SHA-256 of every file that goes through it, and holds none of them in memory. */
final class ManifestZip extends ZipOutputStream {

    private final List<Item> items = new ArrayList<>();
    private final MessageDigest digest;
    private String folder = "";
    private String path = "";
    private long size;

    ManifestZip(OutputStream out) {
        super(out, StandardCharsets.UTF_8);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of the archive. */
    record Item(String path, long size, String sha256) {}

    /** Where the next files go, e.g. {@code evidence/}. */
    void folder(String name) {
        folder = name;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    void add(String name, String text) throws IOException {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String name, byte[] content) throws IOException {
        putNextEntry(new ZipEntry(name));
        write(content, 0, content.length);
        closeEntry();
    }

    @Override
    public void putNextEntry(ZipEntry entry) throws IOException {
        path = folder + entry.getName();
        size = 0;
        digest.reset();
        ZipEntry placed = new ZipEntry(path);
        if (entry.getTime() != -1) {
            placed.setTimeLocal(entry.getTimeLocal());
        }
        super.putNextEntry(placed);
    }

    @Override
    public synchronized void write(byte[] content, int from, int length) throws IOException {
        super.write(content, from, length);
        digest.update(content, from, length);
        size += length;
    }

    @Override
    public void closeEntry() throws IOException {
        super.closeEntry();
        if (!path.isEmpty()) {
            items.add(new Item(path, size, HexFormat.of().formatHex(digest.digest())));
            path = "";
        }
    }
}
