package org.jiefeng.calling;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Answers whether a call may go out now; what it cannot find out in time is a no. */
@Service
class CallCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CallCheck.class);

    private final CallFactsReader reader;
    private final CallRules rules;
    private final CallCheckProperties properties;
    private final CallingTexts texts;
    private final Vault vault;
    private final Clock clock;
    private final ThreadPoolExecutor workers;

    CallCheck(
            CallFactsReader reader,
            CallRules rules,
            CallCheckProperties properties,
            CallingTexts texts,
            Vault vault,
            Clock clock) {
        this.reader = reader;
        this.rules = rules;
        this.properties = properties;
        this.texts = texts;
        this.vault = vault;
        this.clock = clock;
        // A database that does not answer holds the threads it has, and no more: who finds no place is told no at once.
        // As
        // many may wait as are under way, because a thread that has answered is not free the same moment.
        workers = new ThreadPoolExecutor(
                properties.threads(),
                properties.threads(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(properties.threads()),
                work -> {
                    Thread thread = new Thread(work, "call-check");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void close() {
        workers.shutdown();
    }

    /** @throws InvalidInputException when caller or callee is no telephone number */
    CallAnswer check(CallRequest request) {
        Optional<CalleeNumber> callee = CalleeNumber.of(request.callee(), vault);
        String caller = request.caller() == null ? "" : MobileNumber.normalise(request.caller());
        List<FieldProblem> problems = new ArrayList<>();
        if (MobileNumber.problem(caller) != null) {
            problems.add(new FieldProblem("caller", texts.of("check.number")));
        }
        if (callee.isEmpty()) {
            problems.add(new FieldProblem("callee", texts.of("check.number")));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        String callerIndex = vault.index(caller);
        String calleeIndex = callee.orElseThrow().index();
        Instant now = clock.instant();
        try {
            Future<CallAnswer> answer = workers.submit(() -> answer(request, callerIndex, calleeIndex, now));
            try {
                return answer.get(properties.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Never interrupted: an embedded H2 whose reading thread is interrupted is broken for everybody.
                answer.cancel(false);
                return unavailable("no answer in " + properties.patience(), now);
            }
        } catch (RejectedExecutionException e) {
            return unavailable("too many checks under way", now);
        } catch (ExecutionException e) {
            return unavailable(
                    e.getCause() == null ? "unknown" : e.getCause().getClass().getSimpleName(), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted", now);
        }
    }

    private CallAnswer answer(CallRequest request, String callerIndex, String calleeIndex, Instant now) {
        CallFacts facts = reader.read(callerIndex, calleeIndex, now).orElse(null);
        if (facts == null) {
            return no(CallRule.UNKNOWN_NUMBER, CallRules.NEVER);
        }
        CallLimits limits = rules.limits(facts);
        Map<CallRule, Instant> against = rules.against(request, facts, limits, now);
        if (against.isEmpty()) {
            return new CallAnswer(true, null, null, null);
        }
        against.computeIfPresent(
                CallRule.HOURLY_CAP,
                (rule, latest) -> latest.equals(CallRules.NEVER)
                        ? latest
                        : reader.latestButFor(facts.employeeId(), limits.hourly(), now)
                                .map(call -> call.plus(1, ChronoUnit.HOURS))
                                .orElse(latest));
        Instant end = against.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        return no(
                against.keySet().iterator().next(),
                end.equals(CallRules.NEVER) ? end : rules.open(limits, end).orElse(CallRules.NEVER));
    }

    private CallAnswer unavailable(String why, Instant now) {
        LOG.warn("Calls are denied: {}", why);
        return no(CallRule.CHECK_UNAVAILABLE, now.plusSeconds(1));
    }

    private CallAnswer no(CallRule rule, Instant retryAt) {
        return new CallAnswer(false, rule, texts.reason(rule), retryAt.equals(CallRules.NEVER) ? null : retryAt);
    }
}
