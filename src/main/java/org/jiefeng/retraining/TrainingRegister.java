package org.jiefeng.retraining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jiefeng.account.Employees;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** Who takes part in training, with scores and certificates (R63); everybody sees what is his or hers to see. */
@Component
class TrainingRegister {

    /** They see everybody; a manager sees the own people, anybody else oneself. */
    private static final Set<String> OVERSIGHT = Set.of("trainers", "compliance", "auditors");

    private static final String ROWS = """
            select e.*, p.name, p.department_id, d.name as department, c.number as certificate, c.issued_at,
                coalesce(s.name, c.signed_by) as signed_by, c.valid_to,
                (select count(*) from exam_paper x where x.enrolment_id = e.id) as attempts,
                (select max(s.score) from drill_sheet s where s.enrolment_id = e.id) as drill_score,
                (select max(x.score) from exam_paper x where x.enrolment_id = e.id) as exam_score
            from enrolment e
            join employee p on p.user_id = e.employee_id
            join department d on d.id = p.department_id
            left join certificate c on c.enrolment_id = e.id
            left join employee s on s.user_id = c.signed_by
            """;

    private final JdbcClient jdbc;
    private final CourseLibrary library;
    private final Exams exams;
    private final Drills drills;
    private final Employees employees;

    TrainingRegister(JdbcClient jdbc, CourseLibrary library, Exams exams, Drills drills, Employees employees) {
        this.jdbc = jdbc;
        this.library = library;
        this.exams = exams;
        this.drills = drills;
        this.employees = employees;
    }

    /** A certificate; its number, who signed it and how long it holds. */
    record Certificate(String number, OffsetDateTime issuedAt, String signedBy, LocalDate validTo) {}

    /**
     * One stretch of training.
     *
     * @param attempts exams drawn so far
     * @param drillScore best points of 100, null before the first drill
     * @param examScore best points of 100, null before the first exam
     * @param renews number of the certificate this training renews, null for training that was ordered
     */
    record Row(
            Enrolment enrolment,
            String name,
            String departmentId,
            String department,
            List<Named> courses,
            OffsetDateTime enrolledAt,
            int attempts,
            @Nullable Integer drillScore,
            @Nullable Integer examScore,
            @Nullable String renews,
            @Nullable Certificate certificate) {}

    /** An attempt with the trainer's sheet and what the exam said, topic by topic. */
    record Attempt(
            int number,
            @Nullable DrillSheet drill,
            @Nullable Integer examScore,
            List<Topic> topics) {}

    /** What was known of a topic; {@code again} where an answer was wrong. */
    record Topic(
            String course, String courseName, @Nullable String name, int questions, int rightOnes, boolean again) {}

    /** A course by the name people know. */
    record Named(String code, String name) {}

    /** A department that somebody sees people of. */
    record Department(String id, String name) {}

    /** What this reader may see, the latest first. */
    List<Row> visibleTo(Authentication reader) {
        if (sees(reader, OVERSIGHT)) {
            return rows("", List.of());
        }
        Set<String> people = new HashSet<>(employees.ledBy(reader.getName()));
        people.add(reader.getName());
        return rows("where e.employee_id in (:people)", List.copyOf(people));
    }

    private List<Row> rows(String where, List<String> people) {
        JdbcClient.StatementSpec query = jdbc.sql(ROWS + where + " order by e.id desc fetch first 500 rows only");
        return (people.isEmpty() ? query : query.param("people", people))
                .query(this::row)
                .list();
    }

    /** The departments of some rows, for a choice. */
    static List<Department> departments(List<Row> rows) {
        return rows.stream()
                .map(row -> new Department(row.departmentId(), row.department()))
                .distinct()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** Empty when there is no such training, and when it is not this reader's to see. */
    Optional<Row> find(long id, Authentication reader) {
        return readable(
                jdbc.sql(ROWS + "where e.id = :id")
                        .param("id", id)
                        .query(this::row)
                        .optional(),
                reader);
    }

    /** Empty when there is no such certificate, and when it is not this reader's to see. */
    Optional<Row> certified(String number, Authentication reader) {
        return readable(
                jdbc.sql(ROWS + "where c.number = :number")
                        .param("number", number)
                        .query(this::row)
                        .optional(),
                reader);
    }

    private Optional<Row> readable(Optional<Row> found, Authentication reader) {
        return found.filter(row -> row.enrolment().employeeId().equals(reader.getName())
                || sees(reader, OVERSIGHT)
                || employees.ledBy(reader.getName()).contains(row.enrolment().employeeId()));
    }

    private static boolean sees(Authentication reader, Set<String> groups) {
        return reader.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(groups::contains);
    }

    /**
     * The attempts whose drill is done; the one that is being prepared stays with the trainer, because nobody shall know
     * beforehand what is played.
     */
    List<Attempt> attempts(Enrolment enrolment) {
        int held = jdbc.sql("select coalesce(max(attempt), 0) from drill_sheet where enrolment_id = :id")
                .param("id", enrolment.id())
                .query(Integer.class)
                .single();
        return IntStream.rangeClosed(1, held)
                .mapToObj(number -> new Attempt(
                        number,
                        drills.sheet(enrolment, number).orElse(null),
                        exams.score(enrolment.id(), number).orElse(null),
                        exams.results(enrolment.id(), number).stream()
                                .map(this::topic)
                                .toList()))
                .toList();
    }

    private Topic topic(Exams.TopicResult result) {
        return new Topic(
                result.course(),
                courseName(result.course()),
                result.topic(),
                result.questions(),
                result.rightOnes(),
                result.isWrongSomewhere());
    }

    private String courseName(String code) {
        return library.find(code).map(Course::name).orElse(code);
    }

    private Row row(ResultSet row, int n) throws SQLException {
        Enrolment enrolment = Retraining.enrolment(row, n);
        String number = row.getString("certificate");
        return new Row(
                enrolment,
                row.getString("name"),
                row.getString("department_id"),
                row.getString("department"),
                enrolment.courses().stream()
                        .map(code -> new Named(code, courseName(code)))
                        .toList(),
                row.getObject("enrolled_at", OffsetDateTime.class),
                row.getInt("attempts"),
                row.getObject("drill_score", Integer.class),
                row.getObject("exam_score", Integer.class),
                row.getString("renews"),
                number == null
                        ? null
                        : new Certificate(
                                number,
                                row.getObject("issued_at", OffsetDateTime.class),
                                row.getString("signed_by"),
                                row.getObject("valid_to", LocalDate.class)));
    }
}
