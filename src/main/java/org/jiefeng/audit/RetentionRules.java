package org.jiefeng.audit;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.appeal.RetentionTimes;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** How long each kind of data is kept: decision {@code retention}, as process owners last brought it. */
@Component
class RetentionRules implements RetentionTimes {

    private static final String DECISION = "retention";
    private static final String FOR_EVER = "ALWAYS";

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final Clock clock;

    /** The engine's services are lazy, because delegates may be made while it is still being built. */
    RetentionRules(@Lazy DecisionService decisions, @Lazy RepositoryService repository, Clock clock) {
        this.decisions = decisions;
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * One row of the decision.
     *
     * @param from what is counted from, in words
     * @param version of the decision
     * @param expiredBefore what was counted from until then has expired; empty where it never does
     */
    record Rule(DataKind kind, String keptFor, String from, int version, Optional<OffsetDateTime> expiredBefore) {}

    @Override
    public String of(String kind) {
        return rule(DataKind.valueOf(kind), latest()).keptFor().toLowerCase(Locale.ROOT);
    }

    /** All rules as they are now, of one version. */
    Map<DataKind, Rule> now() {
        DecisionDefinition table = latest();
        return Stream.of(DataKind.values()).collect(Collectors.toMap(kind -> kind, kind -> rule(kind, table)));
    }

    private DecisionDefinition latest() {
        return repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(DECISION)
                .latestVersion()
                .singleResult();
    }

    private Rule rule(DataKind kind, DecisionDefinition table) {
        DmnDecisionRuleResult row = decisions
                .evaluateDecisionTableById(table.getId())
                .variables(Variables.putValue("dataKind", kind.name()))
                .evaluate()
                .getSingleResult();
        Long keptFor = row == null ? null : row.getEntry("keptFor");
        String unit = row == null ? null : row.getEntry("keptUnit");
        String from = row == null ? null : row.getEntry("keptFrom");
        if (FOR_EVER.equals(unit)) {
            return new Rule(kind, FOR_EVER, String.valueOf(from), table.getVersion(), Optional.empty());
        }
        // A row that is gone, or a zero by mistake, must not delete everything.
        if (keptFor == null || keptFor < 1 || unit == null) {
            throw new IllegalStateException("Decision '" + DECISION + "' has no time for " + kind);
        }
        return new Rule(
                kind,
                keptFor + " " + unit,
                String.valueOf(from),
                table.getVersion(),
                Optional.of(before(keptFor, unit)));
    }

    private OffsetDateTime before(long keptFor, String unit) {
        ZonedDateTime now = clock.instant().atZone(ZoneId.of("Asia/Shanghai"));
        ZonedDateTime before =
                switch (unit) {
                    case "DAYS" -> now.minusDays(keptFor);
                    case "MONTHS" -> now.minusMonths(keptFor);
                    case "YEARS" -> now.minusYears(keptFor);
                    default -> throw new IllegalStateException("Decision '" + DECISION + "' has unit " + unit);
                };
        return before.toInstant().atOffset(ZoneOffset.UTC);
    }
}
