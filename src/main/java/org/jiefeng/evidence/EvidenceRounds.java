package org.jiefeng.evidence;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jiefeng.evidence.EvidenceRound.State;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens and moves the rounds of a case; whoever changes evidence holds the round's row first, so sealing sees all or nothing. */
@Component
class EvidenceRounds {

    private static final RowMapper<EvidenceRound> ROUND = (row, n) -> new EvidenceRound(
            row.getLong("id"),
            row.getString("appeal_number"),
            Kind.valueOf(row.getString("kind")),
            row.getInt("number"),
            State.valueOf(row.getString("state")));

    private final JdbcClient jdbc;
    private final EvidenceTexts texts;
    private final Clock clock;

    EvidenceRounds(JdbcClient jdbc, EvidenceTexts texts, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    List<EvidenceRound> of(String appealNumber) {
        return jdbc.sql("select * from evidence_round where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query(ROUND)
                .list();
    }

    Optional<EvidenceRound> latest(String appealNumber, Kind kind) {
        return of(appealNumber).stream().filter(round -> round.kind() == kind).reduce((first, second) -> second);
    }

    /** The round the applicant may change now. */
    Optional<EvidenceRound> open(String appealNumber) {
        return of(appealNumber).stream()
                .filter(EvidenceRound::isOpen)
                .filter(round -> round.kind() != Kind.RESCUE)
                .reduce((first, second) -> second);
    }

    /** Takes up work of this kind: the running round, or the next one after the last was sealed or declined. */
    @Transactional
    EvidenceRound start(String appealNumber, Kind kind) {
        Optional<EvidenceRound> last = latest(appealNumber, kind);
        if (last.isPresent() && (last.get().isOpen() || last.get().state() == State.IN_REVIEW)) {
            move(last.get(), State.OPEN);
            return last.get();
        }
        jdbc.sql("""
                        insert into evidence_round (appeal_number, kind, number, state, opened_at)
                        values (:appeal, :kind, :number, 'OPEN', :now)
                        """)
                .param("appeal", appealNumber)
                .param("kind", kind.name())
                .param("number", last.map(round -> round.number() + 1).orElse(1))
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
        return latest(appealNumber, kind).orElseThrow();
    }

    @Transactional
    void move(EvidenceRound round, State state) {
        jdbc.sql("update evidence_round set state = :state where id = :id")
                .param("state", state.name())
                .param("id", round.id())
                .update();
    }

    /**
     * The open round, held against sealing until the transaction ends.
     *
     * @throws ConflictException when nothing may be changed now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    EvidenceRound holdOpen(String appealNumber) {
        return open(appealNumber)
                .map(this::hold)
                .filter(EvidenceRound::isOpen)
                .orElseThrow(() -> new ConflictException(texts.of("closed")));
    }

    /**
     * The open rescue of recordings, held until the transaction ends.
     *
     * @throws ConflictException when none is open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    EvidenceRound holdRescue(String appealNumber) {
        return latest(appealNumber, Kind.RESCUE)
                .map(this::hold)
                .filter(EvidenceRound::isOpen)
                .orElseThrow(() -> new ConflictException(texts.of("closed")));
    }

    /** The round as it stands now, held until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    EvidenceRound hold(EvidenceRound round) {
        return jdbc.sql("select * from evidence_round where id = :id for update")
                .param("id", round.id())
                .query(ROUND)
                .single();
    }
}
