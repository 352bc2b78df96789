package org.jiefeng.reinstatement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What binds the employee in the end: carrier, decision and house all ask for something, and where they differ the
 * strictest applies, kind by kind and day by day (domain.md §2, conditional reinstatement).
 *
 * @param effective the rules that are the strictest somewhere
 */
record ReleaseTerms(int probationDays, int selfCheckDays, List<Condition> conditions, Set<ConditionRule> effective) {

    private static final String PROBATION_DAYS = "PROBATION_DAYS";
    private static final String SELF_CHECK_DAYS = "SELF_CHECK_DAYS";

    /**
     * One condition in force.
     *
     * @param origins whose rules it comes from
     * @param fromDay first day of probation, null for what stands after probation
     * @param toDay last day of probation, null until probation ends
     */
    record Condition(
            String kind,
            String value,
            List<Origin> origins,
            String source,
            @Nullable Integer fromDay,
            @Nullable Integer toDay) {

        boolean standing() {
            return fromDay == null;
        }

        private Condition on(@Nullable Integer from, @Nullable Integer to) {
            return new Condition(kind, value, origins, source, from, to);
        }

        private boolean continuedBy(Condition next) {
            return toDay != null
                    && next.fromDay != null
                    && toDay + 1 == next.fromDay
                    && value.equals(next.value)
                    && origins.equals(next.origins);
        }
    }

    /**
     * The strictest of all rules.
     *
     * @param decidedDays probation by our decision, 0 for none
     * @param decidedSelfCheckDays days between self-checks by our decision
     * @param fallbackSelfCheckDays the same where only the carrier asks for a probation
     */
    static ReleaseTerms strictest(
            List<ConditionRule> stated, int decidedDays, int decidedSelfCheckDays, int fallbackSelfCheckDays) {
        List<ConditionRule> rules = stated.stream().map(ReleaseTerms::checked).toList();
        Set<ConditionRule> effective = new LinkedHashSet<>();
        int days = probationDays(rules, decidedDays, effective);
        int selfCheckDays = selfCheckDays(rules, days, decidedSelfCheckDays, fallbackSelfCheckDays, effective);

        Map<String, List<ConditionRule>> byKind = rules.stream()
                .filter(rule -> !rule.is(PROBATION_DAYS) && !rule.is(SELF_CHECK_DAYS))
                .collect(Collectors.groupingBy(ReleaseTerms::key, LinkedHashMap::new, Collectors.toList()));
        List<Condition> conditions = new ArrayList<>();
        for (List<ConditionRule> ofKind : byKind.values()) {
            conditions.addAll(duringProbation(ofKind, days, effective));
            winner(ofKind.stream().filter(ConditionRule::standsAfterProbation).toList(), effective)
                    .map(found -> found.on(null, null))
                    .ifPresent(conditions::add);
        }
        Set<ConditionRule> winning = stated.stream()
                .filter(rule -> effective.contains(checked(rule)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new ReleaseTerms(days, selfCheckDays, List.copyOf(conditions), winning);
    }

    /** A value we cannot compare is still a carrier's term; from ourselves it is a mistake that must be noticed. */
    private static ConditionRule checked(ConditionRule rule) {
        boolean known = rule.is(PROBATION_DAYS) || rule.is(SELF_CHECK_DAYS)
                ? rule.value().matches("[1-9]\\d{0,3}")
                : ConditionKind.named(rule.kind())
                        .map(kind -> kind.isValid(rule.value()))
                        .orElse(false);
        if (known) {
            return rule;
        }
        if (rule.origin() == Origin.CARRIER) {
            return new ConditionRule(rule.origin(), "CARRIER_TERM", rule.text(), rule.days(), rule.text());
        }
        throw new IllegalArgumentException("Not a release condition: " + rule.text());
    }

    // Terms in a carrier's own words cannot be compared, so that each stands for itself.
    private static String key(ConditionRule rule) {
        return ConditionKind.named(rule.kind())
                .map(kind -> kind.slot(rule.value()))
                .orElseGet(() -> rule.kind() + rule.text());
    }

    // A carrier that limits calls for sixty days without calling it a probation wants sixty days watched all the same.
    private static int probationDays(List<ConditionRule> rules, int decided, Set<ConditionRule> effective) {
        int days = decided;
        for (ConditionRule rule : rules) {
            if (rule.is(PROBATION_DAYS)) {
                days = Math.max(days, rule.number());
            } else if (rule.origin() == Origin.CARRIER) {
                days = Math.max(days, rule.namedLastDay());
            }
        }
        int longest = days;
        rules.stream()
                .filter(rule -> rule.is(PROBATION_DAYS) && rule.number() == longest)
                .forEach(effective::add);
        return days;
    }

    private static int selfCheckDays(
            List<ConditionRule> rules, int days, int decided, int fallback, Set<ConditionRule> effective) {
        if (days == 0) {
            return 0;
        }
        int shortest = rules.stream()
                .filter(rule -> rule.is(SELF_CHECK_DAYS))
                .mapToInt(ConditionRule::number)
                .reduce(decided == 0 ? fallback : decided, Math::min);
        rules.stream()
                .filter(rule -> rule.is(SELF_CHECK_DAYS) && rule.number() == shortest)
                .forEach(effective::add);
        return shortest;
    }

    private static List<Condition> duringProbation(List<ConditionRule> rules, int days, Set<ConditionRule> effective) {
        List<Condition> conditions = new ArrayList<>();
        List<Integer> starts = starts(rules, days);
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            boolean last = i == starts.size() - 1;
            Integer to = last ? null : Integer.valueOf(starts.get(i + 1) - 1);
            List<ConditionRule> holding =
                    rules.stream().filter(rule -> rule.holdsOn(from, days)).toList();
            Optional<Condition> found = winner(holding, effective).map(condition -> condition.on(from, to));
            if (found.isEmpty()) {
                continue;
            }
            Condition previous = conditions.isEmpty() ? null : conditions.get(conditions.size() - 1);
            if (previous != null && previous.continuedBy(found.get())) {
                conditions.set(conditions.size() - 1, previous.on(previous.fromDay(), to));
            } else {
                conditions.add(found.get());
            }
        }
        return conditions;
    }

    /** The days on which the set of rules in force may change. */
    private static List<Integer> starts(Collection<ConditionRule> rules, int days) {
        Set<Integer> starts = new TreeSet<>();
        for (ConditionRule rule : rules) {
            starts.add(rule.firstDay());
            if (rule.namedLastDay() > 0) {
                starts.add(rule.namedLastDay() + 1);
            }
        }
        return starts.stream().filter(day -> day > 0 && day <= days).toList();
    }

    private record Winner(String kind, String value, List<Origin> origins, String source) {
        Condition on(@Nullable Integer from, @Nullable Integer to) {
            return new Condition(kind, value, origins, source, from, to);
        }
    }

    private static Optional<Winner> winner(List<ConditionRule> rules, Set<ConditionRule> effective) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Optional<ConditionKind> kind = ConditionKind.named(rules.get(0).kind());
        String value = kind.map(known ->
                        known.strictest(rules.stream().map(ConditionRule::value).toList()))
                .orElse(rules.get(0).value());
        List<ConditionRule> winning = rules.stream()
                .filter(rule -> kind.map(known -> known.contributes(rule.value(), value))
                        .orElse(true))
                .toList();
        effective.addAll(winning);
        return Optional.of(new Winner(
                rules.get(0).kind(),
                value,
                winning.stream().map(ConditionRule::origin).distinct().sorted().toList(),
                winning.stream()
                        .map(rule -> rule.origin() + " " + rule.text())
                        .distinct()
                        .collect(Collectors.joining("; "))));
    }
}
