package org.jiefeng.retraining;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts what an employee has learnt into the evidence of a case (R26). */
@Component
class TrainingRecords implements CaseRecords {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneId.of("Asia/Shanghai"));

    private final JdbcClient jdbc;
    private final CourseLibrary library;
    private final RetrainingTexts texts;

    TrainingRecords(JdbcClient jdbc, CourseLibrary library, RetrainingTexts texts) {
        this.jdbc = jdbc;
        this.library = library;
        this.texts = texts;
    }

    @Override
    public List<Extract> of(Appeal appeal) {
        List<List<String>> rows = jdbc.sql("""
                        select e.business_key, e.courses, e.enrolled_at, c.number, c.valid_to,
                            (select max(d.score) from drill_sheet d where d.enrolment_id = e.id) as drill,
                            (select max(p.score) from exam_paper p where p.enrolment_id = e.id) as exam,
                            (select max(p.attempt) from exam_paper p where p.enrolment_id = e.id) as attempts
                        from enrolment e left join certificate c on c.enrolment_id = e.id
                        where e.employee_id = :employee
                        order by e.id
                        """)
                .param("employee", appeal.employeeId())
                .query((row, n) -> List.of(
                        DAY.format(row.getObject("enrolled_at", OffsetDateTime.class)),
                        row.getString("business_key"),
                        names(row.getString("courses")),
                        text(row.getString("attempts")),
                        text(row.getString("drill")),
                        text(row.getString("exam")),
                        text(row.getString("number")),
                        text(row.getString("valid_to"))))
                .list();
        List<String> columns = Stream.of(
                        "enrolled", "case", "courses", "attempts", "drill", "exam", "certificate", "validTo")
                .map(name -> texts.of("column." + name))
                .toList();
        return List.of(new Extract("TRAINING_RECORD", "training", columns, rows));
    }

    private String names(String codes) {
        return Arrays.stream(codes.split(","))
                .map(code -> library.find(code).map(Course::name).orElse(code))
                .collect(Collectors.joining("; "));
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
