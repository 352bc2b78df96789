package org.jiefeng.account;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
    private final Clock clock;

    Employees(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
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

    /** All employees of a department head or a deputy, by user id. */
    public List<String> ledBy(String managerId) {
        return jdbc.sql("""
                        select e.user_id from employee e join department d on d.id = e.department_id
                        where d.head_id = :id or d.deputy_id = :id
                        order by e.user_id
                        """).param("id", managerId).query(String.class).list();
    }

    /**
     * Who judges an employee's case today: the department head, or the deputy when the head is absent or is the employee
     * (domain.md §6.2). An absent head judges all the same when the deputy cannot. Never the employee.
     *
     * @throws IllegalStateException when head and deputy are both the employee: somebody must mend the department first
     */
    public String responsibleManager(String employeeId) {
        Leaders leaders = leaders(employeeId);
        boolean headIsApplicant = leaders.headId().equals(employeeId);
        boolean deputyIsApplicant = leaders.deputyId().equals(employeeId);
        if (headIsApplicant && deputyIsApplicant) {
            throw new IllegalStateException("The department of " + employeeId + " has no other leader");
        }
        boolean deputyJudges = headIsApplicant || (isAbsent(leaders.headId()) && !deputyIsApplicant);
        return deputyJudges ? leaders.deputyId() : leaders.headId();
    }

    /** Who is asked when the first one does not answer: the other of head and deputy, if that is not the employee. */
    public Optional<String> standIn(String employeeId, String managerId) {
        Leaders leaders = leaders(employeeId);
        String other = leaders.headId().equals(managerId) ? leaders.deputyId() : leaders.headId();
        return Optional.of(other).filter(id -> !id.equals(employeeId) && !id.equals(managerId));
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

    private boolean isAbsent(String userId) {
        LocalDate today = LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai")));
        return jdbc.sql("""
                                select count(*) from employee
                                where user_id = :id and absent_from <= :today and (absent_to is null or absent_to >= :today)
                                """)
                        .param("id", userId)
                        .param("today", today)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Notes an absence; both days count, and a null end means until further notice. */
    @Transactional
    public void absent(String userId, @Nullable LocalDate from, @Nullable LocalDate to) {
        jdbc.sql("update employee set absent_from = :from, absent_to = :to where user_id = :id")
                .param("from", from)
                .param("to", to)
                .param("id", userId)
                .update();
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
