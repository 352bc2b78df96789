package org.jiefeng.alternative;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Iccid;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** New cards for people whose account cannot be restored; what counts against the person stays with the person (R41, R42). */
@Service
class ReplacementCards {

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final Accounts accounts;
    private final Vault vault;
    private final Timeline timeline;
    private final AlternativeTexts texts;
    private final Clock clock;

    ReplacementCards(
            JdbcClient jdbc,
            AppealService appeals,
            Accounts accounts,
            Vault vault,
            Timeline timeline,
            AlternativeTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.accounts = accounts;
        this.vault = vault;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    /** What somebody typed about a card, not looked at yet. */
    record Request(
            @Nullable String carrier,
            @Nullable String mobile,
            @Nullable String iccid) {}

    /**
     * Notes the card to be activated; until then it can be corrected.
     *
     * @throws InvalidInputException naming every wrong field
     * @throws ConflictException when no new card may be given in this case now (domain.md §6.8)
     */
    @Transactional
    ReplacementCard register(String appealNumber, Request request, String actor) {
        Appeal appeal = appeals.get(appealNumber);
        requireAllowed(appeal);
        String mobile = MobileNumber.normalise(text(request.mobile()));
        String iccid = Iccid.normalise(text(request.iccid()));
        Optional<Carrier> carrier = Arrays.stream(Carrier.values())
                .filter(known -> known.name().equals(request.carrier()))
                .findFirst();
        List<FieldProblem> problems = new ArrayList<>();
        if (carrier.isEmpty()) {
            problems.add(new FieldProblem("carrier", texts.of("card.carrier")));
        }
        String mobileProblem = MobileNumber.problem(mobile);
        if (mobileProblem != null) {
            problems.add(new FieldProblem("mobile", texts.ofAccount(mobileProblem)));
        } else if (accounts.isOnFile(mobile)) {
            problems.add(new FieldProblem("mobile", texts.of("card.onFile")));
        }
        String iccidProblem = Iccid.problem(iccid);
        if (iccidProblem != null) {
            problems.add(new FieldProblem("iccid", texts.ofAccount(iccidProblem)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }

        jdbc.sql("delete from replacement_card where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .update();
        jdbc.sql("""
                        insert into replacement_card (appeal_number, employee_id, old_account_id, carrier, mobile_sealed,
                            mobile_mask, iccid_sealed, iccid_mask, registered_by, registered_at)
                        values (:appeal, :employee, :account, :carrier, :mobile, :mobileMask, :iccid, :iccidMask, :actor,
                            :now)
                        """)
                .param("appeal", appealNumber)
                .param("employee", appeal.employeeId())
                .param("account", appeal.accountId())
                .param("carrier", carrier.orElseThrow().name())
                .param("mobile", vault.seal(mobile))
                .param("mobileMask", MobileNumber.mask(mobile))
                .param("iccid", vault.seal(iccid))
                .param("iccidMask", Iccid.mask(iccid))
                .param("actor", actor)
                .param("now", now())
                .update();
        timeline.record(appealNumber, actor, "REPLACEMENT_CARD_REGISTERED", MobileNumber.mask(mobile));
        List<String> warnings = Stream.of(MobileNumber.warning(mobile, carrier.orElseThrow()), Iccid.warning(iccid))
                .flatMap(Stream::ofNullable)
                .map(texts::ofAccount)
                .toList();
        return find(appealNumber, warnings).orElseThrow();
    }

    private void requireAllowed(Appeal appeal) {
        if (!appeal.isOpen() || appeal.stage() != Stage.ALTERNATIVES) {
            throw new ConflictException(texts.of("card.wrongStage"));
        }
        CardBar bar = bar(appeal.number());
        if (bar != CardBar.NONE) {
            throw new ConflictException(texts.of("card." + bar));
        }
        if (find(appeal.number()).map(ReplacementCard::activatedAt).isPresent()) {
            throw new ConflictException(texts.of("card.activated"));
        }
    }

    /**
     * What the person's records have against a new card in this case (domain.md §6.8). They are asked for the person,
     * because card changes reset nothing (§6.5); a suspension that turned out unfounded does not count.
     */
    CardBar bar(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        String employee = appeal.employeeId();
        if (fraudSuspectedOf(employee)) {
            return CardBar.FRAUD_BEFORE;
        }
        List<Appeal> others = appeals.ofEmployee(employee).stream()
                .filter(other -> other.isOpen() && !other.number().equals(appealNumber))
                .toList();
        // Who is being watched with one card gets no unwatched other one.
        if (others.stream().anyMatch(other -> other.stage() == Stage.PROBATION)) {
            return CardBar.ON_PROBATION;
        }
        if (!others.isEmpty()) {
            return CardBar.APPEAL_OPEN;
        }
        // The retraining of this case comes before the card and is asked for when the card is activated.
        return isTrainingOpen(employee, appealNumber) ? CardBar.TRAINING_OPEN : CardBar.NONE;
    }

    private boolean fraudSuspectedOf(String employeeId) {
        return jdbc.sql("""
                        select count(*) from notice n join appeal a on a.number = n.appeal_number
                        where a.employee_id = :employee and not a.overturned
                          and ',' || n.causes || ',' like '%,SUSPECTED_FRAUD,%'
                        """).param("employee", employeeId).query(Long.class).single() > 0;
    }

    /** Whether a retraining was begun and neither certified nor dropped, as the call check sees it; a renewal owes nothing yet. */
    private boolean isTrainingOpen(String employeeId, String exceptKey) {
        return jdbc.sql("""
                        select count(*) from enrolment e
                        where e.employee_id = :employee and e.business_key <> :except and e.renews is null
                          and not exists (select 1 from certificate f
                                          where f.employee_id = e.employee_id and f.enrolment_id >= e.id)
                          and not exists (select 1 from appeal p
                                          where p.number = e.business_key and p.outcome in ('LIFTED', 'WITHDRAWN'))
                        """)
                        .param("employee", employeeId)
                        .param("except", exceptKey)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<ReplacementCard> find(String appealNumber) {
        return find(appealNumber, List.of());
    }

    private Optional<ReplacementCard> find(String appealNumber, List<String> warnings) {
        return jdbc.sql("select * from replacement_card where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .query((row, n) -> {
                    OffsetDateTime activated = row.getObject("activated_at", OffsetDateTime.class);
                    return new ReplacementCard(
                            Carrier.valueOf(row.getString("carrier")),
                            row.getString("mobile_mask"),
                            row.getString("iccid_mask"),
                            row.getString("registered_by"),
                            row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                            activated == null ? null : activated.toInstant(),
                            warnings);
                })
                .optional();
    }

    private record Sealed(
            String employeeId, String oldAccountId, String carrier, String mobileSealed, String iccidSealed) {}

    /**
     * Gives the employee the new card and ends the use of the old one.
     *
     * @throws ConflictException when no card was registered, or it may not be given any more
     */
    @Transactional
    void activate(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        requireAllowed(appeal);
        if (isTrainingOpen(appeal.employeeId(), "")) {
            throw new ConflictException(texts.of("card.TRAINING_OPEN"));
        }
        Sealed card = jdbc.sql("""
                        select employee_id, old_account_id, carrier, mobile_sealed, iccid_sealed
                        from replacement_card where appeal_number = :appeal
                        """)
                .param("appeal", appealNumber)
                .query(Sealed.class)
                .optional()
                .orElseThrow(() -> new ConflictException(texts.of("card.missing")));
        accounts.close(card.oldAccountId());
        String account = accounts.open(
                card.employeeId(),
                Carrier.valueOf(card.carrier()),
                vault.open(card.mobileSealed()),
                vault.open(card.iccidSealed()));
        jdbc.sql("""
                        update replacement_card set new_account_id = :account, activated_at = :now
                        where appeal_number = :appeal
                        """)
                .param("account", account)
                .param("now", now())
                .param("appeal", appealNumber)
                .update();
        timeline.record(appealNumber, "system", "REPLACEMENT_CARD_ACTIVATED", null);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
