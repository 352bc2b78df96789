package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The command for auditors: what it prints, and the exit code it leaves. */
class VerifyTimelinesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int verify(String url, String... more) {
        printed.reset();
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--spring.datasource.url=" + url;
        // As in TestRoom.
        arguments[1] = "--jiefeng.timeline.key=" + "t".repeat(32);
        arguments[2] = "--jiefeng.audit.verify";
        System.arraycopy(more, 0, arguments, 3, more.length);
        assertThat(VerifyTimelines.isAskedFor(arguments)).isTrue();
        return VerifyTimelines.run(new PrintStream(printed, true, StandardCharsets.UTF_8), arguments);
    }

    @Test
    void theExitCodeSaysWhetherAllIsAsItWasWritten() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (TestRoom room = TestRoom.on(new DriverManagerDataSource(url, "sa", ""), context -> {})) {
            String number = room.openAppeal("employee");
            room.get(Timeline.class).record(number, "manager", "ANOMALY_ANSWERED", null);

            assertThat(verify(url)).isZero();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("1 cases with 2 entries: nothing was altered, added or taken away.\n");

            room.jdbc()
                    .sql("update timeline set actor = 'deputy' where position = 2")
                    .update();

            assertThat(verify(url, "--jiefeng.language=zh")).isEqualTo(1);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains(number + "，第 2 条：记录被改动", "发现 1 处问题");

            assertThat(verify(url, "--jiefeng.timeline.key=" + "another key than that of the entries"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whereThereIsNoDatabaseNoneIsMade() {
        assertThat(verify("jdbc:h2:mem:" + UUID.randomUUID())).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("Not checked:");
    }
}
