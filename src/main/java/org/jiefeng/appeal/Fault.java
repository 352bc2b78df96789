package org.jiefeng.appeal;

/** Whose fault a suspension was; only the employee's own makes a repeat (domain.md §6.5). */
public enum Fault {
    EMPLOYEE,
    SCRIPT,
    LEAD_LIST,
    SYSTEM,
    CARRIER_ERROR
}
