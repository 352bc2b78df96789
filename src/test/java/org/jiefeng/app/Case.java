package org.jiefeng.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One appeal as the tests look at it: the engine's state from above, our tables from below. */
final class Case {

    private static final int MOST_JOBS = 50;

    private final String number;
    private final ProcessEngine engine;
    private final JdbcClient jdbc;

    Case(String number, ProcessEngine engine, JdbcClient jdbc) {
        this.number = number;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    String number() {
        return number;
    }

    /** The address of the case in our API. */
    String path() {
        return "/api/appeals/" + number;
    }

    /** What runs beside the story with the same number, and may go on when the appeal has ended. */
    private static final Set<String> BESIDE = Set.of("recording-rescue", "fault-finding");

    /** What the job executor would do now, in the test's own thread, so that a failure shows where it belongs. */
    void work() {
        for (int done = 0; done < MOST_JOBS; done++) {
            List<Job> due = everything().stream()
                    .flatMap(instance -> engine
                            .getManagementService()
                            .createJobQuery()
                            .processInstanceId(instance.getId())
                            .executable()
                            .list()
                            .stream())
                    .toList();
            if (due.isEmpty()) {
                return;
            }
            // In the order of their dates: after a long while the first timer may have taken the last one away.
            Job next = Collections.min(
                    due, Comparator.comparing(Job::getDuedate, Comparator.nullsFirst(Comparator.naturalOrder())));
            engine.getManagementService().executeJob(next.getId());
        }
        throw new AssertionError(number + " never comes to rest; " + whereItStands());
    }

    private List<HistoricProcessInstance> instances() {
        return everything().stream()
                .filter(instance -> !BESIDE.contains(instance.getProcessDefinitionKey()))
                .toList();
    }

    private List<HistoricProcessInstance> everything() {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list();
    }

    /** The open tasks of the story, by their ids in the diagrams. */
    List<String> tasks() {
        return engine.getTaskService().createTaskQuery().processInstanceBusinessKey(number).list().stream()
                .filter(task -> !BESIDE.contains(task.getProcessDefinitionId().replaceFirst(":.*", "")))
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    boolean waitsAt(String task) {
        return tasks().contains(task);
    }

    /** Whether anything of the case still waits at this element. */
    boolean isAt(String element) {
        return instances().stream()
                .anyMatch(instance -> engine.getHistoryService()
                                .createHistoricActivityInstanceQuery()
                                .processInstanceId(instance.getId())
                                .activityId(element)
                                .unfinished()
                                .count()
                        > 0);
    }

    /** The elements that were left behind, in all diagrams of the case. */
    List<String> passed() {
        return instances().stream()
                .flatMap(instance -> engine
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance.getId())
                        .finished()
                        .list()
                        .stream())
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    /** The case has ended at this end event of the story, with this outcome, and nothing of it runs on. */
    void endedAt(String endEvent, String outcome) {
        assertThat(instances()).as(whereItStands()).isNotEmpty().allMatch(instance -> instance.getEndTime() != null);
        assertThat(passed()).contains(endEvent);
        assertThat(text("select outcome from appeal where number = :number")).isEqualTo(outcome);
        assertThat(text("select stage from appeal where number = :number")).isEqualTo("CLOSED");
        assertThat(timeline()).contains("CLOSED_" + outcome);
    }

    /** The kinds of the timeline's entries, in order. */
    List<String> timeline() {
        return jdbc.sql("select kind from timeline where appeal_number = :number order by position")
                .param("number", number)
                .query(String.class)
                .list();
    }

    /** One text out of our tables; the SQL names the case {@code :number}. */
    String text(String sql) {
        return jdbc.sql(sql).param("number", number).query(String.class).single();
    }

    /** A column out of our tables, in the order of the SQL. */
    List<String> texts(String sql) {
        return jdbc.sql(sql).param("number", number).query(String.class).list();
    }

    /** A number out of our tables. */
    long count(String sql) {
        return jdbc.sql(sql).param("number", number).query(Long.class).single();
    }

    /** A process variable of the story's own diagram, or of any called one. */
    Object variable(String name) {
        return engine
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .variableName(name)
                .processInstanceIdIn(
                        instances().stream().map(HistoricProcessInstance::getId).toArray(String[]::new))
                .list()
                .stream()
                .map(variable -> variable.getValue())
                .findFirst()
                .orElse(null);
    }

    String whereItStands() {
        return number + " waits at " + tasks() + ", stage "
                + texts("select stage from appeal where number = :number") + ", incidents "
                + engine.getRuntimeService().createIncidentQuery().list().stream()
                        .map(incident -> incident.getActivityId() + ": " + incident.getIncidentMessage())
                        .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return number;
    }
}
