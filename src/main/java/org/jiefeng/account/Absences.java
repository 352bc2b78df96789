package org.jiefeng.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is away, and who is there instead; days are those of Shanghai. */
@Service
public class Absences {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final Clock clock;

    Absences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }

    /**
     * Notes an absence; what makes sense is for the caller to decide.
     *
     * @throws org.springframework.dao.DuplicateKeyException when there is one from that day on already
     */
    @Transactional
    public Absence add(
            String userId,
            String deputyId,
            LocalDate firstDay,
            @Nullable LocalDate lastDay,
            @Nullable String note,
            String actor) {
        jdbc.sql("""
                        insert into absence (user_id, deputy_id, first_day, last_day, note, set_by, set_at, counts_from)
                        values (:user, :deputy, :from, :to, :note, :actor, :now, :from)
                        """)
                .param("user", userId)
                .param("deputy", deputyId)
                .param("from", firstDay)
                .param("to", lastDay, Types.DATE)
                .param("note", note, Types.VARCHAR)
                .param("actor", actor)
                .param("now", now())
                .update();
        return jdbc.sql("select * from absence where user_id = :user and counts_from = :from")
                .param("user", userId)
                .param("from", firstDay)
                .query(Absences::absence)
                .single();
    }

    /** Ends an absence early, or calls it off; false when it was ended before. */
    @Transactional
    public boolean end(long id, String actor) {
        return jdbc.sql("""
                                update absence set ended_at = :now, ended_by = :actor, counts_from = null
                                where id = :id and ended_at is null
                                """)
                        .param("now", now())
                        .param("actor", actor)
                        .param("id", id)
                        .update()
                > 0;
    }

    public Optional<Absence> find(long id) {
        return jdbc.sql("select * from absence where id = :id")
                .param("id", id)
                .query(Absences::absence)
                .optional();
    }

    /** The absences of these people, the latest first. */
    public List<Absence> of(Collection<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : jdbc.sql("select * from absence where user_id in (:users) order by first_day desc, id desc")
                        .param("users", userIds)
                        .query(Absences::absence)
                        .list();
    }

    /** Whom somebody stands in for, now or later, the next first. */
    public List<Absence> forDeputy(String userId) {
        return jdbc.sql("""
                        select * from absence
                        where deputy_id = :user and ended_at is null and (last_day is null or last_day >= :today)
                        order by first_day, id
                        """)
                .param("user", userId)
                .param("today", today())
                .query(Absences::absence)
                .list();
    }

    /** The absence somebody is in today. */
    public Optional<Absence> current(String userId) {
        return current().stream()
                .filter(absence -> absence.userId().equals(userId))
                .findFirst();
    }

    /**
     * Who is there instead of somebody today: the deputy, or, as long as that one is away too, the deputy's deputy.
     *
     * @return the person asked for when present; empty when nobody of the chain is there
     */
    public Optional<String> present(String userId) {
        return present(userId, deputies());
    }

    /** The absent people in whose place somebody is there today. */
    public Set<String> representedBy(String userId) {
        Map<String, String> deputies = deputies();
        Set<String> represented = new HashSet<>();
        deputies.keySet().stream()
                .filter(absent ->
                        present(absent, deputies).filter(userId::equals).isPresent())
                .forEach(represented::add);
        return represented;
    }

    private static Optional<String> present(String userId, Map<String, String> deputies) {
        Set<String> away = new HashSet<>();
        String next = userId;
        while (deputies.containsKey(next)) {
            if (!away.add(next)) {
                return Optional.empty();
            }
            next = deputies.get(next);
        }
        return Optional.of(next);
    }

    /** Who is away today, and the deputy of each. */
    private Map<String, String> deputies() {
        Map<String, String> deputies = new HashMap<>();
        current().forEach(absence -> deputies.putIfAbsent(absence.userId(), absence.deputyId()));
        return deputies;
    }

    private List<Absence> current() {
        return jdbc.sql("""
                        select * from absence
                        where ended_at is null and first_day <= :today and (last_day is null or last_day >= :today)
                        order by first_day desc, id
                        """).param("today", today()).query(Absences::absence).list();
    }

    /** The absences that have begun and whose open tasks were not handed over yet. */
    public List<Absence> begun() {
        return current().stream()
                .filter(absence -> absence.handedOverAt() == null)
                .toList();
    }

    /** Notes that the open tasks were handed over; false when somebody else has done it. */
    @Transactional
    public boolean handedOver(long id) {
        return jdbc.sql("update absence set handed_over_at = :now where id = :id and handed_over_at is null")
                        .param("now", now())
                        .param("id", id)
                        .update()
                > 0;
    }

    private static Absence absence(ResultSet row, int n) throws SQLException {
        return new Absence(
                row.getLong("id"),
                row.getString("user_id"),
                row.getString("deputy_id"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getString("note"),
                row.getString("set_by"),
                row.getObject("set_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                instant(row, "handed_over_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
