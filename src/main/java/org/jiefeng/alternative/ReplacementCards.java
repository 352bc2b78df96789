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
        // Also one on probation with another card: who is being watched gets no unwatched card.
        boolean another = appeals.ofEmployee(appeal.employeeId()).stream()
                .anyMatch(other -> other.isOpen() && !other.number().equals(appeal.number()));
        if (another) {
            throw new ConflictException(texts.of("card.otherAppeal"));
        }
        if (find(appeal.number()).map(ReplacementCard::activatedAt).isPresent()) {
            throw new ConflictException(texts.of("card.activated"));
        }
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
        requireAllowed(appeals.get(appealNumber));
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
