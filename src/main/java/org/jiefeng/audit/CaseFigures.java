package org.jiefeng.audit;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What the cases of a period come to: how long each step takes, and how they end. Names nobody. */
@Service
public class CaseFigures {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final RepositoryService repository;

    public CaseFigures(JdbcClient jdbc, RepositoryService repository) {
        this.jdbc = jdbc;
        this.repository = repository;
    }

    /** A process there are figures of. */
    public record Process(String key, String name, String definitionId) {}

    /**
     * One element of a diagram in the period.
     *
     * @param count how often it was entered
     * @param open how often it is not done yet
     * @param medianMillis of those that were completed, null when none was
     */
    public record StepFigures(
            String elementId,
            @Nullable String name,
            String type,
            long count,
            long open,
            @Nullable Long medianMillis,
            @Nullable Long p90Millis) {}

    /** How many cases ended how; a case with several causes stands under each. */
    public record OutcomeFigures(String carrier, String cause, String outcome, long count) {}

    /** The processes in force, by name. */
    public List<Process> processes() {
        return repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .orderByProcessDefinitionName()
                .asc()
                .list()
                .stream()
                .map(CaseFigures::process)
                .toList();
    }

    private static Process process(ProcessDefinition definition) {
        String name = definition.getName();
        return new Process(definition.getKey(), name == null ? definition.getKey() : name, definition.getId());
    }

    /**
     * The elements of a process that were entered in the period, both days included.
     *
     * <p>The engine's public interface knows no percentiles, so its table is read here; read only.
     */
    public List<StepFigures> steps(String processKey, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select act_id_, max(act_name_) as name, max(act_type_) as kind, count(*) as entered,
                            sum(case when end_time_ is null then 1 else 0 end) as unfinished,
                            percentile_cont(0.5) within group
                                (order by case when act_inst_state_ = 2 then null else duration_ end) as median,
                            percentile_cont(0.9) within group
                                (order by case when act_inst_state_ = 2 then null else duration_ end) as p90
                        from act_hi_actinst
                        where proc_def_id_ in (select id_ from act_re_procdef where key_ = :key)
                            and start_time_ >= :from and start_time_ < :to
                        group by act_id_
                        order by act_id_
                        """)
                .param("key", processKey)
                .param("from", Timestamp.from(from.atStartOfDay(SHANGHAI).toInstant()))
                .param(
                        "to",
                        Timestamp.from(to.plusDays(1).atStartOfDay(SHANGHAI).toInstant()))
                .query((row, n) -> new StepFigures(
                        row.getString("act_id_"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getLong("entered"),
                        row.getLong("unfinished"),
                        rounded(row.getBigDecimal("median")),
                        rounded(row.getBigDecimal("p90"))))
                .list();
    }

    private static @Nullable Long rounded(@Nullable BigDecimal millis) {
        return millis == null ? null : millis.longValue();
    }

    /** How the cases that were closed in the period ended, both days included. */
    public List<OutcomeFigures> outcomes(LocalDate from, LocalDate to) {
        record Key(String carrier, String cause, String outcome) {}
        Map<Key, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select c.carrier, n.causes, a.outcome, count(*) as ended
                        from appeal a
                        join account u on u.id = a.account_id
                        join card c on c.id = u.card_id
                        join notice n on n.appeal_number = a.number and n.attached = false
                        where a.closed_at >= :from and a.closed_at < :to
                        group by c.carrier, n.causes, a.outcome
                        order by c.carrier, n.causes, a.outcome
                        """)
                .param("from", start(from))
                .param("to", start(to.plusDays(1)))
                .query(row -> {
                    for (String cause : row.getString("causes").split(",")) {
                        counts.merge(
                                new Key(row.getString("carrier"), cause, row.getString("outcome")),
                                row.getLong("ended"),
                                Long::sum);
                    }
                });
        List<OutcomeFigures> figures = new ArrayList<>();
        counts.forEach(
                (key, count) -> figures.add(new OutcomeFigures(key.carrier(), key.cause(), key.outcome(), count)));
        return figures;
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toOffsetDateTime();
    }
}
