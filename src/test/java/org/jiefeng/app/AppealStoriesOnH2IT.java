package org.jiefeng.app;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The stories on the database of the demo. */
class AppealStoriesOnH2IT extends AppealStories {

    @TempDir
    static Path data;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + data.resolve("jiefeng") + ";WRITE_DELAY=0");
    }
}
