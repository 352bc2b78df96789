package org.jiefeng.reinstatement;

/** Who asks for a condition, in the order in which they are named to people. */
enum Origin {
    CARRIER,
    DECISION,
    HOUSE
}
