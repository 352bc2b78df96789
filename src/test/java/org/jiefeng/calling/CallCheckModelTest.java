package org.jiefeng.calling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jiefeng.account.Account.Status;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random lives of sellers: decisions, lifts, expiries, steps up and, after complaints, down, barred numbers and prefixes,
 * calls, certificates, opt-outs and the clock. After each event the
 * check is asked and compared with a model that knows nothing of tables: it keeps the events and reads them from the
 * beginning each time.
 */
class CallCheckModelTest {

    private static final int LIVES = 10_000;
    private static final int EVENTS = 7;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** Monday 2026-03-02, or a day of that week; no holiday is near, so weekends are the only days off. */
    private static final Instant START = Instant.parse("2026-03-02T01:30:00Z");

    private static final List<String> CONDITIONS = List.of(
            "DAILY_CAP=2",
            "DAILY_CAP=4",
            "DAILY_CAP=0",
            "HOURLY_CAP=1",
            "HOURLY_CAP=3",
            "SAME_CALLEE=1/day",
            "SAME_CALLEE=2/day",
            "SAME_CALLEE_GAP=90",
            "CALL_GAP=15",
            "HOURS=09:30-18:00",
            "HOURS=10:00-12:00",
            "HOURS=13:00-24:00",
            "WORKING_DAYS_ONLY=",
            "CONSENTED_ONLY=",
            "BAR_DO_NOT_CALL=",
            "BAR_COMPLAINANTS=",
            "BARRED_NUMBER=",
            "BARRED_PREFIX=",
            "BARRED_PREFIX=",
            "FILED_SCRIPT=",
            "NO_CROSS_REGION=");

    @Test
    void neverYesWhileAnyRuleForbids() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int asked = 0;
        Map<CallRule, Integer> seen = new EnumMap<>(CallRule.class);
        int allowed = 0;
        try (Dialler dialler = Dialler.onH2()) {
            for (int life = 0; life < LIVES; life++) {
                Life one = new Life(dialler, random, life);
                for (int event = 0; event < EVENTS; event++) {
                    one.event();
                    CallRequest request = one.request();
                    Set<CallRule> forbidding = one.forbidding(request);
                    CallAnswer answer = dialler.check(request);
                    String story = "seed %d, life %d: %s%n%s".formatted(seed, life, one.story, request);
                    assertThat(answer.allowed()).as(story).isEqualTo(forbidding.isEmpty());
                    if (answer.allowed()) {
                        allowed++;
                    } else {
                        assertThat(answer.rule()).as(story).isIn(forbidding);
                        forbidding.forEach(rule -> seen.merge(rule, 1, Integer::sum));
                    }
                    asked++;
                }
            }
        }
        assertThat(asked).isEqualTo(LIVES * EVENTS);
        // Lives that forbid everything, or nothing, would show nothing.
        assertThat(allowed).isGreaterThan(LIVES / 2);
        assertThat(seen)
                .containsOnlyKeys(EnumSet.complementOf(
                        EnumSet.of(CallRule.CHECK_UNAVAILABLE, CallRule.UNKNOWN_NUMBER, CallRule.UNKNOWN_CONDITION)))
                .allSatisfy((rule, times) -> assertThat(times).as("%s", rule).isGreaterThan(100));
    }

    /** One seller with two cards and three people to call. */
    private static final class Life {

        private static final long NO_STEP = Long.MAX_VALUE;

        private record Bound(
                String kind,
                String value,
                Instant from,
                @Nullable Instant to) {}

        private record Made(String callee, Instant at) {}

        private record Agreed(
                String callee, Instant from, @Nullable Instant to) {}

        private record Ordered(long enrolment, Instant at, boolean lifted) {}

        private record Certified(long enrolment, LocalDate to) {}

        final List<String> story = new ArrayList<>();
        private final Dialler dialler;
        private final Random random;
        private final String employee;
        private final List<String> cards;
        private final List<String> callees = new ArrayList<>();
        private final Map<String, Boolean> open = new HashMap<>();
        private final Map<String, Boolean> suspended = new HashMap<>();
        private List<Bound> bound = new ArrayList<>();
        private long step = NO_STEP;
        private final List<Made> made = new ArrayList<>();
        private final List<Agreed> agreed = new ArrayList<>();
        private final Map<String, Instant> refused = new HashMap<>();
        private final Map<String, Instant> complained = new HashMap<>();
        private final List<Ordered> ordered = new ArrayList<>();
        private final List<Certified> certified = new ArrayList<>();
        private Instant now;

        Life(Dialler dialler, Random random, int life) {
            this.dialler = dialler;
            this.random = random;
            now = START.plus(hours(24 * random.nextInt(7)));
            dialler.room.now(now);
            employee = dialler.employee();
            cards = List.of(
                    dialler.card(employee, START.minus(hours(1))), dialler.card(employee, START.minus(hours(1))));
            for (int callee = 0; callee < 3; callee++) {
                String number = "139%07d%d".formatted(life, callee);
                callees.add(number);
                if (random.nextInt(8) > 0) {
                    Instant to = random.nextInt(8) == 0 ? now.plus(hours(60)) : null;
                    dialler.consent(number, now, to);
                    agreed.add(new Agreed(number, now, to));
                }
            }
            now = now.plusSeconds(random.nextInt(4 * 3600));
            dialler.room.now(now);
        }

        void event() {
            String card = any(cards);
            String callee = any(callees);
            switch (random.nextInt(24)) {
                case 0 -> {
                    suspended.put(card, true);
                    dialler.account(card, Status.SUSPENDED, false);
                    story.add("suspended " + card);
                }
                case 1 -> {
                    open.put(card, false);
                    suspended.put(card, false);
                    dialler.account(card, Status.ACTIVE, false);
                    story.add("stopped " + card);
                }
                case 2, 3, 4 -> {
                    open.put(card, true);
                    suspended.put(card, false);
                    dialler.account(card, random.nextBoolean() ? Status.ACTIVE : Status.PROBATION, true);
                    story.add("opened " + card);
                }
                case 5, 6, 7 -> {
                    String[] condition = any(CONDITIONS).split("=", 2);
                    if (condition[0].equals("BARRED_NUMBER")) {
                        condition[1] = callee;
                    } else if (condition[0].equals("BARRED_PREFIX")) {
                        condition[1] = random.nextInt(4) == 0 ? "188" : callee;
                    }
                    Instant from = random.nextInt(4) == 0 ? now.plus(hours(30)) : now;
                    Instant to = random.nextBoolean() ? from.plus(hours(72)) : null;
                    bound.add(new Bound(condition[0], condition[1], from, to));
                    dialler.bind(
                            employee,
                            condition[0],
                            condition[0].equals("BARRED_NUMBER") ? dialler.index(condition[1]) : condition[1],
                            from,
                            to);
                    story.add("bound " + bound.get(bound.size() - 1));
                }
                case 8 -> {
                    bound = new ArrayList<>(bound.stream()
                            .map(one -> one.to == null || one.to.isAfter(now)
                                    ? new Bound(one.kind, one.value, one.from, now)
                                    : one)
                            .toList());
                    step = NO_STEP;
                    dialler.release(employee, now);
                    story.add("released at " + now);
                }
                case 9 -> {
                    long enrolment = dialler.enrol(employee, "RK-2026-000001", now);
                    ordered.add(new Ordered(enrolment, now, false));
                    story.add("retraining ordered");
                }
                case 10 -> liftedCase();
                case 11, 12 -> {
                    if (!ordered.isEmpty()) {
                        long enrolment = any(ordered).enrolment;
                        if (certified.stream().noneMatch(one -> one.enrolment == enrolment)) {
                            LocalDate to = today().plusDays(random.nextInt(5) - 1L);
                            dialler.certify(employee, enrolment, now, to);
                            certified.add(new Certified(enrolment, to));
                            story.add("certified " + enrolment + " to " + to);
                        }
                    }
                }
                case 13 -> {
                    refused.putIfAbsent(callee, now);
                    dialler.optOut(callee, now);
                    story.add("refused " + callee);
                }
                case 14 -> {
                    complained.putIfAbsent(callee, now);
                    dialler.complain(callee, "seller-of-another", now);
                    story.add("complained " + callee);
                }
                case 22 -> {
                    step = step == NO_STEP ? 2 : step + 2;
                    dialler.step(employee, step, now);
                    story.add("may call " + step + " times a day");
                }
                case 23 -> {
                    // Who complains about this seller lowers the step, and is not called either.
                    complained.putIfAbsent(callee, now);
                    dialler.complain(callee, employee, now);
                    if (step != NO_STEP) {
                        step = step / 2;
                        dialler.step(employee, step, now);
                    }
                    story.add("complained of this seller: " + callee + ", may call " + step + " times a day");
                }
                case 15, 16, 17 -> {
                    Instant at = now.minusSeconds(random.nextInt(60));
                    dialler.called(card, callee, at);
                    made.add(new Made(callee, at));
                    story.add("called " + callee + " at " + at);
                }
                default -> {
                    now = now.plusSeconds(60L * (1 + random.nextInt(random.nextBoolean() ? 100 : 2000)));
                    dialler.room.now(now);
                    story.add("it is " + now.atZone(SHANGHAI));
                }
            }
        }

        /** A case in which retraining was ordered, and which the carrier then took back. */
        private void liftedCase() {
            String appeal = dialler.room.openAppeal("employee-" + employee);
            long enrolment = dialler.enrol(employee, appeal, now);
            dialler.room.get(AppealService.class).close(appeal, Outcome.LIFTED);
            ordered.add(new Ordered(enrolment, now, true));
            story.add("retraining ordered and lifted");
        }

        CallRequest request() {
            return new CallRequest(
                    any(cards),
                    any(callees),
                    random.nextInt(20) == 0 ? "somebody" : random.nextBoolean() ? employee : null,
                    random.nextInt(4) == 0 ? "UNFILED" : "FILED",
                    random.nextInt(4) > 0);
        }

        /** The rules in words of their own. */
        Set<CallRule> forbidding(CallRequest request) {
            Set<CallRule> forbidding = new TreeSet<>();
            String card = String.valueOf(request.caller());
            String callee = String.valueOf(request.callee());
            if ("somebody".equals(request.employee())) {
                forbidding.add(CallRule.CARD_OF_ANOTHER);
            }
            if (suspended.getOrDefault(card, false)) {
                forbidding.add(CallRule.ACCOUNT_SUSPENDED);
            } else if (!open.getOrDefault(card, true)) {
                forbidding.add(CallRule.CALLING_STOPPED);
            }
            training(forbidding);
            if (refused.containsKey(callee)) {
                forbidding.add(CallRule.DO_NOT_CALL);
            }
            if (complained.containsKey(callee)) {
                forbidding.add(CallRule.COMPLAINANT);
            }
            if (agreed.stream()
                    .noneMatch(one -> one.callee.equals(callee) && (one.to == null || now.isBefore(one.to)))) {
                forbidding.add(CallRule.NO_CONSENT);
            }
            ZonedDateTime local = now.atZone(SHANGHAI);
            outOfHours("09:00-21:00", local, forbidding);
            tooOften(callee, 3, forbidding);
            tooSoon(callee, 30, forbidding);
            if (made.stream().filter(call -> isToday(call.at)).count() >= step) {
                forbidding.add(CallRule.DAILY_CAP);
            }
            for (Bound one : bound) {
                if (!now.isBefore(one.from) && (one.to == null || now.isBefore(one.to))) {
                    condition(one, request, callee, local, forbidding);
                }
            }
            return forbidding;
        }

        private void training(Set<CallRule> forbidding) {
            boolean due = false;
            for (Ordered order : ordered) {
                boolean done = order.lifted;
                for (Certified certificate : certified) {
                    done |= certificate.enrolment >= order.enrolment;
                }
                due |= !done;
            }
            if (due) {
                forbidding.add(CallRule.NO_CERTIFICATE);
            } else if (!certified.isEmpty() && certified.stream().allMatch(one -> one.to.isBefore(today()))) {
                forbidding.add(CallRule.CERTIFICATE_EXPIRED);
            }
        }

        private void condition(
                Bound one, CallRequest request, String callee, ZonedDateTime local, Set<CallRule> forbidding) {
            switch (one.kind) {
                case "DAILY_CAP" -> {
                    if (made.stream().filter(call -> isToday(call.at)).count() >= Integer.parseInt(one.value)) {
                        forbidding.add(CallRule.DAILY_CAP);
                    }
                }
                case "HOURLY_CAP" -> {
                    if (made.stream()
                                    .filter(call ->
                                            Duration.between(call.at, now).compareTo(hours(1)) < 0)
                                    .count()
                            >= Integer.parseInt(one.value)) {
                        forbidding.add(CallRule.HOURLY_CAP);
                    }
                }
                case "SAME_CALLEE" -> tooOften(callee, one.value.charAt(0) - '0', forbidding);
                case "SAME_CALLEE_GAP" -> tooSoon(callee, Integer.parseInt(one.value), forbidding);
                case "CALL_GAP" -> {
                    if (made.stream()
                            .anyMatch(call ->
                                    Duration.between(call.at, now).toSeconds() < 60L * Integer.parseInt(one.value))) {
                        forbidding.add(CallRule.CALL_GAP);
                    }
                }
                case "HOURS" -> outOfHours(one.value, local, forbidding);
                case "WORKING_DAYS_ONLY" -> {
                    if (Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(local.getDayOfWeek())) {
                        forbidding.add(CallRule.NON_WORKING_DAY);
                    }
                }
                case "BARRED_NUMBER" -> {
                    if (callee.equals(one.value)) {
                        forbidding.add(CallRule.BARRED_NUMBER);
                    }
                }
                case "BARRED_PREFIX" -> {
                    if (callee.indexOf(one.value) == 0) {
                        forbidding.add(CallRule.BARRED_PREFIX);
                    }
                }
                case "FILED_SCRIPT" -> {
                    if (!"FILED".equals(request.script())) {
                        forbidding.add(CallRule.UNFILED_SCRIPT);
                    }
                }
                case "NO_CROSS_REGION" -> {
                    if (!Boolean.TRUE.equals(request.sameRegion())) {
                        forbidding.add(CallRule.CROSS_REGION);
                    }
                }
                default -> assertThat(one.kind).isIn("CONSENTED_ONLY", "BAR_DO_NOT_CALL", "BAR_COMPLAINANTS");
            }
        }

        private static void outOfHours(String hours, ZonedDateTime local, Set<CallRule> forbidding) {
            int minute = local.getHour() * 60 + local.getMinute();
            LocalTime from = LocalTime.parse(hours.substring(0, 5));
            int to = Integer.parseInt(hours.substring(6, 8)) * 60 + Integer.parseInt(hours.substring(9));
            if (minute < from.getHour() * 60 + from.getMinute() || minute >= to) {
                forbidding.add(CallRule.OUT_OF_HOURS);
            }
        }

        private void tooOften(String callee, int times, Set<CallRule> forbidding) {
            if (made.stream()
                            .filter(call -> call.callee.equals(callee) && isToday(call.at))
                            .count()
                    >= times) {
                forbidding.add(CallRule.SAME_CALLEE);
            }
        }

        private void tooSoon(String callee, int minutes, Set<CallRule> forbidding) {
            if (made.stream()
                    .anyMatch(call -> call.callee.equals(callee)
                            && Duration.between(call.at, now).toSeconds() < 60L * minutes)) {
                forbidding.add(CallRule.SAME_CALLEE_GAP);
            }
        }

        private boolean isToday(Instant at) {
            return LocalDate.ofInstant(at, SHANGHAI).equals(today());
        }

        private LocalDate today() {
            return LocalDate.ofInstant(now, SHANGHAI);
        }

        private static Duration hours(int hours) {
            return Duration.ofHours(hours);
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
