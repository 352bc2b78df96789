package org.jiefeng.account;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jiefeng.account.Account.Status;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The card accounts: whose they are, how the carrier restricts them, and whether calls may go out. */
@Service
public class Accounts {

    private static final String SELECT = """
            select a.id, a.employee_id, a.card_id, c.carrier, c.mobile_mask, a.status, a.restriction_type, a.calling_open
            from account a join card c on c.id = a.card_id
            """;

    private static final RowMapper<Account> ACCOUNT = (row, n) -> new Account(
            row.getString("id"),
            row.getString("employee_id"),
            row.getString("card_id"),
            Carrier.valueOf(row.getString("carrier")),
            row.getString("mobile_mask"),
            Status.valueOf(row.getString("status")),
            row.getString("restriction_type"),
            row.getBoolean("calling_open"));

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    Accounts(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /** @throws NotFoundException when there is no such account */
    public Account get(String id) {
        return find(id).orElseThrow(() -> new NotFoundException("No account " + id));
    }

    public Optional<Account> find(String id) {
        return jdbc.sql(SELECT + "where a.id = :id")
                .param("id", id)
                .query(ACCOUNT)
                .optional();
    }

    /**
     * The account in use on a number.
     *
     * @param mobile normalised number
     */
    public Optional<Account> findByMobile(Carrier carrier, String mobile) {
        return jdbc.sql(SELECT + "where c.mobile_index = :index and c.carrier = :carrier and a.closed_at is null")
                .param("index", vault.index(mobile))
                .param("carrier", carrier.name())
                .query(ACCOUNT)
                .optional();
    }

    /** The full number of an account, for those steps that cannot do without it; never for a form or a log. */
    public String mobileOf(String accountId) {
        return jdbc.sql("select c.mobile_sealed from account a join card c on c.id = a.card_id where a.id = :id")
                .param("id", accountId)
                .query(String.class)
                .optional()
                .map(vault::open)
                .orElseThrow(() -> new NotFoundException("No account " + accountId));
    }

    /**
     * Whose account it is, in full, for whoever must say so to the carrier; to be noted in the disclosure log.
     *
     * @throws NotFoundException when there is no such account
     */
    public Identity identityOf(String accountId) {
        return jdbc.sql("""
                        select e.name, e.id_number_sealed, c.mobile_sealed, c.iccid_sealed
                        from account a join card c on c.id = a.card_id join employee e on e.user_id = a.employee_id
                        where a.id = :id
                        """)
                .param("id", accountId)
                .query((row, n) -> new Identity(
                        row.getString("name"),
                        vault.open(row.getString("id_number_sealed")),
                        vault.open(row.getString("mobile_sealed")),
                        vault.open(row.getString("iccid_sealed"))))
                .optional()
                .orElseThrow(() -> new NotFoundException("No account " + accountId));
    }

    /**
     * Whether we know a number already, whoever used it and whenever.
     *
     * @param mobile normalised number
     */
    public boolean isOnFile(String mobile) {
        return jdbc.sql("select count(*) from card where mobile_index = :index")
                        .param("index", vault.index(mobile))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether this SIM card number is the one on file for the account. */
    public boolean hasIccid(String accountId, String iccid) {
        return jdbc.sql("select c.iccid_sealed from account a join card c on c.id = a.card_id where a.id = :id")
                .param("id", accountId)
                .query(String.class)
                .optional()
                .map(vault::open)
                .filter(iccid::equals)
                .isPresent();
    }

    /** The accounts an employee uses at present. */
    public List<Account> ofEmployee(String employeeId) {
        return jdbc.sql(SELECT + "where a.employee_id = :employee and a.closed_at is null order by a.id")
                .param("employee", employeeId)
                .query(ACCOUNT)
                .list();
    }

    /**
     * Every use that was ever made of these numbers, by the number's index; a number we do not know is not in it.
     *
     * @param mobileIndexes keyed hashes of normalised numbers
     */
    public Map<String, List<AccountUse>> usesOf(Collection<String> mobileIndexes) {
        Map<String, List<AccountUse>> uses = new HashMap<>();
        if (mobileIndexes.isEmpty()) {
            return uses;
        }
        jdbc.sql("""
                        select c.mobile_index, a.id, a.employee_id, a.opened_at, a.closed_at
                        from card c join account a on a.card_id = c.id
                        where c.mobile_index in (:indexes)
                        order by a.opened_at
                        """)
                .param("indexes", Set.copyOf(mobileIndexes))
                .query((row, n) -> {
                    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
                    return uses.computeIfAbsent(row.getString("mobile_index"), k -> new ArrayList<>())
                            .add(new AccountUse(
                                    row.getString("id"),
                                    row.getString("employee_id"),
                                    row.getObject("opened_at", OffsetDateTime.class)
                                            .toInstant(),
                                    closed == null ? null : closed.toInstant()));
                })
                .list();
        return uses;
    }

    /** Stops outgoing calls at once and notes how the account is restricted (R12; domain.md §6.6). */
    @Transactional
    public void pauseCalling(String accountId, Status status, @Nullable String restrictionType) {
        update(accountId, status, restrictionType, false);
    }

    /** Lets calls go out again; the restriction is over. */
    @Transactional
    public void openCalling(String accountId, Status status) {
        update(accountId, status, null, true);
    }

    private void update(String accountId, Status status, @Nullable String restrictionType, boolean callingOpen) {
        int changed = jdbc.sql("""
                        update account set status = :status, restriction_type = :restriction, calling_open = :open
                        where id = :id and closed_at is null
                        """)
                .param("status", status.name())
                .param("restriction", restrictionType)
                .param("open", callingOpen)
                .param("id", accountId)
                .update();
        if (changed == 0) {
            throw new NotFoundException("No account " + accountId + " in use");
        }
    }

    /**
     * Gives an employee the use of a card.
     *
     * @param mobile valid, normalised number
     * @param iccid valid, normalised card number
     * @return the new account, active and open for calls
     * @throws ConflictException when somebody uses this number already (anti-fraud law art. 31: one card, one user)
     */
    @Transactional
    public String open(String employeeId, Carrier carrier, String mobile, String iccid) {
        String cardId = "CD-" + UUID.randomUUID();
        String accountId = "AC-" + UUID.randomUUID();
        try {
            jdbc.sql("""
                            insert into card (id, carrier, mobile_sealed, mobile_mask, mobile_index, iccid_sealed, iccid_mask)
                            values (:id, :carrier, :mobile, :mobileMask, :index, :iccid, :iccidMask)
                            """)
                    .param("id", cardId)
                    .param("carrier", carrier.name())
                    .param("mobile", vault.seal(mobile))
                    .param("mobileMask", MobileNumber.mask(mobile))
                    .param("index", vault.index(mobile))
                    .param("iccid", vault.seal(iccid))
                    .param("iccidMask", Iccid.mask(iccid))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("This number is on file already");
        }
        jdbc.sql("""
                        insert into account (id, employee_id, card_id, opened_at, open_card_id, status, calling_open)
                        values (:id, :employee, :card, :now, :card, :status, true)
                        """)
                .param("id", accountId)
                .param("employee", employeeId)
                .param("card", cardId)
                .param("now", now())
                .param("status", Status.ACTIVE.name())
                .update();
        return accountId;
    }

    /** Ends an employee's use of a card for good. */
    @Transactional
    public void close(String accountId) {
        jdbc.sql("""
                        update account
                        set closed_at = :now, open_card_id = null, status = 'CLOSED', calling_open = false
                        where id = :id and closed_at is null
                        """).param("now", now()).param("id", accountId).update();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
