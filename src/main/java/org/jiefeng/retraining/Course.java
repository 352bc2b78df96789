package org.jiefeng.retraining;

import java.util.List;

/** A course in the deployment's language. */
record Course(String code, String name, List<Section> sections, List<Question> questions) {

    /** One part of the reading; paragraphs separated by blank lines. */
    record Section(String title, List<String> paragraphs) {}

    /**
     * A question of the bank.
     *
     * @param options the right one first; a paper shows them in another order
     */
    record Question(String code, String prompt, List<String> options) {}
}
