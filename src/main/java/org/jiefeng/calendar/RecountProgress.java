package org.jiefeng.calendar;

/**
 * How far the dates of open cases have been counted again after a notice. The engine knows it; it stands here because
 * this room does not know the engine.
 */
@FunctionalInterface
public interface RecountProgress {

    /** What is left to do for a notice. */
    Left of(long noticeId);

    /**
     * What is left.
     *
     * @param open whether any work is left, what is stuck included
     * @param stuck pieces of it that failed until somebody looked into it
     */
    record Left(boolean open, long stuck) {}
}
