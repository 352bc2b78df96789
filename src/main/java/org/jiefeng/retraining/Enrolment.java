package org.jiefeng.retraining;

import java.util.List;

/**
 * One stretch of retraining of a person.
 *
 * @param businessKey the appeal, risk case or renewal it belongs to
 * @param passMark points of 100 needed in the exam
 * @param drillPassMark points of 100 needed in the drill
 */
record Enrolment(
        long id, String businessKey, String employeeId, List<String> courses, int passMark, int drillPassMark) {}
