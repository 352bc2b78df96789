package org.jiefeng.process;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Steps of running cases whose retries are used up, for features that give them to a person. */
@Component
public class StuckSteps {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final Clock clock;

    public StuckSteps(RuntimeService runtime, ManagementService management, Clock clock) {
        this.runtime = runtime;
        this.management = management;
        this.clock = clock;
    }

    /** The appeal numbers of the cases that are stuck at this step. */
    public List<String> at(String step) {
        var instances =
                runtime
                        .createIncidentQuery()
                        .incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
                        .activityId(step)
                        .list()
                        .stream()
                        .map(Incident::getProcessInstanceId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return instances.isEmpty()
                ? List.of()
                : runtime.createProcessInstanceQuery().processInstanceIds(instances).list().stream()
                        .map(ProcessInstance::getBusinessKey)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }

    /** Lets the stuck step run once more, now; when it fails again it is stuck again. */
    @Transactional
    public void runAgain(String step, String appealNumber) {
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(appealNumber)
                .list()) {
            for (Job job : management
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .activityId(step)
                    .noRetriesLeft()
                    .list()) {
                management.setJobDuedate(job.getId(), Date.from(clock.instant()));
                management.setJobRetries(job.getId(), 1);
            }
        }
    }
}
