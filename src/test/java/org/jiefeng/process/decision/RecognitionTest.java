package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecognitionTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("recognition", """
                        cleanDays | callsCounted => recognised
                        90        | 500          => true
                        89        | 5000         => false
                        400       | 499          => false
                        """));
    }
}
