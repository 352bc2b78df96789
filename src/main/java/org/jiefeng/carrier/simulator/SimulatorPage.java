package org.jiefeng.carrier.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jiefeng.account.Carrier;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.carrier.CarrierEvent;
import org.jiefeng.carrier.CarrierJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where somebody plays the carrier in the demo: suspends accounts, and answers appeals. */
@Controller
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatorPage {

    private static final String PAGE = "redirect:/simulator";

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(WorkingCalendar.ZONE);

    /** The numbers of the demo, as the carriers have them in their own books. */
    private static final List<Number> NUMBERS = List.of(
            new Number(Carrier.CHINA_MOBILE, "13800000001", "89860012345678901230"),
            new Number(Carrier.CHINA_TELECOM, "13300000002", "89860312345678900029"),
            new Number(Carrier.CHINA_UNICOM, "13000000003", "89860112345678900031"),
            new Number(Carrier.MVNO, "17000000004", "89860012345678900041"),
            new Number(Carrier.CHINA_BROADNET, "19200000005", "89861512345678900052"),
            new Number(Carrier.CHINA_MOBILE, "13900000006", "89860012345678900067"),
            new Number(Carrier.CHINA_TELECOM, "18900000007", "89860312345678900078"),
            new Number(Carrier.CHINA_UNICOM, "18600000008", "89860112345678900080"),
            new Number(Carrier.MVNO, "17100000009", "89860012345678900090"),
            new Number(Carrier.CHINA_MOBILE, "15000000010", "89860012345678900108"));

    private static final List<String> CAUSES = List.of(
            "COMPLAINT",
            "HIGH_FREQUENCY",
            "OUT_OF_HOURS",
            "NO_CONSENT",
            "FALSE_ADVERTISING",
            "EXPIRED_DOCUMENTS",
            "REALNAME_MISMATCH",
            "SUSPECTED_FRAUD",
            "ARREARS",
            "CARRIER_POLICY");

    private static final List<String> RESTRICTIONS =
            List.of("OUTBOUND_BARRED", "SERVICE_STOPPED", "SHUT_DOWN", "FROZEN", "LOCKED");

    private static final List<String> REASONS = List.of(
            "EVIDENCE_INSUFFICIENT",
            "VIOLATION_CONFIRMED",
            "REPEATED_VIOLATION",
            "IDENTITY_NOT_VERIFIED",
            "CONSENT_NOT_PROVEN",
            "DOCUMENTS_INVALID",
            "RECORDINGS_EDITED",
            "FRAUD_SUSPECTED",
            "OTHER");

    private final SimulatorBooks books;
    private final SimulatedDesk desk;
    private final SimulatorMail mail;
    private final SimulatorFaults faults;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    SimulatorPage(
            SimulatorBooks books,
            SimulatedDesk desk,
            SimulatorMail mail,
            SimulatorFaults faults,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock) {
        this.books = books;
        this.desk = desk;
        this.mail = mail;
        this.faults = faults;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    /** A card of the demo. */
    public record Number(Carrier carrier, String mobile, String iccid) {}

    /** An appeal as the page shows it. */
    public record CaseView(
            String key,
            String carrier,
            String caseId,
            @Nullable String incident,
            @Nullable String accountMask,
            List<String> causes,
            int files,
            String handedOver,
            long supplements,
            String receivedAt,
            String state,
            @Nullable String decision,
            boolean open) {}

    /** An answer as the page shows it. */
    public record ToldView(String key, String kind, String at, int attempts, boolean delivered, String lastResult) {}

    @GetMapping("/simulator")
    String show(Model model) {
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("cases", books.all().stream().map(this::view).toList());
        model.addAttribute(
                "told",
                books.told().stream()
                        .map(told -> new ToldView(
                                told.key(),
                                told.kind(),
                                SHOWN.format(told.createdAt()),
                                told.attempts(),
                                told.delivered(),
                                told.lastResult() == null ? "" : told.lastResult()))
                        .toList());
        model.addAttribute("setting", books.setting());
        model.addAttribute("numbers", NUMBERS);
        model.addAttribute("causes", CAUSES);
        model.addAttribute("restrictions", RESTRICTIONS);
        model.addAttribute("reasons", REASONS);
        model.addAttribute("faults", SimulatorFault.values());
        model.addAttribute("faultsWaiting", faults.waiting());
        model.addAttribute("faultsHappened", faults.happened());
        model.addAttribute("decisions", CarrierEvent.Decision.values());
        return "simulator";
    }

    private CaseView view(SimulatedCase received) {
        SimulatedCase.Appeal appeal = received.appeal();
        SimulatedCase.Dossier dossier = appeal.dossier();
        return new CaseView(
                received.key(),
                text("carrier." + received.carrier()),
                received.caseId(),
                appeal.incident(),
                appeal.accountMask(),
                appeal.causes() == null
                        ? List.of()
                        : appeal.causes().stream()
                                .map(cause -> text("cause." + cause))
                                .toList(),
                dossier == null || dossier.files() == null ? 0 : dossier.files().size(),
                books.files(received.key()).stream()
                        .map(files -> text(
                                "simulator.filesChecked",
                                String.valueOf(files.files()),
                                String.valueOf((files.bytes() + 1023) / 1024)))
                        .collect(Collectors.joining("; ")),
                books.supplements(received.key()),
                SHOWN.format(received.receivedAt()),
                received.state().name(),
                received.decision(),
                received.isOpen());
    }

    @PostMapping("/simulator/reinstatement")
    String reinstate(@RequestParam String key, RedirectAttributes flash) {
        return answered(desk.reinstate(key), flash);
    }

    @PostMapping("/simulator/conditions")
    String reinstateUnder(
            @RequestParam String key,
            @RequestParam(required = false) @Nullable Integer dailyCap,
            @RequestParam(required = false) @Nullable Integer hourlyCap,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(required = false) @Nullable Integer probationDays,
            @RequestParam(defaultValue = "") String barredPrefixes,
            @RequestParam(defaultValue = "") String barredNumbers,
            @RequestParam String text,
            RedirectAttributes flash) {
        String hours = from.isBlank() || to.isBlank() ? null : from + "-" + to;
        CarrierEvent.Terms terms = new CarrierEvent.Terms(
                dailyCap,
                hourlyCap,
                hours,
                probationDays,
                listed(barredPrefixes),
                listed(barredNumbers),
                text.isBlank() ? null : text.strip());
        return answered(desk.reinstateUnder(key, terms), flash);
    }

    private static @Nullable List<String> listed(String text) {
        return text.isBlank() ? null : List.of(text.strip().split("[\\s,;，；]+"));
    }

    @PostMapping("/simulator/rejection")
    String reject(
            @RequestParam String key, @RequestParam String code, @RequestParam String text, RedirectAttributes flash) {
        return answered(desk.reject(key, new CarrierEvent.Reason(code, text.isBlank() ? null : text.strip())), flash);
    }

    @PostMapping("/simulator/supplement")
    String ask(
            @RequestParam String key,
            @RequestParam String materials,
            @RequestParam(required = false) @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate dueOn,
            RedirectAttributes flash) {
        List<String> wanted = Arrays.stream(materials.split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return answered(!wanted.isEmpty() && desk.ask(key, wanted, dueOn), flash);
    }

    @PostMapping("/simulator/lifting")
    String lift(@RequestParam String key, RedirectAttributes flash) {
        return answered(desk.lift(key), flash);
    }

    private static String answered(boolean noted, RedirectAttributes flash) {
        flash.addFlashAttribute(noted ? "good" : "bad", noted ? "simulator.noted" : "simulator.over");
        return PAGE;
    }

    @PostMapping("/simulator/setting")
    String set(
            @RequestParam(defaultValue = "false") boolean automatic,
            @RequestParam(defaultValue = "10") int delaySeconds,
            @RequestParam CarrierEvent.Decision decision,
            @RequestParam(defaultValue = "false") boolean refuseAppeals,
            @RequestParam(defaultValue = "false") boolean refuseFiles) {
        books.set(new SimulatorSetting(
                automatic, Math.max(0, Math.min(86_400, delaySeconds)), decision.name(), refuseAppeals, refuseFiles));
        return PAGE;
    }

    /** Makes the carrier misbehave the next times. */
    @PostMapping("/simulator/faults")
    String misbehave(
            @RequestParam SimulatorFault fault, @RequestParam(defaultValue = "1") int times, RedirectAttributes flash) {
        faults.next(fault, Math.max(1, Math.min(100, times)));
        flash.addFlashAttribute("good", "simulator.fault.set");
        return PAGE;
    }

    /** Makes it behave again. */
    @PostMapping("/simulator/faults/none")
    String behave(RedirectAttributes flash) {
        faults.clear();
        flash.addFlashAttribute("good", "simulator.fault.cleared");
        return PAGE;
    }

    /** Suspends an account the way a carrier would: by a notice over HTTP. */
    @PostMapping("/simulator/suspension")
    String suspend(
            @RequestParam String mobile,
            @RequestParam List<String> causes,
            @RequestParam String restriction,
            @RequestParam(defaultValue = "false") boolean underReview,
            @RequestParam(defaultValue = "") String noticeText,
            RedirectAttributes flash)
            throws InterruptedException {
        Number number = NUMBERS.stream()
                .filter(known -> known.mobile().equals(mobile))
                .findFirst()
                .orElseThrow();
        String why = String.join(
                ", ", causes.stream().map(cause -> text("cause." + cause)).toList());
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("noticeId", "SIM-" + UUID.randomUUID());
        notice.put("carrier", number.carrier());
        notice.put("source", "CARRIER");
        notice.put("mobile", number.mobile());
        notice.put("iccid", number.iccid());
        notice.put("state", underReview ? "UNDER_REVIEW" : "SUSPENDED");
        notice.put("restrictionType", restriction);
        notice.put("causes", causes);
        notice.put(
                "suspendedAt",
                OffsetDateTime.now(clock.withZone(WorkingCalendar.ZONE)).truncatedTo(ChronoUnit.SECONDS));
        notice.put("noticeCode", "SIMULATOR");
        notice.put("noticeText", noticeText.isBlank() ? text("simulator.notice.text", why) : noticeText.strip());
        notice.put("statedReason", why);
        notice.put("remedyChannel", text("simulator.notice.channel"));
        notice.put("requiredMaterials", text("simulator.notice.materials"));
        try {
            HttpResponse<String> answer = mail.notice(CarrierJson.MAPPER.writeValueAsString(notice));
            if (answer.statusCode() < 300) {
                JsonNode body = CarrierJson.MAPPER.readTree(answer.body());
                flash.addFlashAttribute(
                        "appealNumber", body.path("appealNumber").asText());
                flash.addFlashAttribute("good", "simulator.suspended");
            } else {
                flash.addFlashAttribute("bad", "simulator.notTaken");
                flash.addFlashAttribute("detail", answer.statusCode() + " " + answer.body());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            flash.addFlashAttribute("bad", "simulator.notTaken");
            flash.addFlashAttribute("detail", e.getClass().getSimpleName());
        }
        return PAGE;
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
