package org.jiefeng.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.account.People;
import org.jiefeng.process.NotificationTexts;
import org.jiefeng.process.TaskOverdue;
import org.jiefeng.process.WaitingTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Which chats hear of a task, and which members of a group. */
class NotificationListenerTest {

    private final Notifications notifications = mock(Notifications.class);
    private final NotificationTexts texts = mock(NotificationTexts.class);
    private final Employees employees = mock(Employees.class);

    private final People people = new People() {
        @Override
        public Optional<String> mailAddress(String userId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> name(String userId) {
            return Optional.empty();
        }

        @Override
        public Set<String> groups(String userId) {
            return Set.of();
        }

        @Override
        public List<String> members(String groupId) {
            return groupId.equals("managers") ? List.of("manager", "seller", "deputy") : List.of();
        }
    };

    private static NotificationProperties.Robot robot(List<String> groups, List<String> departments) {
        return new NotificationProperties.Robot(
                RobotKind.WECOM, null, "key", null, groups, departments, 20, Duration.ofSeconds(1));
    }

    private final NotificationListener listener = new NotificationListener(
            notifications,
            texts,
            new NotificationProperties(
                    URI.create("https://jiefeng.example.com"),
                    true,
                    null,
                    Map.of(
                            "managers-chat", robot(List.of("managers"), List.of()),
                            "sales-chat", robot(List.of(), List.of("sales-1")),
                            "liaisons-chat", robot(List.of("liaisons"), List.of("sales-2"))),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofDays(3),
                    Duration.ofMinutes(5),
                    Duration.ofDays(90)),
            people,
            employees);

    /** Who is told of an overdue task, and in which capacity. */
    private List<String> told(@Nullable String assignee, String... groups) {
        when(notifications.overdue(anyString(), any())).thenReturn(true);
        when(employees.find("seller")).thenReturn(Optional.of(new Employee("seller", "Li Na", "sales-1")));
        when(texts.find(anyString(), anyString(), anyString(), any(), any()))
                .thenAnswer(call -> Optional.of(new NotificationTexts.Text(call.getArgument(2), "")));

        listener.onOverdue(new TaskOverdue(new WaitingTask(
                "task-1",
                "Task_X",
                "X",
                Instant.parse("2026-03-03T10:00:00Z"),
                "AP-2026-000001",
                assignee,
                Set.of(groups),
                "seller")));

        ArgumentCaptor<Notifications.Draft> drafts = ArgumentCaptor.forClass(Notifications.Draft.class);
        verify(notifications, atLeast(1)).write(drafts.capture());
        return drafts.getAllValues().stream()
                .map(draft -> draft.outlet() + " " + draft.recipient() + " as " + draft.subject())
                .toList();
    }

    @Test
    void aGroupsTaskIsToldToItsMembersButTheApplicantAndToItsChatAndTheDepartments() {
        assertThat(told(null, "managers"))
                .containsExactlyInAnyOrder(
                        "mail manager as GROUP",
                        "mail deputy as GROUP",
                        "managers-chat managers-chat as GROUP",
                        "sales-chat sales-chat as DEPARTMENT");
    }

    @Test
    void aClaimedTaskIsToldToWhoClaimedItAndNotToTheGroup() {
        assertThat(told("deputy", "managers"))
                .containsExactlyInAnyOrder("mail deputy as ASSIGNEE", "sales-chat sales-chat as DEPARTMENT");
    }
}
