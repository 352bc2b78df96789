package org.jiefeng.appeal;

import java.util.List;

/** An input was refused as a whole; names every wrong field (HTTP 400). */
public class InvalidInputException extends RuntimeException {

    private final transient List<FieldProblem> problems;

    public InvalidInputException(List<FieldProblem> problems) {
        // The reasons may repeat what was typed, so they stay out of the message that logs and incidents show.
        super("Invalid input in " + problems.stream().map(FieldProblem::field).toList());
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(String field, String reason) {
        this(List.of(new FieldProblem(field, reason)));
    }

    public List<FieldProblem> problems() {
        return problems;
    }
}
