package org.jiefeng.appeal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which courses teach what went wrong.
 *
 * <p>It stands here because features do not know the engine, and the answer is a decision's.
 */
public interface LearningPlan {

    /**
     * The courses for a broken rule, or for the causes of a case.
     *
     * @param caseNumber of an appeal or a risk case
     * @param violation code of the rule, null when the causes of the case say it
     * @return course codes, none when nothing is to be learnt
     */
    List<String> coursesFor(String caseNumber, @Nullable String violation);
}
