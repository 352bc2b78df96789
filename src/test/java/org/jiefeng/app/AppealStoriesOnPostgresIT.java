package org.jiefeng.app;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The stories on the database of production. */
class AppealStoriesOnPostgresIT extends AppealStories {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = Postgres.freshDatabase();
        properties.add("spring.datasource.url", () -> url);
        properties.add("spring.datasource.username", () -> "postgres");
    }
}
