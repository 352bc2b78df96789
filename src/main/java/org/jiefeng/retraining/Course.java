package org.jiefeng.retraining;

import java.util.List;

/**
 * A course in the deployment's language.
 *
 * @param minutes how long reading it takes
 * @param goal what one can do afterwards
 * @param checklist what to look at before dialling
 */
record Course(
        String code,
        Field field,
        int minutes,
        String name,
        String goal,
        List<Section> sections,
        Example example,
        List<String> checklist,
        List<Question> questions) {

    /** The three fields that training covers (R72). */
    enum Field {
        LAW,
        NORMS,
        INTERNAL
    }

    /**
     * One part of the reading; paragraphs separated by blank lines.
     *
     * @param source where the rule comes from
     */
    record Section(String title, List<String> paragraphs, String source) {}

    /** A moment of a working day, said badly and said well. */
    record Example(String situation, String bad, String good, String why) {}

    /**
     * A question of the bank.
     *
     * @param topic title of the section it is about, so that a failed exam says what to read again
     * @param options the right one first; a paper shows them in another order
     */
    record Question(String code, String topic, String prompt, List<String> options) {}
}
