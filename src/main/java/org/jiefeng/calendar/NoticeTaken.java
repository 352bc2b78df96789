package org.jiefeng.calendar;

/**
 * The notice of a year has come into force; said in the transaction that takes it.
 *
 * @param id of the notice
 */
public record NoticeTaken(long id, int year) {}
