package org.jiefeng.carrier.simulator;

/**
 * How the simulated carrier behaves by itself.
 *
 * @param automatic whether it decides without a person
 * @param delaySeconds how long it takes to
 * @param decision what it then decides
 * @param refuseAppeals whether its interface takes nothing on
 * @param refuseFiles whether its interface takes no files
 */
record SimulatorSetting(
        boolean automatic, int delaySeconds, String decision, boolean refuseAppeals, boolean refuseFiles) {}
