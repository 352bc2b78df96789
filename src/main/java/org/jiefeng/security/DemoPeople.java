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
            new Person("employee", "Na", "Li 李娜", Groups.EMPLOYEES),
            new Person("employee2", "Qiang", "Wang 王强", Groups.EMPLOYEES),
            new Person("manager", "Min", "Zhang 张敏", Groups.MANAGERS),
            new Person("deputy", "Lei", "Chen 陈磊", Groups.MANAGERS),
            new Person("compliance", "Jing", "Zhao 赵静", Groups.COMPLIANCE),
            new Person("liaison", "Yang", "Liu 刘洋", Groups.LIAISONS),
            new Person("trainer", "Hua", "Zhou 周华", Groups.TRAINERS),
            new Person("owner", "Ting", "Sun 孙婷", Groups.PROCESS_OWNERS),
            new Person("auditor", "Bo", "He 何波", Groups.AUDITORS),
            new Person("admin", "Kai", "Lin 林凯", Groups.ADMINISTRATORS));

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
                user.setPassword(PASSWORD);
                identity.saveUser(user);
                identity.createMembership(person.id(), person.group());
            }
        }
    }
}
