package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiefeng.account.SealedColumn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Guards against a column of sealed numbers that a change of key would forget. */
class SealedColumnsTest extends RunningApp {

    @Autowired
    private List<SealedColumn> declared;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everySealedColumnIsDeclared() {
        List<String> inTheDatabase = jdbc.sql("""
                        select lower(table_name || '.' || column_name) from information_schema.columns
                        where lower(column_name) like '%=_sealed' escape '='
                        """).query(String.class).list();

        assertThat(inTheDatabase).isNotEmpty();
        assertThat(declared)
                .extracting(column -> column.table() + "." + column.column())
                .containsExactlyInAnyOrderElementsOf(inTheDatabase);
    }
}
