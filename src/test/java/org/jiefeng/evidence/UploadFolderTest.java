package org.jiefeng.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.util.unit.DataSize;

class UploadFolderTest {

    @TempDir
    private Path root;

    private EvidenceProperties limits() {
        return new EvidenceProperties(
                EnumSet.allOf(MediaKind.class),
                DataSize.ofMegabytes(40),
                DataSize.ofMegabytes(200),
                60,
                1_000_000,
                root,
                EvidenceRoom.LIMITS.maxPrintedRows(),
                EvidenceRoom.LIMITS.performanceWeeks());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndWhatALivingOneHoldsIsNot() throws Exception {
        Path orphan = Files.createDirectory(root.resolve("process-killed"));
        Files.createFile(orphan.resolve("lock"));
        Files.writeString(orphan.resolve("upload_1.tmp"), "half a file");
        Path notOurs = Files.createDirectory(root.resolve("other"));

        try (UploadFolder living = new UploadFolder(limits())) {
            Path received = Files.writeString(living.path().resolve("upload_2.tmp"), "on its way");

            try (UploadFolder next = new UploadFolder(limits())) {
                assertThat(next.path()).isNotEqualTo(living.path());
                assertThat(received).exists();
            }
            assertThat(orphan).doesNotExist();
            assertThat(notOurs).exists();
        }

        assertThat(root).isDirectoryNotContaining("glob:**process-*");
    }

    @Test
    void theServerMustTakeMoreThanWeDo() throws Exception {
        MultipartProperties server = new MultipartProperties();
        server.setMaxFileSize(DataSize.ofMegabytes(40));
        try (UploadFolder folder = new UploadFolder(limits())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> folder.multipartConfig(server, limits()))
                    .withMessageContaining("max-file-size");

            server.setMaxFileSize(DataSize.ofMegabytes(60));
            assertThat(folder.multipartConfig(server, limits()).getLocation())
                    .isEqualTo(folder.path().toString());
        }
    }
}
