package org.jiefeng.security;

import java.util.List;

/** The groups of design.md; a group's id is also its authority. */
final class Groups {

    static final String EMPLOYEES = "employees";
    static final String MANAGERS = "managers";
    static final String COMPLIANCE = "compliance";
    static final String LIAISONS = "liaisons";
    static final String TRAINERS = "trainers";
    static final String PROCESS_OWNERS = "process-owners";
    static final String AUDITORS = "auditors";
    static final String ADMINISTRATORS = "camunda-admin";

    static final List<String> ALL =
            List.of(EMPLOYEES, MANAGERS, COMPLIANCE, LIAISONS, TRAINERS, PROCESS_OWNERS, AUDITORS, ADMINISTRATORS);

    /** Those who work in Tasklist. */
    static final List<String> TASK_WORKERS = List.of(EMPLOYEES, MANAGERS, COMPLIANCE, LIAISONS, TRAINERS);

    private Groups() {}
}
