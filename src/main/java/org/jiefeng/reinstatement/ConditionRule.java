package org.jiefeng.reinstatement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jiefeng.account.Vault;

/**
 * One rule as somebody stated it, e.g. {@code DAILY_CAP=50@1-7}: kind, value and the days it is meant for.
 *
 * @param value empty for kinds that only hold or do not
 * @param days {@code 1-7}, {@code 8-end}, {@code after}, or empty for all the time
 * @param text the rule as written
 */
record ConditionRule(Origin origin, String kind, String value, String days, String text) {

    private static final Pattern SYNTAX =
            Pattern.compile("([A-Z][A-Z_]*)(?:=([^@;]*))?(?:@(\\d{1,4}-\\d{1,4}|\\d{1,4}-end|after))?");

    /** Rules separated by semicolons. */
    static List<ConditionRule> parse(Origin origin, String rules) {
        List<ConditionRule> parsed = new ArrayList<>();
        for (String part : rules.split(";")) {
            String text = part.strip();
            if (text.isEmpty()) {
                continue;
            }
            Matcher rule = SYNTAX.matcher(text);
            if (rule.matches()) {
                parsed.add(new ConditionRule(
                        origin,
                        rule.group(1),
                        rule.group(2) == null ? "" : rule.group(2).strip(),
                        rule.group(3) == null ? "" : rule.group(3),
                        text));
            } else if (origin == Origin.CARRIER) {
                // What a carrier wrote in its own words still binds; people read it, the call check cannot.
                parsed.add(new ConditionRule(origin, "CARRIER_TERM", text, "", text));
            } else {
                throw new IllegalArgumentException("Not a release condition: " + text);
            }
        }
        return parsed;
    }

    /** A single number that is barred is kept as its keyed hash and its mask, and so is what was written of it. */
    ConditionRule withSealedNumber(Vault vault) {
        return is(SealedNumber.KIND)
                ? SealedNumber.of(value, vault)
                        .map(number -> new ConditionRule(
                                origin,
                                kind,
                                number.text(),
                                days,
                                kind + "=" + number.mask() + (days.isEmpty() ? "" : "@" + days)))
                        .orElse(this)
                : this;
    }

    /** Whether this rule is one about the probation itself, such as {@code PROBATION_DAYS=60}. */
    boolean is(String name) {
        return kind.equals(name);
    }

    int number() {
        return Integer.parseInt(value);
    }

    /** First day of probation it holds on; 0 when it does not hold during probation. */
    int firstDay() {
        if (days.equals("after")) {
            return 0;
        }
        return days.isEmpty() ? 1 : Integer.parseInt(days.substring(0, days.indexOf('-')));
    }

    /** Last day it names itself; 0 when it names none. */
    int namedLastDay() {
        return days.matches("\\d+-\\d+") ? Integer.parseInt(days.substring(days.indexOf('-') + 1)) : 0;
    }

    boolean holdsOn(int day, int probationDays) {
        int last = namedLastDay() == 0 ? probationDays : namedLastDay();
        return firstDay() > 0 && day >= firstDay() && day <= last;
    }

    boolean standsAfterProbation() {
        return days.isEmpty() || days.equals("after");
    }
}
