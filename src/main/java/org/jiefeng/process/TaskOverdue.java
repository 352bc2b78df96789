package org.jiefeng.process;

/** A task is past its due date; said again and again, by each node and after each start, as long as that is so. */
public record TaskOverdue(WaitingTask task) {}
