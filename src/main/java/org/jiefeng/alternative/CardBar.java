package org.jiefeng.alternative;

/** What a person's records have against a new card (domain.md §6.8); decision {@code replacement-bar} knows the names. */
enum CardBar {
    NONE,
    FRAUD_BEFORE,
    APPEAL_OPEN,
    ON_PROBATION,
    TRAINING_OPEN
}
