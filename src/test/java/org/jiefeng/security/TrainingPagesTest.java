package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of courses and training as people see them: each what is theirs, with everything on record. */
class TrainingPagesTest extends RunningApp {

    private static final String CASE = "AP-2026-980001";
    private static final String CERTIFICATE = "CT-2026-980001";

    @Autowired
    private JdbcClient jdbc;

    private long enrolment;

    @BeforeEach
    void trained() {
        OffsetDateTime now = OffsetDateTime.parse("2026-11-02T10:00:00+08:00");
        jdbc.sql("""
                        insert into enrolment (business_key, employee_id, courses, pass_mark, drill_pass_mark, enrolled_at)
                        values (:key, 'employee', 'CADENCE,REPORTING', 80, 75, :now)
                        """).param("key", CASE).param("now", now).update();
        enrolment = id("select max(id) from enrolment where business_key = '" + CASE + "'");
        jdbc.sql("""
                        insert into drill (enrolment_id, attempt, scenario, course, title, customer_role, opening_line,
                            difficulties, drawn_at, strengths, practise, graded_by)
                        values (:id, 1, 'CADENCE-x', 'CADENCE', 'A shop owner', 'role', 'opening', 'one', :now,
                            'Calm <b>voice</b>', 'The name comes first', 'trainer')
                        """).param("id", enrolment).param("now", now).update();
        jdbc.sql("""
                        insert into drill_score (drill_id, position, criterion, max_points, points)
                        values ((select max(id) from drill), 1, 'Says who is calling', 100, 77)
                        """).update();
        jdbc.sql("""
                        insert into drill_sheet (enrolment_id, task_id, attempt, scenario, score, trainer, held_at)
                        values (:id, 'task-980001', 1, 'A shop owner', 77, 'trainer', :now)
                        """).param("id", enrolment).param("now", now).update();
        jdbc.sql("insert into exam_paper (enrolment_id, attempt, drawn_at, score) values (:id, 1, :now, 80)")
                .param("id", enrolment)
                .param("now", now)
                .update();
        jdbc.sql("""
                        insert into exam_question (paper_id, position, course, topic, question_code, prompt, option_a, option_b,
                            option_c, option_d, correct, chosen)
                        values ((select max(id) from exam_paper), 1, 'CADENCE', 'The limits in our house', 'CADENCE-1', 'prompt',
                            'the right one', 'b', 'c', 'd', 0, 1)
                        """).update();
        jdbc.sql("""
                        insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to)
                        values (:number, :id, 'employee', 'CADENCE,REPORTING', :now, 'manager', date '2099-11-02')
                        """)
                .param("number", CERTIFICATE)
                .param("id", enrolment)
                .param("now", now)
                .update();
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @AfterEach
    void forgotten() {
        for (String table : new String[] {"certificate", "drill_sheet"}) {
            jdbc.sql("delete from " + table + " where enrolment_id = :id")
                    .param("id", enrolment)
                    .update();
        }
        jdbc.sql("delete from drill_score where drill_id in (select id from drill where enrolment_id = :id)")
                .param("id", enrolment)
                .update();
        jdbc.sql("delete from exam_question where paper_id in (select id from exam_paper where enrolment_id = :id)")
                .param("id", enrolment)
                .update();
        for (String table : new String[] {"drill", "exam_paper"}) {
            jdbc.sql("delete from " + table + " where enrolment_id = :id")
                    .param("id", enrolment)
                    .update();
        }
        jdbc.sql("delete from enrolment where id = :id").param("id", enrolment).update();
    }

    @Test
    void coursesStandByFieldAndEachCanBeRead() {
        String courses = page("employee", "/courses");
        assertThat(courses).containsSubsequence("id=\"LAW\"", "id=\"NORMS\"", "id=\"INTERNAL\"");
        assertThat(courses).contains("/courses/REPORTING", "minutes");
        assertThat(page("employee", "/courses/CADENCE"))
                .contains("Goal:", "Source:", "Not so:", "Better:", "Before you dial");
    }

    @Test
    void whoseMatterItIsSeesScoresByCriterionAndTopic() {
        for (String reader : new String[] {"employee", "manager", "trainer", "compliance", "auditor"}) {
            assertThat(page(reader, "/training")).as(reader).contains(CASE, CERTIFICATE);
            assertThat(page(reader, "/training/" + enrolment))
                    .as(reader)
                    .contains("Pass marks: drill 75 points, exam 80 points.", "Says who is calling", "77 of 100")
                    .contains("Calm &lt;b&gt;voice&lt;/b&gt;", "The name comes first")
                    .contains("The limits in our house", "0 of 1", "read again")
                    .doesNotContain("the right one");
            assertThat(page(reader, "/certificate/" + CERTIFICATE))
                    .as(reader)
                    .contains("Call cadence and caps", "2099-11-02", "This certificate holds.");
        }
    }

    @Test
    void othersFindNothing() {
        assertThat(page("employee2", "/training")).doesNotContain(CASE);
        for (String path : new String[] {"/training/" + enrolment, "/certificate/" + CERTIFICATE}) {
            assertThat(browser("employee2").send("GET", path, "").statusCode()).isEqualTo(404);
            assertThat(browser("admin").send("GET", path, "").statusCode()).isEqualTo(404);
            assertThat(as("dialler", "GET", path, "").statusCode())
                    .as("sent to the login page")
                    .isEqualTo(302);
        }
        assertThat(browser("trainer").send("GET", "/certificate/CT-0000", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void departmentsAreToldApart() {
        String department = jdbc.sql("select department_id from employee where user_id = 'employee'")
                .query(String.class)
                .single();
        assertThat(page("trainer", "/training?department=" + department)).contains(CASE);
        assertThat(page("trainer", "/training?department=none")).doesNotContain(CASE);
    }

    private String page(String reader, String path) {
        HttpResponse<String> answer = browser(reader).send("GET", path, "");
        assertThat(answer.statusCode()).as(reader + " at " + path).isEqualTo(200);
        return answer.body();
    }
}
