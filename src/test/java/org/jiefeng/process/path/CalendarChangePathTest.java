package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CalendarChangePathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    CalendarChangePathTest() {
        super("calendar-change");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    @Test
    void casesAreHandedOutPortionByPortionOnceStepsUnderWayAreDone() {
        ProcessInstance change = runtimeService()
                .createMessageCorrelation("calendarChanged")
                .setVariable("calendarNotice", 7L)
                .correlateStartMessage();
        assertThat(change).isWaitingAt("Event_StepsUnderWayDone");
        pass("Event_StepsUnderWayDone");

        effect("handOutCasesDelegate", "casesLeft", true);
        pass("Task_HandOutCases");
        assertThat(change).isWaitingAt("Task_HandOutCases");
        effect("handOutCasesDelegate", "casesLeft", false);
        pass("Task_HandOutCases");

        assertThat(change).isEnded().hasPassed("EndEvent_CasesHandedOut");
        assertThat(ran).containsExactly("handOutCasesDelegate", "handOutCasesDelegate");
    }

    @Test
    void datesOfACaseAreCountedInAJobOfItsOwn() {
        ProcessInstance recount = runtimeService()
                .createMessageCorrelation("datesInDoubt")
                .processInstanceBusinessKey(APPEAL)
                .setVariable("calendarNotice", 7L)
                .correlateStartMessage();
        assertThat(recount).isWaitingAt("Task_CountDatesAgain");

        pass("Task_CountDatesAgain");

        assertThat(recount).isEnded().hasPassed("EndEvent_DatesCounted");
        assertThat(ran).containsExactly("countDatesAgainDelegate");
    }
}
