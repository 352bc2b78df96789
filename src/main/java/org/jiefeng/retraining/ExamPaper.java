package org.jiefeng.retraining;

import java.util.List;

/**
 * A paper as the examinee sees it: without the right answers.
 *
 * @param submitted whether it was handed in already
 */
record ExamPaper(String number, int attempt, int passMark, boolean submitted, List<Question> questions) {

    /** One question; the answer is the index of an option. */
    record Question(int position, String course, String prompt, List<String> options) {}
}
