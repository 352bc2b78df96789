package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseStepTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("release-step", """
                        presentStep | newComplaints | newTightenings | stepCleanDays | causes         => releaseStep | stepReason
                        -           | -             | -              | -         | NO_CONSENT     => 50          | BEGIN
                        0           | 0             | 0              | 0         | HIGH_FREQUENCY => 50          | BEGIN
                        0           | 2             | 1              | 9         | NO_CONSENT     => 50          | BEGIN
                        50          | 0             | 0              | 6         | NO_CONSENT     => 50          | HELD
                        50          | 0             | 0              | 7         | NO_CONSENT     => 80          | CLEAN_DAYS
                        50          | 0             | 0              | 7         | -              => 80          | CLEAN_DAYS
                        50          | 0             | 0              | 30        | HIGH_FREQUENCY => 50          | HELD
                        50          | 0             | 0              | 30        | COMPLAINT,NO_CONSENT => 50    | HELD
                        80          | 0             | 0              | 60        | NO_CONSENT     => 80          | HELD
                        80          | 1             | 0              | 30        | NO_CONSENT     => 50          | COMPLAINT
                        80          | 2             | 0              | 0         | NO_CONSENT     => 25          | COMPLAINT
                        50          | 1             | 0              | 7         | NO_CONSENT     => 25          | COMPLAINT
                        25          | 1             | 0              | 0         | NO_CONSENT     => 25          | COMPLAINT
                        25          | 0             | 0              | 6         | NO_CONSENT     => 25          | HELD
                        25          | 0             | 0              | 7         | HIGH_FREQUENCY => 50          | CLEAN_DAYS
                        80          | 0             | 1              | 9         | NO_CONSENT     => 50          | VIOLATION
                        50          | 0             | 1              | 0         | COMPLAINT      => 25          | VIOLATION
                        50          | 1             | 1              | 0         | COMPLAINT      => 25          | COMPLAINT
                        """));
    }
}
