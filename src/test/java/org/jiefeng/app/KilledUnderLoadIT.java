package org.jiefeng.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills for every build; bench/kill.sh does many, on both databases. */
class KilledUnderLoadIT {

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereOnce() throws Exception {
        KillCampaign.Outcome outcome = KillCampaign.run(
                new KillCampaign.Plan(
                        KillableApplication.h2(folder),
                        "sa",
                        3,
                        200,
                        4,
                        Duration.ofSeconds(5),
                        1500,
                        System.nanoTime()),
                folder);

        assertThat(outcome.faults()).as("%s", outcome).isEmpty();
        assertThat(outcome.nearCarrier())
                .as("kills just after a call to the carrier")
                .isPositive();
        assertThat(outcome.submitted()).as("cases at the carrier").isEqualTo(4);
        assertThat(outcome.acknowledged()).as("notices").isGreaterThan(4);
    }
}
