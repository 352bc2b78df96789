package org.jiefeng.appeal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People's open tasks, and how they get into other hands. The engine knows them; it stands here because the rooms that
 * move them do not know the engine.
 */
public interface OpenTasks {

    Optional<OpenTask> find(String taskId);

    /** What these people have. */
    List<OpenTask> assignedTo(Collection<String> userIds);

    /** What is open in the cases of these employees. */
    List<OpenTask> ofApplicants(Collection<String> employeeIds);

    /**
     * Puts a task into other hands, or back to its group.
     *
     * @param from who has it; when that is no longer so, nothing is done
     * @param to null puts it back to its group
     * @throws ConflictException when somebody else has it now, or it is done
     */
    void move(String taskId, String from, @Nullable String to);

    /** Leaves a note on a task, for those who may see the task. */
    void note(String taskId, String author, String text);

    /**
     * One open task.
     *
     * @param name as the diagram has it, in the deployment's language
     * @param number of the case
     * @param applicant whose case it is
     * @param groups who may take it; empty when it is one person's task
     * @param personal whether nobody can do it for that person
     */
    record OpenTask(
            String id,
            String name,
            @Nullable String number,
            @Nullable String applicant,
            @Nullable String assignee,
            Set<String> groups,
            boolean personal,
            @Nullable Instant dueAt) {

        public OpenTask {
            groups = Set.copyOf(groups);
        }
    }
}
