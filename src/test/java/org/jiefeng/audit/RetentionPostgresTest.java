package org.jiefeng.audit;

import com.zaxxer.hikari.HikariDataSource;
import org.jiefeng.TestRoom;
import org.jiefeng.app.Postgres;

class RetentionPostgresTest extends RetentionContract {

    /** Pooled: thousands of statements, and PostgreSQL starts a process for each connection. */
    @Override
    TestRoom open() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(Postgres.freshDatabase());
        database.setUsername("postgres");
        database.setPassword("");
        database.setMaximumPoolSize(4);
        return TestRoom.on(database, this::register);
    }
}
