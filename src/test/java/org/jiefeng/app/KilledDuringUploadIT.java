package org.jiefeng.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The process dies while a second file is on its way: what was acknowledged is there afterwards, what was not is
 * nowhere, and the task goes on.
 */
class KilledDuringUploadIT {

    private static final int ON_ITS_WAY = 8 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedStaysAndWhatWasHalfReceivedIsNowhere() throws Exception {
        String url = KillableApplication.h2(folder);
        byte[] content = pdf(3 * 1024 * 1024);
        try (KillableApplication application = new KillableApplication(folder, Map.of("spring.datasource.url", url))) {
            application.start();
            Appellant seller = new Appellant(application, 1);
            seller.isSuspended().is(201);
            String appeal = seller.appeal();
            await("the application is to be prepared")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        seller.isSupported();
                        return application
                                .person(seller.id())
                                .sees("Task_PrepareApplication", appeal)
                                .isPresent();
                    });
            List<String> items = seller.missingItems();
            JsonNode acknowledged = application
                    .person(seller.id())
                    .upload("/api/appeals/" + appeal + "/evidence", items.get(0), "acknowledged.pdf", content)
                    .is(201)
                    .json();

            try (Socket half = beginUpload(application, seller.id(), appeal, items.get(1))) {
                await("a good part of it is in the upload folder")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> received(application.uploads()) >= ON_ITS_WAY / 2);
                application.kill();
            }
            assertThat(received(application.uploads()))
                    .as("left behind by the dead")
                    .isPositive();

            application.start();

            assertThat(received(application.uploads())).as("swept").isZero();
            JsonNode found = application
                    .person(seller.id())
                    .get("/api/appeals/" + appeal + "/evidence")
                    .ok()
                    .json()
                    .path("items");
            assertThat(found.findValuesAsText("name"))
                    .contains("acknowledged.pdf")
                    .doesNotContain("half.pdf");
            assertThat(acknowledged.path("sha256").asText()).isEqualTo(sha256(content));
            assertThat(application
                            .person(seller.id())
                            .bytes("/api/appeals/" + appeal + "/evidence/"
                                    + acknowledged.path("id").asText()))
                    .isEqualTo(content);

            assertThat(seller.applies()).as("the task is still open").isTrue();
            await("and is done now")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> application
                            .person("manager")
                            .sees("Task_ReviewApplication", appeal)
                            .isPresent());

            // An H2 file belongs to one process at a time.
            application.kill();
            JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url, "sa", ""));
            assertThat(jdbc.sql("select count(*) from evidence_file where name = 'half.pdf'")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql("""
                            select count(*) from evidence_content c where not exists (
                              select 1 from evidence_file f
                              where f.appeal_number = c.appeal_number and f.sha256 = c.sha256)
                            """).query(Long.class).single())
                    .as("contents of no file")
                    .isZero();
        }
    }

    /** Announces more than it sends, and leaves it at that. */
    private static Socket beginUpload(KillableApplication application, String seller, String appeal, String item)
            throws IOException {
        Socket socket =
                new Socket(application.home().getHost(), application.home().getPort());
        String login = Base64.getEncoder().encodeToString((seller + ":" + Person.PASSWORD).getBytes(US_ASCII));
        OutputStream out = socket.getOutputStream();
        out.write("""
                POST %s/evidence HTTP/1.1\r
                Host: 127.0.0.1\r
                Authorization: Basic %s\r
                Content-Type: multipart/form-data; boundary=half\r
                Content-Length: %d\r
                \r
                --half\r
                Content-Disposition: form-data; name="item"\r
                \r
                %s\r
                --half\r
                Content-Disposition: form-data; name="file"; filename="half.pdf"\r
                Content-Type: application/octet-stream\r
                \r
                """.formatted("/api/appeals/" + appeal, login, 2 * ON_ITS_WAY, item)
                .getBytes(US_ASCII));
        out.write(pdf(ON_ITS_WAY));
        out.flush();
        return socket;
    }

    private static byte[] pdf(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        byte[] head = "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n".getBytes(US_ASCII);
        byte[] tail = "\ntrailer << /Root 1 0 R >>\n%%EOF\n".getBytes(US_ASCII);
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(tail, 0, content, size - tail.length, tail.length);
        return content;
    }

    /** Bytes of files in the upload folder, whosever they are. */
    private static long received(Path uploads) throws IOException {
        try (Stream<Path> files = Files.walk(uploads)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
