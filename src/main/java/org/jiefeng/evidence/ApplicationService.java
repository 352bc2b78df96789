package org.jiefeng.evidence;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the application of each round and says what it still lacks. */
@Service
class ApplicationService {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final int SHORTEST_TEXT = 10;
    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_MEASURES = 20;

    private final JdbcClient jdbc;
    private final EvidenceRounds rounds;
    private final EvidenceTexts texts;
    private final Clock clock;

    ApplicationService(JdbcClient jdbc, EvidenceRounds rounds, EvidenceTexts texts, Clock clock) {
        this.jdbc = jdbc;
        this.rounds = rounds;
        this.texts = texts;
        this.clock = clock;
    }

    /** The application of the latest round; on a new round what was written before, to be confirmed again. */
    Application current(String appealNumber) {
        int round = rounds.latest(appealNumber, Kind.APPLICATION)
                .map(EvidenceRound::number)
                .orElse(1);
        return find(appealNumber, round)
                .or(() -> find(appealNumber, round - 1).map(Application::unconfirmed))
                .orElseGet(Application::empty);
    }

    Optional<Application> find(String appealNumber, int round) {
        return jdbc.sql("select * from application where appeal_number = :appeal and round = :round")
                .param("appeal", appealNumber)
                .param("round", round)
                .query((row, n) -> new Application(
                        row.getString("problem"),
                        row.getString("root_cause"),
                        row.getString("done_now"),
                        row.getString("prevention"),
                        row.getBoolean("consent"),
                        row.getBoolean("declaration"),
                        measures(appealNumber, round)))
                .optional();
    }

    private List<ImprovementMeasure> measures(String appealNumber, int round) {
        return jdbc.sql("""
                        select * from improvement_measure
                        where appeal_number = :appeal and round = :round
                        order by position
                        """)
                .param("appeal", appealNumber)
                .param("round", round)
                .query((row, n) -> new ImprovementMeasure(
                        row.getString("kind"),
                        row.getString("description"),
                        row.getString("owner"),
                        row.getObject("due_on", LocalDate.class),
                        row.getString("how_measured")))
                .list();
    }

    /** Whether the round's application was saved with nothing left out. */
    boolean isComplete(String appealNumber, int round) {
        return jdbc.sql("select complete from application where appeal_number = :appeal and round = :round")
                .param("appeal", appealNumber)
                .param("round", round)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * Saves the application of the open round.
     *
     * @param draft whether it may still lack something
     * @throws InvalidInputException naming every wrong field
     * @throws ConflictException when nothing may be changed now
     */
    @Transactional
    void save(String appealNumber, Application application, boolean draft, String actor) {
        List<FieldProblem> problems = new ArrayList<>(tooLong(application));
        if (!draft) {
            problems.addAll(lacking(application));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        EvidenceRound round = rounds.holdOpen(appealNumber);
        if (round.kind() != Kind.APPLICATION) {
            throw new ConflictException(texts.of("closed"));
        }
        replace(appealNumber, round.number(), application, !draft, actor);
    }

    private List<FieldProblem> tooLong(Application application) {
        List<FieldProblem> problems = new ArrayList<>();
        longest(problems, "problem", application.problem(), LONGEST_TEXT);
        longest(problems, "rootCause", application.rootCause(), LONGEST_TEXT);
        longest(problems, "doneNow", application.doneNow(), LONGEST_TEXT);
        longest(problems, "prevention", application.prevention(), LONGEST_TEXT);
        List<ImprovementMeasure> measures = application.measures();
        if (measures.size() > MOST_MEASURES) {
            problems.add(
                    new FieldProblem("measures", texts.of("application.measures.many", String.valueOf(MOST_MEASURES))));
        }
        for (int i = 0; i < measures.size(); i++) {
            String field = "measures[" + i + "].";
            ImprovementMeasure measure = measures.get(i);
            longest(problems, field + "description", measure.description(), 1000);
            longest(problems, field + "owner", measure.owner(), 100);
            longest(problems, field + "howMeasured", measure.howMeasured(), 500);
            if (Arrays.stream(ImprovementMeasure.Kind.values())
                    .noneMatch(kind -> kind.name().equals(measure.kind()))) {
                problems.add(new FieldProblem(field + "kind", texts.of("application.kind")));
            }
        }
        return problems;
    }

    private void longest(List<FieldProblem> problems, String field, String text, int length) {
        if (text.length() > length) {
            problems.add(new FieldProblem(field, texts.of("application.long", String.valueOf(length))));
        }
    }

    private List<FieldProblem> lacking(Application application) {
        List<FieldProblem> problems = new ArrayList<>();
        required(problems, "problem", application.problem());
        required(problems, "rootCause", application.rootCause());
        required(problems, "doneNow", application.doneNow());
        required(problems, "prevention", application.prevention());
        List<ImprovementMeasure> measures = application.measures();
        if (measures.isEmpty()) {
            problems.add(new FieldProblem("measures", texts.of("application.measures.none")));
        }
        LocalDate today = LocalDate.now(clock.withZone(SHANGHAI));
        for (int i = 0; i < measures.size(); i++) {
            String field = "measures[" + i + "].";
            ImprovementMeasure measure = measures.get(i);
            filled(problems, field + "description", measure.description());
            filled(problems, field + "owner", measure.owner());
            filled(problems, field + "howMeasured", measure.howMeasured());
            LocalDate dueOn = measure.dueOn();
            if (dueOn == null || dueOn.isBefore(today)) {
                problems.add(new FieldProblem(field + "dueOn", texts.of("application.dueOn")));
            }
        }
        if (!application.consent()) {
            problems.add(new FieldProblem("consent", texts.of("application.consent")));
        }
        if (!application.declaration()) {
            problems.add(new FieldProblem("declaration", texts.of("application.declaration")));
        }
        return problems;
    }

    private void required(List<FieldProblem> problems, String field, String text) {
        if (text.strip().length() < SHORTEST_TEXT) {
            problems.add(new FieldProblem(field, texts.of("application.short", String.valueOf(SHORTEST_TEXT))));
        }
    }

    private void filled(List<FieldProblem> problems, String field, String text) {
        if (text.isBlank()) {
            problems.add(new FieldProblem(field, texts.of("application.empty")));
        }
    }

    private void replace(String appealNumber, int round, Application application, boolean complete, String actor) {
        jdbc.sql("delete from improvement_measure where appeal_number = :appeal and round = :round")
                .param("appeal", appealNumber)
                .param("round", round)
                .update();
        jdbc.sql("delete from application where appeal_number = :appeal and round = :round")
                .param("appeal", appealNumber)
                .param("round", round)
                .update();
        jdbc.sql("""
                        insert into application (appeal_number, round, problem, root_cause, done_now, prevention,
                            consent, declaration, complete, saved_by, saved_at)
                        values (:appeal, :round, :problem, :rootCause, :doneNow, :prevention,
                            :consent, :declaration, :complete, :actor, :now)
                        """)
                .param("appeal", appealNumber)
                .param("round", round)
                .param("problem", application.problem())
                .param("rootCause", application.rootCause())
                .param("doneNow", application.doneNow())
                .param("prevention", application.prevention())
                .param("consent", application.consent())
                .param("declaration", application.declaration())
                .param("complete", complete)
                .param("actor", actor)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
        for (int i = 0; i < application.measures().size(); i++) {
            ImprovementMeasure measure = application.measures().get(i);
            jdbc.sql("""
                            insert into improvement_measure
                                (appeal_number, round, position, kind, description, owner, due_on, how_measured)
                            values (:appeal, :round, :position, :kind, :description, :owner, :dueOn, :howMeasured)
                            """)
                    .param("appeal", appealNumber)
                    .param("round", round)
                    .param("position", i)
                    .param("kind", measure.kind())
                    .param("description", measure.description())
                    .param("owner", measure.owner())
                    .param("dueOn", measure.dueOn(), java.sql.Types.DATE)
                    .param("howMeasured", measure.howMeasured())
                    .update();
        }
    }
}
