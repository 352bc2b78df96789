package org.jiefeng.account;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Employees, their department heads and who stands in for them. */
@Service
public class Employees {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Absences absences;

    Employees(JdbcClient jdbc, Vault vault, Absences absences) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.absences = absences;
    }

    /**
     * Notes that somebody has left: from that day the time is counted for which name, ID number and cards are kept.
     *
     * @throws NotFoundException when nobody has this user id
     */
    @Transactional
    public void left(String userId, LocalDate lastDay) {
        int changed = jdbc.sql("update employee set left_on = :day where user_id = :id")
                .param("day", lastDay)
                .param("id", userId)
                .update();
        if (changed == 0) {
            throw new NotFoundException("No employee " + userId);
        }
    }

    /** @throws NotFoundException when nobody has this user id */
    public Employee get(String userId) {
        return find(userId).orElseThrow(() -> new NotFoundException("No employee " + userId));
    }

    public Optional<Employee> find(String userId) {
        return jdbc.sql("select user_id, name, department_id from employee where user_id = :id")
                .param("id", userId)
                .query(Employee.class)
                .optional();
    }

    /** Everybody's user id. */
    public List<String> all() {
        return jdbc.sql("select user_id from employee order by user_id")
                .query(String.class)
                .list();
    }

    /** All employees of a department head or a deputy, by user id; also of those somebody stands in for today. */
    public List<String> ledBy(String managerId) {
        Set<String> leaders = new HashSet<>(absences.representedBy(managerId));
        leaders.add(managerId);
        return jdbc.sql("""
                        select e.user_id from employee e join department d on d.id = e.department_id
                        where d.head_id in (:leaders) or d.deputy_id in (:leaders)
                        order by e.user_id
                        """).param("leaders", leaders).query(String.class).list();
    }

    /** The people of the departments somebody leads, and who leads them with that person. */
    public List<String> team(String leaderId) {
        List<String> leaders =
                jdbc.sql("""
                        select head_id from department where head_id = :id or deputy_id = :id
                        union select deputy_id from department where head_id = :id or deputy_id = :id
                        """).param("id", leaderId).query(String.class).list();
        return Stream.concat(ledBy(leaderId).stream(), leaders.stream())
                .filter(id -> !id.equals(leaderId))
                .distinct()
                .sorted()
                .toList();
    }

    /** The heads and deputies of all departments. */
    public List<String> leaders() {
        return jdbc.sql("select head_id from department union select deputy_id from department")
                .query(String.class)
                .list();
    }

    /** Those of the same department. */
    public List<String> colleagues(String userId) {
        return jdbc.sql("""
                        select e.user_id from employee e
                        where e.department_id = (select own.department_id from employee own where own.user_id = :id)
                        order by e.user_id
                        """).param("id", userId).query(String.class).list();
    }

    /** Whether two lead the same department. */
    public boolean leadTogether(String one, String other) {
        return jdbc.sql("""
                                select count(*) from department
                                where head_id = :one and deputy_id = :other or head_id = :other and deputy_id = :one
                                """)
                        .param("one", one)
                        .param("other", other)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether somebody has people: as head or deputy of a department, or today in the place of one. */
    public boolean hasPeople(String userId) {
        return isLeader(userId) || !ledBy(userId).isEmpty();
    }

    /** Whether somebody is head or deputy of a department. */
    public boolean isLeader(String userId) {
        return jdbc.sql("select count(*) from department where head_id = :id or deputy_id = :id")
                        .param("id", userId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Who answers for an employee's case: the department head, or the deputy when the head is the employee (domain.md
     * §6.2). Never the employee. Whether that person is there today is asked for each task, see {@link #presentFor}.
     *
     * @throws IllegalStateException when head and deputy are both the employee: somebody must mend the department first
     */
    public String responsibleManager(String employeeId) {
        Leaders leaders = leaders(employeeId);
        return Stream.of(leaders.headId(), leaders.deputyId())
                .filter(id -> !id.equals(employeeId))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The department of " + employeeId + " has no other leader"));
    }

    /**
     * Who does something for an absent person in a case of this applicant: whom the absence names, or else the other
     * leader of the applicant's department. Never the applicant; empty when nobody is there.
     */
    public Optional<String> presentFor(String absentId, @Nullable String applicant) {
        return absences.present(absentId)
                .filter(id -> !id.equals(applicant) && !id.equals(absentId))
                .or(() -> applicant == null || find(applicant).isEmpty()
                        ? Optional.empty()
                        : standIn(applicant, absentId));
    }

    /** Who is asked when the one who has it does not answer: another leader who is there, if that is not the employee. */
    public Optional<String> standIn(String employeeId, String holder) {
        Leaders leaders = leaders(employeeId);
        return Stream.of(leaders.deputyId(), leaders.headId())
                .filter(id -> !id.equals(employeeId) && !id.equals(holder))
                .filter(id -> absences.current(id).isEmpty())
                .findFirst();
    }

    private record Leaders(String headId, String deputyId) {}

    private Leaders leaders(String employeeId) {
        return jdbc.sql("""
                        select d.head_id, d.deputy_id from employee e join department d on d.id = e.department_id
                        where e.user_id = :id
                        """)
                .param("id", employeeId)
                .query(Leaders.class)
                .optional()
                .orElseThrow(() -> new NotFoundException("No employee " + employeeId));
    }

    /** Code of the platform an employee's department calls with; {@code UNKNOWN} until somebody notes it. */
    public String callPlatform(String employeeId) {
        return jdbc.sql("""
                        select d.call_platform from employee e join department d on d.id = e.department_id
                        where e.user_id = :id
                        """)
                .param("id", employeeId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotFoundException("No employee " + employeeId));
    }

    /**
     * Notes what a department calls with.
     *
     * @param code as decision recording-retention names it
     */
    @Transactional
    public void callsWith(String departmentId, String code) {
        jdbc.sql("update department set call_platform = :code where id = :id")
                .param("code", code)
                .param("id", departmentId)
                .update();
    }

    /** Whether this ID number is the one on file for the employee. */
    public boolean hasIdNumber(String userId, String normalisedIdNumber) {
        return jdbc.sql("select id_number_sealed from employee where user_id = :id")
                .param("id", userId)
                .query(String.class)
                .optional()
                .map(vault::open)
                .filter(normalisedIdNumber::equals)
                .isPresent();
    }

    /** Adds a department. */
    @Transactional
    public void addDepartment(String id, String name, String headId, String deputyId) {
        jdbc.sql("insert into department (id, name, head_id, deputy_id) values (:id, :name, :head, :deputy)")
                .param("id", id)
                .param("name", name)
                .param("head", headId)
                .param("deputy", deputyId)
                .update();
    }

    /**
     * Adds an employee.
     *
     * @param idNumber a valid, normalised ID number
     */
    @Transactional
    public void add(String userId, String name, String departmentId, String idNumber) {
        jdbc.sql("""
                        insert into employee (user_id, name, department_id, id_number_sealed, id_number_mask)
                        values (:id, :name, :department, :sealed, :mask)
                        """)
                .param("id", userId)
                .param("name", name)
                .param("department", departmentId)
                .param("sealed", vault.seal(idNumber))
                .param("mask", IdNumber.mask(idNumber))
                .update();
    }
}
