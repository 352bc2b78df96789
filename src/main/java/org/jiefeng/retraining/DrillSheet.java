package org.jiefeng.retraining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill of an attempt: what is played, and the points given for it.
 *
 * @param employee name of the one who practises
 * @param score points of 100, null before it is graded
 * @param strengths what was good, in the trainer's words
 * @param practise what to practise, in the trainer's words
 */
record DrillSheet(
        String number,
        String employee,
        int attempt,
        int passMark,
        String course,
        String title,
        String role,
        String opening,
        List<String> difficulties,
        List<Line> lines,
        @Nullable Integer score,
        @Nullable String strengths,
        @Nullable String practise) {

    /** One criterion; points are null before it is graded. */
    record Line(
            int position,
            String criterion,
            int maxPoints,
            @Nullable Integer points) {}
}
