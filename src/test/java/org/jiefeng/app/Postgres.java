package org.jiefeng.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that Maven brings along; one server for all tests, a fresh database for each that asks. */
public final class Postgres {

    private static final EmbeddedPostgres SERVER = start();
    private static int databases;

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The PostgreSQL of the build did not start. If an earlier run was killed, remove the folder"
                            + " 'embedded-pg' in the temporary directory and try again.",
                    e);
        }
    }

    /** JDBC address of a new, empty database; user {@code postgres}, no password. */
    public static synchronized String freshDatabase() {
        String name = "jiefeng" + ++databases;
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.getJdbcUrl("postgres", name);
    }
}
