package org.jiefeng.suspension;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.NotFoundException;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Notices from outside, and the start form's first step. */
@RestController
@RequestMapping("/api/suspensions")
@Tag(name = "Suspensions", description = "A notice opens a case")
class SuspensionApi {

    /** Those who report for everybody; employees report for themselves, managers for their department. */
    private static final Set<String> OFFICERS = Set.of("compliance", "liaisons", "SCOPE_notice:write");

    private final SuspensionIntake intake;
    private final Accounts accounts;
    private final Employees employees;
    private final MessageSource messages;
    private final Locale locale;

    SuspensionApi(
            SuspensionIntake intake,
            Accounts accounts,
            Employees employees,
            MessageSource messages,
            Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
        this.intake = intake;
        this.accounts = accounts;
        this.employees = employees;
    }

    /** The answer to a notice. */
    record Answer(String appealNumber, boolean attached, List<FieldProblem> warnings) {}

    @PostMapping
    @PreAuthorize("hasAnyAuthority('SCOPE_notice:write', 'managers', 'compliance', 'liaisons')")
    @Operation(
            summary = "Report a suspension",
            description = "201 opens a case; 200 when the notice came before, or belongs to the case that is open;"
                    + " 404 when the account is unknown or not the caller's to report;"
                    + " 409 when the notice's number came before with other content")
    ResponseEntity<Answer> report(@RequestBody NoticeRequest notice, Authentication sender) {
        Set<String> groups = groups(sender);
        refuseForeignSource(notice, groups);
        SuspensionIntake.Receipt receipt =
                intake.receive(notice, sender.getName(), account -> mayReport(account, sender.getName(), groups));
        boolean opened = receipt.isNew() && !receipt.attached();
        return ResponseEntity.status(opened ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new Answer(receipt.appealNumber(), receipt.attached(), receipt.warnings()));
    }

    @PostMapping("/drafts")
    @PreAuthorize("hasAnyAuthority('employees', 'managers', 'compliance', 'liaisons')")
    @Operation(summary = "Store a notice typed into the start form; the form then starts the case with the reference")
    ResponseEntity<Map<String, String>> draft(
            @RequestParam String account, @RequestBody NoticeRequest typed, Authentication sender) {
        Set<String> groups = groups(sender);
        refuseForeignSource(typed, groups);
        Account reported = accounts.get(account);
        if (!mayReport(reported, sender.getName(), groups)) {
            throw new NotFoundException("No account " + account);
        }
        String reference = intake.draft(completed(typed, reported), sender.getName());
        return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("noticeReference", reference));
    }

    private static void refuseForeignSource(NoticeRequest notice, Set<String> groups) {
        String source = notice.source();
        if (source != null
                && source.strip().equals("INTERNAL")
                && groups.stream().noneMatch(Set.of("managers", "compliance")::contains)) {
            throw new AccessDeniedException("Only managers and compliance suspend in the company's name");
        }
    }

    private boolean mayReport(Account account, String sender, Set<String> groups) {
        return account.employeeId().equals(sender)
                || groups.stream().anyMatch(OFFICERS::contains)
                || groups.contains("managers") && employees.ledBy(sender).contains(account.employeeId());
    }

    @GetMapping("/accounts")
    @PreAuthorize("hasAnyAuthority('employees', 'managers', 'compliance', 'liaisons')")
    @Operation(summary = "The accounts the caller may report a suspension of")
    List<Map<String, String>> accounts(Authentication sender) {
        Set<String> groups = groups(sender);
        List<String> whose = new java.util.ArrayList<>();
        whose.add(sender.getName());
        whose.addAll(employees.ledBy(sender.getName()));
        if (groups.stream().anyMatch(OFFICERS::contains)) {
            whose.addAll(employees.all());
        }
        return whose.stream()
                .distinct()
                .flatMap(employee -> accounts.ofEmployee(employee).stream())
                .map(account -> Map.of(
                        "accountId", account.id(),
                        "employee", employees.get(account.employeeId()).name(),
                        "carrier", account.carrier().name(),
                        "carrierName", messages.getMessage("carrier." + account.carrier(), null, locale),
                        "mobileMask", account.mobileMask()))
                .toList();
    }

    private static Set<String> groups(Authentication sender) {
        return sender.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
    }

    /** The form knows the account, not its number; and a person who has no notice number need not invent one. */
    private NoticeRequest completed(NoticeRequest n, Account account) {
        String noticeId = n.noticeId() == null || n.noticeId().isBlank() ? "FORM-" + UUID.randomUUID() : n.noticeId();
        return new NoticeRequest(
                noticeId,
                account.carrier().name(),
                n.source(),
                accounts.mobileOf(account.id()),
                n.iccid(),
                n.idNumber(),
                n.socialCreditCode(),
                n.creditCodeOverride(),
                n.state(),
                n.restrictionType(),
                n.causes(),
                n.subCauses(),
                n.suspendedAt(),
                n.expiresAt(),
                n.noticeCode(),
                n.ruleCode(),
                n.noticeText(),
                n.statedReason(),
                n.remedyChannel(),
                n.requiredMaterials(),
                n.forwardedOn(),
                n.forwardedReference(),
                n.incidentReference());
    }
}
