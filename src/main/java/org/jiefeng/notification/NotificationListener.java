package org.jiefeng.notification;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.account.People;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.NotificationTexts;
import org.jiefeng.process.TaskOverdue;
import org.jiefeng.process.WaitingTask;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hears what happens to tasks and cases, and writes down who is to be told, in the transaction in which it happens.
 *
 * <p>The engine's Spring starter publishes every event of every task; hence no listener in the diagrams for these.
 */
@Component
class NotificationListener {

    /** Whose work carriers are. */
    private static final Set<String> CARRIER_CONTACTS = Set.of("liaisons");

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Notifications notifications;
    private final NotificationTexts texts;
    private final NotificationProperties properties;
    private final People people;
    private final Employees employees;

    NotificationListener(
            Notifications notifications,
            NotificationTexts texts,
            NotificationProperties properties,
            People people,
            Employees employees) {
        this.notifications = notifications;
        this.texts = texts;
        this.properties = properties;
        this.people = people;
        this.employees = employees;
    }

    /** In which capacity somebody hears of something; an input of the decision. */
    private enum Audience {
        ASSIGNEE,
        GROUP,
        DEPARTMENT,
        APPLICANT,
        MANAGER
    }

    /** What is told: of what, under which key, and what fills the gaps of the text. */
    private record Story(
            News news,
            String key,
            @Nullable String number,
            @Nullable WaitingTask task,
            Map<String, String> gaps) {}

    @EventListener
    void onTask(DelegateTask task) {
        if (!properties.isOn()) {
            return;
        }
        switch (task.getEventName()) {
            case TaskListener.EVENTNAME_CREATE -> tell(story(News.NEW_TASK, task));
            case TaskListener.EVENTNAME_ASSIGNMENT -> onAssignment(task);
            case TaskListener.EVENTNAME_TIMEOUT -> tell(story(News.DUE_SOON, task));
            case TaskListener.EVENTNAME_COMPLETE, TaskListener.EVENTNAME_DELETE -> notifications.ended(task.getId());
            default -> {
                // Nobody needs to know.
            }
        }
    }

    private void onAssignment(DelegateTask task) {
        Story story = story(News.NEW_TASK, task);
        if (isNew(task)) {
            // Told at its creation, to the same person: the key is the same.
            tell(story);
            return;
        }
        notifications.supersede(task.getId());
        Authentication actor =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        // Whoever claims a task knows of it.
        if (actor == null || actor.getUserId() == null || !actor.getUserId().equals(task.getAssignee())) {
            tell(story);
        }
    }

    /** @param task an entity always; that it is being inserted is nowhere else to be seen */
    private static boolean isNew(DelegateTask task) {
        return ((TaskEntity) task).getRevision() == 0;
    }

    @EventListener
    @Transactional
    void onOverdue(TaskOverdue overdue) {
        WaitingTask task = overdue.task();
        Instant due = task.due();
        if (properties.isOn() && due != null && notifications.overdue(task.id(), due)) {
            tell(story(News.OVERDUE, task, String.valueOf(due.getEpochSecond())));
        }
    }

    /** Something happened to a case that is nobody's task: applicant, manager and chats hear of it. */
    void tell(News news, DelegateExecution execution) {
        if (!properties.isOn()) {
            return;
        }
        String number = execution.getProcessBusinessKey();
        Story story = new Story(
                news,
                news + ":" + execution.getActivityInstanceId(),
                number,
                null,
                Map.of("number", number, "link", properties.baseUrl() + news.page(number)));
        String applicant = AppealVariables.EMPLOYEE_ID.find(execution).orElse(null);
        String manager = AppealVariables.MANAGER_ID.find(execution).orElse(null);
        mail(story, Audience.APPLICANT, applicant == null ? Set.of() : Set.of(applicant));
        if (manager != null && !manager.equals(applicant)) {
            mail(story, Audience.MANAGER, Set.of(manager));
        }
        robots(story, CARRIER_CONTACTS, applicant);
    }

    /** Something was noted about an employee that belongs to no case: only the employee hears of it. */
    void tellEmployee(News news, DelegateExecution execution) {
        if (properties.isOn()) {
            Story story = new Story(
                    news,
                    news + ":" + execution.getActivityInstanceId(),
                    null,
                    null,
                    Map.of("link", properties.baseUrl() + news.page("")));
            mail(story, Audience.APPLICANT, Set.of(AppealVariables.EMPLOYEE_ID.get(execution)));
        }
    }

    private void tell(Story story) {
        WaitingTask task = story.task();
        if (task == null) {
            return;
        }
        if (task.assignee() != null) {
            mail(story, Audience.ASSIGNEE, Set.of(task.assignee()));
            robots(story, Set.of(), task.applicant());
        } else {
            Set<String> members = new LinkedHashSet<>();
            task.groups().forEach(group -> members.addAll(people.members(group)));
            // Who may not take a task on is not told of it.
            members.remove(task.applicant());
            mail(story, Audience.GROUP, members);
            robots(story, task.groups(), task.applicant());
        }
    }

    private Story story(News news, DelegateTask task) {
        return story(news, WaitingTask.of(task), String.valueOf(((TaskEntity) task).getRevision()));
    }

    /** @param occasion tells apart what may happen to a task more than once */
    private Story story(News news, WaitingTask task, String occasion) {
        Map<String, String> gaps = new HashMap<>();
        gaps.put("task", task.name());
        gaps.put("link", properties.baseUrl() + "/tasks/" + task.id());
        if (task.number() != null) {
            gaps.put("number", task.number());
        }
        if (task.due() != null) {
            gaps.put("due", SHOWN.format(task.due()));
        }
        return new Story(news, news + ":" + task.id() + ":" + occasion, task.number(), task, gaps);
    }

    private void mail(Story story, Audience audience, Set<String> userIds) {
        if (!userIds.isEmpty() && properties.mailsAreWritten()) {
            text(story, "MAIL", audience)
                    .ifPresent(
                            text -> userIds.forEach(userId -> write(story, NotificationProperties.MAIL, userId, text)));
        }
    }

    private void robots(Story story, Set<String> groups, @Nullable String applicant) {
        String department = applicant == null || properties.robots().isEmpty()
                ? null
                : employees.find(applicant).map(Employee::departmentId).orElse(null);
        properties.robots().forEach((name, robot) -> {
            Optional<NotificationTexts.Text> text = Optional.empty();
            if (robot.groups().stream().anyMatch(groups::contains)) {
                text = text(story, "ROBOT", Audience.GROUP);
            } else if (department != null && robot.departments().contains(department)) {
                text = text(story, "ROBOT", Audience.DEPARTMENT);
            }
            text.ifPresent(found -> write(story, name, name, found));
        });
    }

    private Optional<NotificationTexts.Text> text(Story story, String channel, Audience audience) {
        WaitingTask task = story.task();
        return texts.find(
                story.news().name(), channel, audience.name(), task == null ? null : task.key(), story.gaps());
    }

    private void write(Story story, String outlet, String recipient, NotificationTexts.Text text) {
        WaitingTask task = story.task();
        notifications.write(new Notifications.Draft(
                story.key() + ":" + outlet + ":" + recipient,
                story.news(),
                story.number(),
                task == null ? null : task.id(),
                outlet,
                recipient,
                text.subject(),
                text.body()));
    }
}
