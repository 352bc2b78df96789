package org.jiefeng.absence;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.account.People;
import org.springframework.stereotype.Component;

/**
 * Who may stand in for whom. A deputy sees what the absent person sees, so it must be somebody who may anyway: who leads
 * the same department, or is of the same office, and of the same department or a leader of one.
 */
@Component
class Deputies {

    /** Offices whose tasks need their rights; an employee's need none. */
    private static final Set<String> OFFICES = Set.of("managers", "compliance", "liaisons", "trainers");

    private static final String EMPLOYEES = "employees";

    private final Employees employees;
    private final People people;

    Deputies(Employees employees, People people) {
        this.employees = employees;
        this.people = people;
    }

    /** Somebody to choose. */
    record Person(String id, String name) {

        public String shown() {
            return name.equals(id) ? id : name + " (" + id + ")";
        }
    }

    boolean suits(String deputy, String absent) {
        Set<String> groups = people.groups(deputy);
        Set<String> offices = offices(absent);
        if (deputy.equals(absent)
                || groups.stream().noneMatch(group -> OFFICES.contains(group) || EMPLOYEES.equals(group))) {
            return false;
        }
        if (employees.leadTogether(deputy, absent)) {
            return true;
        }
        if (!groups.containsAll(offices)) {
            return false;
        }
        Optional<String> department = employees.find(absent).map(Employee::departmentId);
        if (department.isEmpty() && !employees.isLeader(absent)) {
            return !offices.isEmpty();
        }
        return employees.isLeader(deputy)
                || department.isPresent()
                        && department.equals(employees.find(deputy).map(Employee::departmentId));
    }

    /** Those who suit, by name. */
    List<Person> choices(String absent) {
        Set<String> candidates = new HashSet<>(employees.leaders());
        Set<String> offices = offices(absent);
        if (offices.isEmpty()) {
            candidates.addAll(employees.colleagues(absent));
        } else {
            offices.forEach(office -> candidates.addAll(people.members(office)));
        }
        return named(candidates.stream()
                .filter(candidate -> suits(candidate, absent))
                .toList());
    }

    List<Person> named(Collection<String> userIds) {
        return userIds.stream()
                .map(this::person)
                .sorted(Comparator.comparing(Person::name).thenComparing(Person::id))
                .toList();
    }

    Person person(String userId) {
        return new Person(
                userId,
                employees
                        .find(userId)
                        .map(Employee::name)
                        .or(() -> people.name(userId))
                        .orElse(userId));
    }

    boolean isKnown(String userId) {
        return people.name(userId).isPresent();
    }

    private Set<String> offices(String userId) {
        Set<String> offices = new HashSet<>(people.groups(userId));
        offices.retainAll(OFFICES);
        return offices;
    }
}
