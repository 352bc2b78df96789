package org.jiefeng.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How many wrong passwords are looked at, so that guessing leads nowhere and nobody can lock somebody else out
 * ({@code docs/security.md} says what holds).
 *
 * <p>Each account has three counters in a window: for browsers that hold its signed cookie, for addresses from which it
 * signed in before, and for strangers. Whoever guesses from elsewhere uses up the strangers' counter and no other. A
 * stranger's address has two more: a small one at this account, which leaves something for other strangers, and one over
 * all accounts. Attempts at one counter come one after the other, so that a thousand at once are no way round it, and the
 * right password never waits for anybody but its own kind.
 */
@Component
class LoginLimits {

    private static final Logger LOG = LoggerFactory.getLogger(LoginLimits.class);

    /** Kept at most; names that are nobody's and addresses cost a stranger nothing to invent. */
    private static final int INVENTED_NAMES = 10_000;

    private static final int ADDRESSES = 100_000;
    private static final int ADDRESSES_OF_AN_ACCOUNT = 32;

    /** No account has a longer one: the engine's column ends there. */
    static final int LONGEST_NAME = 64;

    private final SecurityProperties.Login limits;
    private final Clock clock;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Account> inventedNames = new Latest<>(INVENTED_NAMES);
    private final Map<String, Counter> addresses = new Latest<>(ADDRESSES);

    LoginLimits(SecurityProperties properties, Clock clock) {
        this.limits = properties.login();
        this.clock = clock;
    }

    /**
     * Looks at a password, if there is an attempt left.
     *
     * @param exists whether there is such an account; nothing but the memory kept for it depends on that
     * @param client the details of the attempt
     * @param check whether the password is right
     * @throws TooManyAttemptsException when nothing was looked at
     */
    boolean attempt(String name, boolean exists, @Nullable Object client, BooleanSupplier check) {
        if (name.length() > LONGEST_NAME) {
            return false;
        }
        Account account = exists ? accounts.computeIfAbsent(name, Account::new) : inventedName(name);
        String address = LoginClient.address(client);
        Duration wait = Duration.ZERO;
        if (client instanceof LoginClient browser && browser.isKnownDevice()) {
            Answer answer = account.devices.attempt(List.of(), check);
            if (answer.patience == null) {
                return account.done(answer.right, address);
            }
            wait = answer.patience;
        }
        if (account.knows(address)) {
            Answer answer = account.knownAddresses.attempt(List.of(), check);
            if (answer.patience == null) {
                return account.done(answer.right, address);
            }
            wait = answer.patience;
        }
        Answer answer = account.strangers.attempt(List.of(account.strangerAt(address), anyAccountAt(address)), check);
        if (answer.patience == null) {
            return account.done(answer.right, address);
        }
        throw new TooManyAttemptsException(wait.compareTo(answer.patience) > 0 ? wait : answer.patience);
    }

    /** An administrator says that the account's owner was at work, or that the attack is over. */
    void forgive(String name) {
        Account account = accounts.get(name);
        if (account != null) {
            account.forgive();
            LOG.info("Wrong passwords of {} are forgiven", name);
        }
    }

    private Account inventedName(String name) {
        synchronized (inventedNames) {
            return inventedNames.computeIfAbsent(name, Account::new);
        }
    }

    private Counter anyAccountAt(String address) {
        synchronized (addresses) {
            return addresses.computeIfAbsent(address, any -> new Counter(limits.perAddress()));
        }
    }

    /** What came of an attempt: looked at, or to come again after a while. */
    private record Answer(boolean right, @Nullable Duration patience) {}

    private final class Account {

        private final String name;
        private final Counter devices = new Counter(limits.knownDevice());
        private final Counter knownAddresses = new Counter(limits.knownAddress());
        private final Counter strangers = new Counter(limits.strangers());
        private final Map<String, Instant> known = new Latest<>(ADDRESSES_OF_AN_ACCOUNT);
        private final Map<String, Counter> strangersAt = new Latest<>(ADDRESSES_OF_AN_ACCOUNT);

        Account(String name) {
            this.name = name;
        }

        boolean knows(String address) {
            synchronized (known) {
                Instant last = known.get(address);
                return last != null && last.plus(limits.remembered()).isAfter(clock.instant());
            }
        }

        Counter strangerAt(String address) {
            synchronized (strangersAt) {
                return strangersAt.computeIfAbsent(address, any -> new Counter(limits.strangersPerAddress()));
            }
        }

        boolean done(boolean right, String address) {
            if (right) {
                synchronized (known) {
                    known.put(address, clock.instant());
                }
            } else if (strangers.isUsedUp() && accounts.get(name) == this) {
                // Not a name that somebody made up: it might be a password typed into the wrong field.
                LOG.warn("Too many wrong passwords for {}; strangers are turned away for a while", name);
            }
            return right;
        }

        void forgive() {
            devices.reset();
            knownAddresses.reset();
            strangers.reset();
            synchronized (strangersAt) {
                strangersAt.clear();
            }
        }
    }

    /** Wrong passwords since the first of them; all are forgotten together when the window is over. */
    private final class Counter {

        private final int most;
        private int wrong;
        private Instant since = Instant.MIN;

        Counter(int most) {
            this.most = most;
        }

        /** One at a time; what is wrong also counts for {@code others}, and their being used up counts as ours. */
        synchronized Answer attempt(List<Counter> others, BooleanSupplier check) {
            Duration wait = patience();
            for (Counter other : others) {
                Duration longer = other.patience();
                wait = longer.compareTo(wait) > 0 ? longer : wait;
            }
            if (!wait.isZero()) {
                return new Answer(false, wait);
            }
            boolean right = check.getAsBoolean();
            if (!right) {
                count();
                others.forEach(Counter::count);
            }
            return new Answer(right, null);
        }

        private synchronized void count() {
            if (wrong == 0) {
                since = clock.instant();
            }
            wrong++;
        }

        /** Zero while there is an attempt left. */
        private synchronized Duration patience() {
            if (wrong > 0 && !since.plus(limits.window()).isAfter(clock.instant())) {
                wrong = 0;
            }
            return wrong < most ? Duration.ZERO : Duration.between(clock.instant(), since.plus(limits.window()));
        }

        synchronized boolean isUsedUp() {
            return wrong >= most;
        }

        synchronized void reset() {
            wrong = 0;
        }
    }

    /** A map that forgets what was asked for longest ago. */
    private static final class Latest<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;
        private static final float LOAD = 0.75f;

        private final int most;

        Latest(int most) {
            super(16, LOAD, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
