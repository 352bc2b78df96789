package org.jiefeng.account;

/**
 * A column that holds texts sealed by the {@link Vault}; a room declares one bean for each, so that {@link KeyRotation}
 * finds them all.
 */
public record SealedColumn(String table, String column) {}
