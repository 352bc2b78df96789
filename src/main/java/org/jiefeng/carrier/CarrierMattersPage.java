package org.jiefeng.carrier;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.carrier.CarrierMatter.Settlement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where liaisons see what does not go on by itself between us and the carriers, and do something about it. */
@Controller
@RequestMapping("/carrier/matters")
@PreAuthorize(CarrierAccess.DESK)
class CarrierMattersPage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final CarrierMatters matters;
    private final CarrierDeskWork work;
    private final CarrierAccess access;
    private final AppealService appeals;
    private final CarrierTexts texts;
    private final Locale locale;

    CarrierMattersPage(
            CarrierMatters matters,
            CarrierDeskWork work,
            CarrierAccess access,
            AppealService appeals,
            CarrierTexts texts,
            Locale deploymentLocale) {
        this.matters = matters;
        this.work = work;
        this.access = access;
        this.appeals = appeals;
        this.texts = texts;
        this.locale = deploymentLocale;
    }

    /**
     * A matter as the page shows it.
     *
     * @param known whether there is a case of this number
     * @param said the answer it is about, empty when it is about none
     */
    public record MatterView(
            long id,
            String kind,
            CarrierMatter.Kind code,
            String carrier,
            String appealNumber,
            boolean known,
            String said,
            String openedAt,
            List<Settlement> choices) {}

    @GetMapping
    String show(Model model) {
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("matters", matters.open().stream().map(this::view).toList());
        return "carrier-matters";
    }

    @PostMapping("/{id}")
    String settle(
            @PathVariable long id,
            @RequestParam Settlement settlement,
            @RequestParam(defaultValue = "") String note,
            Authentication user,
            RedirectAttributes flash) {
        CarrierMatter matter =
                matters.findOpen(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (appeals.find(matter.appealNumber()).isPresent()) {
            access.writable(matter.appealNumber(), user);
        }
        try {
            work.settle(matter, settlement, note, user.getName());
            flash.addFlashAttribute("good", matter.appealNumber() + ": " + texts.of("matter.settled." + settlement));
        } catch (InvalidInputException e) {
            flash.addFlashAttribute(
                    "bad", matter.appealNumber() + ": " + e.problems().get(0).reason());
        } catch (ConflictException e) {
            flash.addFlashAttribute("bad", String.valueOf(e.getMessage()));
        }
        return "redirect:/carrier/matters";
    }

    private MatterView view(CarrierMatter matter) {
        return new MatterView(
                matter.id(),
                texts.of("matter.kind." + matter.kind()),
                matter.kind(),
                texts.carrier(matter.carrier()),
                matter.appealNumber(),
                appeals.find(matter.appealNumber()).isPresent(),
                said(work.answer(matter)),
                shown(matter.openedAt()),
                Arrays.stream(Settlement.values())
                        .filter(settlement -> work.offers(matter, settlement))
                        .toList());
    }

    private String said(@Nullable CarrierEvent event) {
        if (event == null) {
            return "";
        }
        String what =
                event.decision() == null ? texts.of("event." + event.type()) : texts.of("decision." + event.decision());
        return texts.of("matter.said", what, event.appealKey(), shown(event.occurredAt()));
    }

    private static String shown(Instant moment) {
        return SHOWN.format(moment);
    }
}
