package org.jiefeng.retraining;

import java.util.List;

/**
 * One stretch of retraining of a person.
 *
 * @param businessKey the appeal or risk case it belongs to
 */
record Enrolment(long id, String businessKey, String employeeId, List<String> courses, int passMark) {}
