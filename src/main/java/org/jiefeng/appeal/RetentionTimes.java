package org.jiefeng.appeal;

/**
 * How long a kind of data is kept, for those who promise it to others.
 *
 * <p>It stands here because features do not know the engine, and the answer is a decision's.
 */
public interface RetentionTimes {

    /**
     * The time in words, e.g. {@code 3 years}.
     *
     * @param kind as decision {@code retention} names it
     */
    String of(String kind);
}
