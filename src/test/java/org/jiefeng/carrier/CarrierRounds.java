package org.jiefeng.carrier;

import org.jiefeng.appeal.SealedPapers;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Lets a test outside this room do now what the room does by itself every few seconds. */
public final class CarrierRounds {

    private final InboxCorrelator correlator;
    private final CarrierPolls polls;
    private final StuckTransfers stuck;
    private final CarrierMatters matters;

    private CarrierRounds(
            InboxCorrelator correlator, CarrierPolls polls, StuckTransfers stuck, CarrierMatters matters) {
        this.correlator = correlator;
        this.polls = polls;
        this.stuck = stuck;
        this.matters = matters;
    }

    /** Asks carriers, brings answers to their cases, and looks for what is stuck. */
    public void turn() {
        polls.poll();
        correlator.correlate();
        stuck.look();
    }

    /** How many matters of this kind wait for a person. */
    public int openMatters(String kind) {
        return matters.open(CarrierMatter.Kind.valueOf(kind)).size();
    }

    /** Import it where the rounds are wanted. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Configuration {

        @Bean
        CarrierRounds carrierRounds(
                InboxCorrelator correlator, CarrierPolls polls, StuckTransfers stuck, CarrierMatters matters) {
            return new CarrierRounds(correlator, polls, stuck, matters);
        }

        /** What the evidence room would have sealed. */
        @Bean
        @Primary
        SealedPapers papers() {
            return new SamplePapers();
        }
    }
}
