package org.jiefeng.appeal;

/**
 * One wrong field of an input, named so that a person can mend it.
 *
 * @param field the field's name as the sender wrote it, e.g. {@code idNumber}
 * @param reason why it was refused, in the deployment's language
 */
public record FieldProblem(String field, String reason) {}
