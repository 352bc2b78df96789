package org.jiefeng.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.ConductRecord.Kind;
import org.jiefeng.appeal.ConductRecord.Note;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays with a person, on the table; {@code retraining-plan} is played. */
class ConductRecordTest {

    private TestRoom room;
    private ConductRecord conduct;

    TestRoom open() {
        return TestRoom.onH2(context -> {});
    }

    @BeforeEach
    void setUp() {
        room = open();
        conduct = room.get(ConductRecord.class);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void warningsSayWhatToLearnAndRecognitionDoesNot() {
        conduct.warn("employee", "AP-2026-000001", null, "Reopened under conditions");
        conduct.warn("employee", "AP-2026-000001", "OUT_OF_HOURS", "Called too late");
        room.now(Instant.parse("2026-04-03T02:00:00Z"));
        conduct.recognise("employee", "AP-2026-000001", "Everything was kept");
        conduct.warn("employee2", "AP-2026-000002", null, "Somebody else");

        assertThat(conduct.of("employee"))
                .extracting(Note::kind, Note::text, Note::courses)
                .containsExactly(
                        tuple(Kind.RECOGNITION, "Everything was kept", List.of()),
                        tuple(Kind.WARNING, "Called too late", List.of("CADENCE")),
                        tuple(Kind.WARNING, "Reopened under conditions", List.of("ATTITUDE")));
    }

    @Test
    void aStepTriedAgainWarnsOnce() {
        conduct.warnOnce("employee", "RK-2026-000001", "OUT_OF_HOURS", "Called too late");
        conduct.warnOnce("employee", "RK-2026-000001", "OUT_OF_HOURS", "Called too late");
        conduct.warnOnce("employee", "RK-2026-000002", "OUT_OF_HOURS", "Called too late again");

        assertThat(conduct.of("employee")).hasSize(2);
    }

    @Test
    void readingIsConfirmedByThePersonAloneAndKeepsItsFirstTime() {
        conduct.warn("employee", "AP-2026-000001", null, "Reopened under conditions");
        long id = conduct.of("employee").get(0).id();
        assertThat(conduct.of("employee").get(0).readAt()).isEmpty();

        assertThatThrownBy(() -> conduct.confirmRead(id, "manager")).isInstanceOf(NotFoundException.class);
        conduct.confirmRead(id, "employee");
        room.now(Instant.parse("2026-04-03T02:00:00Z"));
        conduct.confirmRead(id, "employee");

        assertThat(conduct.of("employee").get(0).readAt()).contains(Instant.parse("2026-03-03T02:00:00Z"));
    }
}
