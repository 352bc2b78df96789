package org.jiefeng.carrier;

import java.util.stream.Collectors;
import org.jiefeng.appeal.InvalidInputException;

/** Wrong fields as one sentence, which is all that Tasklist shows. */
final class FormRefusal {

    private FormRefusal() {}

    static String text(InvalidInputException e) {
        return e.problems().stream()
                .map(problem -> problem.field() + ": " + problem.reason())
                .collect(Collectors.joining("; "));
    }
}
