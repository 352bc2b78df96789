package org.jiefeng.security;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The people a newcomer plays in the demo; the names are invented. */
@Component
@Profile("demo")
@Order(20)
class DemoPeople implements ApplicationRunner {

    static final String PASSWORD = "Jiefeng-Demo-1";

    static final List<Person> ALL = List.of(
            new Person("employee", "Li Na", "李娜", Groups.EMPLOYEES),
            new Person("employee2", "Wang Qiang", "王强", Groups.EMPLOYEES),
            new Person("manager", "Zhang Min", "张敏", Groups.MANAGERS),
            new Person("deputy", "Chen Lei", "陈磊", Groups.MANAGERS),
            new Person("compliance", "Zhao Jing", "赵静", Groups.COMPLIANCE),
            new Person("liaison", "Liu Yang", "刘洋", Groups.LIAISONS),
            new Person("trainer", "Zhou Hua", "周华", Groups.TRAINERS),
            new Person("owner", "Sun Ting", "孙婷", Groups.PROCESS_OWNERS),
            new Person("auditor", "He Bo", "何波", Groups.AUDITORS),
            new Person("admin", "Lin Kai", "林凯", Groups.ADMINISTRATORS));

    private final IdentityService identity;

    DemoPeople(IdentityService identity) {
        this.identity = identity;
    }

    /** One person of the demo. */
    record Person(String id, String firstName, String lastName, String group) {}

    @Override
    public void run(ApplicationArguments arguments) {
        for (Person person : ALL) {
            if (identity.createUserQuery().userId(person.id()).count() == 0) {
                User user = identity.newUser(person.id());
                user.setFirstName(person.firstName());
                user.setLastName(person.lastName());
                // A domain that is nobody's, and stays so (RFC 2606).
                user.setEmail(person.id() + "@example.com");
                user.setPassword(PASSWORD);
                identity.saveUser(user);
                identity.createMembership(person.id(), person.group());
            }
        }
    }
}
