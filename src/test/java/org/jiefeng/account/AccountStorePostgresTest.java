package org.jiefeng.account;

import javax.sql.DataSource;
import org.jiefeng.app.Postgres;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AccountStorePostgresTest extends AccountStoreContract {

    @Override
    DataSource dataSource() {
        return new DriverManagerDataSource(Postgres.freshDatabase(), "postgres", "");
    }
}
