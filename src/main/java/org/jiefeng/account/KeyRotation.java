package org.jiefeng.account;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals anew, at the start, what an earlier key sealed, so that the earlier key can be taken out of the configuration
 * and thrown away.
 *
 * <p>Works in small transactions and changes a row only while it still holds what was read: several nodes may do it at
 * once, and a start that is cut off is taken up by the next.
 */
@Component
class KeyRotation implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final List<SealedColumn> columns;
    private final TransactionTemplate transactions;

    KeyRotation(JdbcClient jdbc, Vault vault, List<SealedColumn> columns, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.columns = columns;
        this.transactions = transactions;
    }

    /** @throws IllegalStateException when a row's key is not configured any more */
    @Override
    public void run(ApplicationArguments arguments) {
        for (SealedColumn column : columns) {
            int total = 0;
            Integer changed;
            while ((changed = transactions.execute(status -> renew(column))) != null && changed > 0) {
                total += changed;
            }
            if (total > 0) {
                LOG.info("{}.{}: {} texts sealed with the present key", column.table(), column.column(), total);
            }
        }
    }

    private int renew(SealedColumn column) {
        String prefix = vault.presentKey() + ":";
        List<String> old = jdbc.sql("""
                        select %2$s from %1$s where substring(%2$s from 1 for :length) <> :prefix limit %3$d
                        """.formatted(column.table(), column.column(), BATCH))
                .param("length", prefix.length())
                .param("prefix", prefix)
                .query(String.class)
                .list();
        for (String sealed : old) {
            // Sealing is never the same twice, so that a sealed text is as good as a key.
            jdbc.sql("update %1$s set %2$s = :renewed where %2$s = :old".formatted(column.table(), column.column()))
                    .param("renewed", vault.seal(vault.open(sealed)))
                    .param("old", sealed)
                    .update();
        }
        return old.size();
    }
}
