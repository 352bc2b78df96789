package org.jiefeng.evidence;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.evidence.EvidenceRound.State;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The plain page "evidence of an appeal": what there is, what was sealed, and for managers and compliance the waiver. */
@Controller
class EvidencePages {

    /** An item as the page shows it; public because expressions of a template only reach public types. */
    public record ItemRow(
            String code,
            String name,
            String hint,
            String state,
            boolean missing,
            @Nullable String waivedBy,
            @Nullable String waiverReason,
            List<FileLink> files) {

        private static ItemRow of(ChecklistItem item) {
            ChecklistItem.Waiver waiver = item.waiver();
            return new ItemRow(
                    item.type().code(),
                    item.type().name(),
                    item.type().hint(),
                    item.settlement().map(Enum::name).orElse(item.required() ? "MISSING" : "OPTIONAL"),
                    item.isMissing(),
                    waiver == null ? null : waiver.by(),
                    waiver == null ? null : waiver.reason(),
                    item.files().stream()
                            .map(file -> new FileLink(
                                    file.id(),
                                    file.name(),
                                    EvidenceFiles.sizeText(file.size()),
                                    Previews.isPossible(file)))
                            .toList());
        }
    }

    /** A file to fetch. */
    public record FileLink(String id, String name, String size, boolean picture) {}

    /** A sealed round to fetch. */
    public record SealedRow(String kind, int round, String link, String sealedAt, int files, String sha256) {

        private static SealedRow of(Dossier dossier) {
            return new SealedRow(
                    dossier.round().kind().name(),
                    dossier.round().number(),
                    dossier.link(),
                    TIME.format(dossier.sealedAt()),
                    dossier.entries().size(),
                    dossier.manifestSha256());
        }
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final CaseAccess access;
    private final EvidenceChecklist checklist;
    private final EvidenceRounds rounds;
    private final DossierService dossiers;
    private final Locale locale;

    EvidencePages(
            CaseAccess access,
            EvidenceChecklist checklist,
            EvidenceRounds rounds,
            DossierService dossiers,
            Locale deploymentLocale) {
        this.access = access;
        this.checklist = checklist;
        this.rounds = rounds;
        this.dossiers = dossiers;
        this.locale = deploymentLocale;
    }

    @GetMapping("/appeals/{number}/evidence")
    String show(@PathVariable String number, Authentication user, Model model) {
        Appeal appeal = find(number, user);
        boolean changeable = appeal.isOpen()
                && rounds.of(number).stream()
                        .anyMatch(round -> round.kind() == EvidenceRound.Kind.APPLICATION
                                && (round.isOpen() || round.state() == State.IN_REVIEW));
        model.addAttribute("number", number);
        model.addAttribute(
                "items", checklist.items(number).stream().map(ItemRow::of).toList());
        model.addAttribute(
                "dossiers", dossiers.of(number).stream().map(SealedRow::of).toList());
        model.addAttribute("mayWaive", changeable && access.mayWaive(appeal, user));
        model.addAttribute("language", locale.getLanguage());
        return "evidence";
    }

    @PostMapping("/appeals/{number}/evidence/waivers")
    String waive(
            @PathVariable String number,
            @RequestParam String item,
            @RequestParam String reason,
            Authentication user,
            RedirectAttributes flash) {
        find(number, user);
        access.waivable(number, user);
        try {
            checklist.waive(number, item, reason, user.getName());
        } catch (ConflictException e) {
            flash.addFlashAttribute("problem", e.getMessage());
        } catch (InvalidInputException e) {
            flash.addFlashAttribute("problem", e.problems().get(0).reason());
        }
        return "redirect:/appeals/" + number + "/evidence";
    }

    private Appeal find(String number, Authentication user) {
        try {
            return access.readable(number, user);
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
