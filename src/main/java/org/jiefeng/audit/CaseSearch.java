package org.jiefeng.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds cases, running and ended; reads our own tables, because the engine's grow a hundred times as fast. */
@Service
public class CaseSearch {

    /** Whoever turns further should ask for less. */
    static final int LAST_ROW = 10_000;

    static final int LARGEST_PAGE = 100;

    private static final int PORTION = 1_000;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Pattern PART_OF_NUMBER = Pattern.compile("AP-[0-9]{0,4}(-[0-9]{0,9})?");
    private static final Pattern COUNTER = Pattern.compile("[0-9]{1,9}");

    /** An unfinished number is filled up with these to its first and last; ordered alike in every collation. */
    private static final String FIRST = "AP-0000-000000";

    private static final String LAST = "AP-9999-999999";

    private static final RowMapper<Found> FOUND = (row, n) -> new Found(
            row.getString("number"),
            Stage.valueOf(row.getString("stage")),
            row.getString("outcome") == null ? null : Outcome.valueOf(row.getString("outcome")),
            row.getString("employee_id"),
            row.getString("name"),
            Carrier.valueOf(row.getString("carrier")),
            row.getString("mobile_mask"),
            List.of(),
            row.getObject("opened_at", OffsetDateTime.class).toInstant(),
            instant(row.getObject("closed_at", OffsetDateTime.class)));

    private final JdbcClient jdbc;

    public CaseSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which cases. */
    public enum State {
        ALL,
        RUNNING,
        ENDED
    }

    /** In which order; the newest or latest first unless asked otherwise. */
    public enum Order {
        OPENED("a.opened_at"),
        CLOSED("a.closed_at"),
        NUMBER("a.number");

        private final String column;

        Order(String column) {
            this.column = column;
        }
    }

    /**
     * What is looked for; whatever is null is not asked about.
     *
     * @param number the beginning of a number such as {@code AP-2026-0001}, or its counter alone
     * @param person a user id, or a part of a name
     * @param cause a code of {@code Cause}
     * @param openedTo the last day, included
     */
    public record Wanted(
            @Nullable String number,
            @Nullable String person,
            @Nullable Carrier carrier,
            @Nullable String cause,
            @Nullable LocalDate openedFrom,
            @Nullable LocalDate openedTo,
            @Nullable LocalDate closedFrom,
            @Nullable LocalDate closedTo,
            @Nullable Outcome outcome,
            @Nullable Stage stage,
            State state) {}

    /** One case as a line of the result. */
    public record Found(
            String number,
            Stage stage,
            @Nullable Outcome outcome,
            String employeeId,
            @Nullable String employeeName,
            Carrier carrier,
            String account,
            List<String> causes,
            Instant openedAt,
            @Nullable Instant closedAt) {

        private Found because(List<String> named) {
            return new Found(
                    number, stage, outcome, employeeId, employeeName, carrier, account, named, openedAt, closedAt);
        }
    }

    /** A page of the result, and how many cases there are in all. */
    public record Page(long total, List<Found> cases) {}

    /** One page; the first is 0. */
    public Page page(Wanted wanted, Order order, boolean ascending, int page, int size) {
        Conditions where = conditions(wanted);
        if (order == Order.CLOSED) {
            // What still runs has no such day; one database would put it first, the other last.
            where.and("a.closed_at is not null");
        }
        int rows = Math.max(1, Math.min(size, LARGEST_PAGE));
        int skipped = Math.max(0, Math.min(page, LAST_ROW / rows)) * rows;
        String direction = ascending ? "asc" : "desc";
        long total = jdbc.sql("select count(*) from appeal a" + where)
                .params(where.values)
                .query(Long.class)
                .single();
        // The page first, whom and what it is about afterwards: the other way round all cases are joined.
        String sql = "select f.*, c.carrier, c.mobile_mask, e.name from (select a.* from appeal a" + where
                + " order by " + order.column + " " + direction + ", a.number " + direction
                + " offset :skipped rows fetch next :rows rows only) f"
                + " join account u on u.id = f.account_id join card c on c.id = u.card_id"
                + " left join employee e on e.user_id = f.employee_id order by "
                + order.column.replace("a.", "f.") + " " + direction + ", f.number " + direction;
        return new Page(
                total,
                withCauses(jdbc.sql(sql)
                        .params(where.values)
                        .param("skipped", skipped)
                        .param("rows", rows)
                        .query(FOUND)
                        .list()));
    }

    /** Every case there is, newest number first, in portions, so that memory stays flat. */
    public void forEach(Wanted wanted, Consumer<Found> each) {
        String before = LAST + "9999";
        List<Found> portion;
        do {
            Conditions where = conditions(wanted);
            where.and("a.number < :before", "before", before);
            portion = withCauses(jdbc.sql("select a.*, c.carrier, c.mobile_mask, e.name from appeal a"
                            + " join account u on u.id = a.account_id join card c on c.id = u.card_id"
                            + " left join employee e on e.user_id = a.employee_id" + where
                            + " order by a.number desc fetch first :rows rows only")
                    .params(where.values)
                    .param("rows", PORTION)
                    .query(FOUND)
                    .list());
            portion.forEach(each);
            before = portion.isEmpty() ? "" : portion.get(portion.size() - 1).number();
        } while (portion.size() == PORTION);
    }

    private List<Found> withCauses(List<Found> found) {
        if (found.isEmpty()) {
            return found;
        }
        Map<String, TreeSet<String>> causes = new HashMap<>();
        jdbc.sql("select appeal_number, causes from notice where appeal_number in (:numbers)")
                .param("numbers", found.stream().map(Found::number).toList())
                .query(row -> {
                    causes.computeIfAbsent(row.getString(1), number -> new TreeSet<>())
                            .addAll(Arrays.asList(row.getString(2).split(",")));
                });
        return found.stream()
                .map(one -> one.because(List.copyOf(causes.getOrDefault(one.number(), new TreeSet<>()))))
                .toList();
    }

    /** Conditions that all hold. */
    private static final class Conditions {

        private final List<String> all = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        Conditions and(String condition) {
            all.add(condition);
            return this;
        }

        Conditions and(String condition, String name, Object value) {
            values.put(name, value);
            return and(condition);
        }

        @Override
        public String toString() {
            return all.isEmpty() ? "" : " where " + String.join(" and ", all);
        }
    }

    private Conditions conditions(Wanted wanted) {
        Conditions where = new Conditions();
        if (wanted.number() != null) {
            number(where, wanted.number().toUpperCase(Locale.ROOT));
        }
        if (wanted.person() != null) {
            where.and("a.employee_id in (:people)", "people", people(wanted.person()));
        }
        if (wanted.carrier() != null) {
            where.and(
                    "a.account_id in (select u.id from account u join card k on k.id = u.card_id"
                            + " where k.carrier = :carrier)",
                    "carrier",
                    wanted.carrier().name());
        }
        if (wanted.cause() != null) {
            where.and(
                    "a.number in (select n.appeal_number from notice n" + " where ',' || n.causes || ',' like :cause)",
                    "cause",
                    "%," + wanted.cause() + ",%");
        }
        day(where, "a.opened_at >= :openedFrom", "openedFrom", wanted.openedFrom(), 0);
        day(where, "a.opened_at < :openedTo", "openedTo", wanted.openedTo(), 1);
        day(where, "a.closed_at >= :closedFrom", "closedFrom", wanted.closedFrom(), 0);
        day(where, "a.closed_at < :closedTo", "closedTo", wanted.closedTo(), 1);
        if (wanted.outcome() != null) {
            where.and("a.outcome = :outcome", "outcome", wanted.outcome().name());
        }
        if (wanted.stage() != null) {
            where.and("a.stage = :stage", "stage", wanted.stage().name());
        }
        if (wanted.state() != State.ALL) {
            where.and(wanted.state() == State.ENDED ? "a.outcome is not null" : "a.outcome is null");
        }
        return where;
    }

    private static void number(Conditions where, String part) {
        if (PART_OF_NUMBER.matcher(part).matches()) {
            where.and("a.number >= :first", "first", part + FIRST.substring(Math.min(part.length(), FIRST.length())));
            // Counters above 999999 are longer.
            String last = LAST.substring(Math.min(part.length(), LAST.length())) + "999";
            where.and("a.number <= :last", "last", part + last);
            where.and("a.number like :part", "part", part + "%");
        } else if (COUNTER.matcher(part).matches()) {
            where.and("a.number like :part", "part", "AP-____-%06d".formatted(Long.parseLong(part)));
        } else {
            where.and("1 = 0");
        }
    }

    /** A person's former names and employees who are gone are found by the user id. */
    private List<String> people(String person) {
        List<String> ids = new ArrayList<>(jdbc.sql("""
                        select user_id from employee where lower(name) like :name escape '!'
                        order by user_id fetch first 500 rows only
                        """)
                .param("name", "%" + person.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%")
                .query(String.class)
                .list());
        ids.add(person);
        return ids;
    }

    private static void day(Conditions where, String condition, String name, @Nullable LocalDate day, int later) {
        if (day != null) {
            where.and(
                    condition, name, day.plusDays(later).atStartOfDay(SHANGHAI).toOffsetDateTime());
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
