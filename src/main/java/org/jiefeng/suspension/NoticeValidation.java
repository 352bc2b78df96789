package org.jiefeng.suspension;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Iccid;
import org.jiefeng.account.IdNumber;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Checks a notice as a whole (domain.md §4): every wrong field is named, and what is merely unusual is a warning.
 *
 * <p>Not Bean Validation, because several rules look at two fields, and some only warn.
 */
@Component
class NoticeValidation {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** A slip of the keyboard in the year would be stored for good, or not at all. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 2199;

    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    NoticeValidation(MessageSource messages, Locale deploymentLocale, Clock clock) {
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    /** The valid notice, and what is unusual about it. */
    record Checked(Notice notice, List<FieldProblem> warnings) {}

    /** @throws InvalidInputException naming every wrong field */
    Checked check(NoticeRequest request) {
        return new Check(request).run();
    }

    private final class Check {

        private final NoticeRequest request;
        private final List<FieldProblem> problems = new ArrayList<>();
        private final List<FieldProblem> warnings = new ArrayList<>();

        Check(NoticeRequest request) {
            this.request = request;
        }

        Checked run() {
            String noticeId = text("noticeId", request.noticeId(), 80, true);
            Carrier carrier = code("carrier", request.carrier(), Carrier.class);
            Notice.Source source = code("source", request.source(), Notice.Source.class);
            Notice.State state = code("state", request.state(), Notice.State.class);
            RestrictionType restriction = code("restrictionType", request.restrictionType(), RestrictionType.class);
            String mobile = mobile(carrier);
            String iccid = iccid(carrier);
            String idNumber = idNumber();
            String creditCode = creditCode();
            SortedSet<Cause> causes = causes();
            Instant suspendedAt = time("suspendedAt", request.suspendedAt(), true);
            if (suspendedAt != null && suspendedAt.isAfter(clock.instant())) {
                problem("suspendedAt", "suspendedAt.future");
            }
            Instant expiresAt = time("expiresAt", request.expiresAt(), false);
            if (expiresAt != null && suspendedAt != null && !expiresAt.isAfter(suspendedAt)) {
                problem("expiresAt", "expiresAt.before");
            }
            String noticeCode = text("noticeCode", request.noticeCode(), 80, false);
            String ruleCode = text("ruleCode", request.ruleCode(), 80, false);
            String noticeText = text("noticeText", request.noticeText(), 4000, false);
            String reason = text("statedReason", request.statedReason(), 2000, false);
            String channel = text("remedyChannel", request.remedyChannel(), 2000, false);
            String materials = text("requiredMaterials", request.requiredMaterials(), 2000, false);
            LocalDate forwardedOn = forwardedOn(causes);
            String forwardedReference = text("forwardedReference", request.forwardedReference(), 80, false);
            if (forwardedReference != null && request.forwardedOn() == null) {
                problem("forwardedOn", "forwardedOn.missing");
            }
            String incident = text("incidentReference", request.incidentReference(), 80, false);
            if (incident != null && !incident.matches(Incidents.REFERENCE)) {
                problem("incidentReference", "incidentReference.form");
            }
            List<String> subCauses = request.subCauses() == null ? List.of() : request.subCauses();
            if (subCauses.stream().anyMatch(sub -> sub == null || !sub.matches("[A-Z_]{1,40}"))
                    || subCauses.size() > 8) {
                problem("subCauses", "subCauses.form");
            }
            if (!problems.isEmpty()
                    || noticeId == null
                    || carrier == null
                    || source == null
                    || state == null
                    || restriction == null
                    || mobile == null
                    || suspendedAt == null) {
                throw new InvalidInputException(problems);
            }
            return new Checked(
                    new Notice(
                            noticeId,
                            carrier,
                            source,
                            mobile,
                            state,
                            restriction,
                            causes,
                            subCauses,
                            suspendedAt,
                            expiresAt,
                            noticeCode,
                            ruleCode,
                            noticeText,
                            reason,
                            channel,
                            materials,
                            iccid,
                            idNumber,
                            creditCode,
                            creditCode == null
                                    ? null
                                    : text("creditCodeOverride", request.creditCodeOverride(), 500, false),
                            forwardedOn,
                            forwardedReference,
                            incident),
                    List.copyOf(warnings));
        }

        private @Nullable LocalDate forwardedOn(SortedSet<Cause> causes) {
            String typed = text("forwardedOn", request.forwardedOn(), 40, false);
            if (typed == null) {
                return null;
            }
            if (!causes.contains(Cause.COMPLAINT)) {
                problem("forwardedOn", "forwardedOn.noComplaint");
            }
            try {
                LocalDate day = LocalDate.parse(typed);
                if (day.isAfter(LocalDate.now(clock.withZone(SHANGHAI))) || day.getYear() < FIRST_YEAR) {
                    problem("forwardedOn", "forwardedOn.day");
                }
                return day;
            } catch (DateTimeException e) {
                problem("forwardedOn", "forwardedOn.day");
                return null;
            }
        }

        private @Nullable String mobile(@Nullable Carrier carrier) {
            String typed = text("mobile", request.mobile(), 40, true);
            if (typed == null) {
                return null;
            }
            String mobile = MobileNumber.normalise(typed);
            String problem = MobileNumber.problem(mobile);
            if (problem != null) {
                problem("mobile", problem);
                return null;
            }
            if (carrier != null) {
                warning("mobile", MobileNumber.warning(mobile, carrier));
            }
            return mobile;
        }

        private @Nullable String iccid(@Nullable Carrier carrier) {
            String typed = text("iccid", request.iccid(), 40, false);
            if (typed == null) {
                return null;
            }
            String iccid = Iccid.normalise(typed);
            String problem = Iccid.problem(iccid);
            if (problem != null) {
                problem("iccid", problem);
                return null;
            }
            warning("iccid", Iccid.warning(iccid));
            if (carrier != null) {
                warning("iccid", Iccid.carrierWarning(iccid, carrier));
            }
            return iccid;
        }

        private @Nullable String idNumber() {
            String typed = text("idNumber", request.idNumber(), 40, false);
            if (typed == null) {
                return null;
            }
            String idNumber = IdNumber.normalise(typed);
            String problem = IdNumber.problem(idNumber, LocalDate.now(clock.withZone(SHANGHAI)));
            if (problem != null) {
                problem("idNumber", problem);
                return null;
            }
            return idNumber;
        }

        private @Nullable String creditCode() {
            String typed = text("socialCreditCode", request.socialCreditCode(), 40, false);
            if (typed == null) {
                return null;
            }
            String code = CreditCode.normalise(typed);
            String problem = CreditCode.problem(code);
            String override = text("creditCodeOverride", request.creditCodeOverride(), 500, false);
            if ("creditCode.checksum".equals(problem) && override != null) {
                warning("socialCreditCode", problem);
            } else if (problem != null) {
                problem("socialCreditCode", problem);
                return null;
            }
            return code;
        }

        private SortedSet<Cause> causes() {
            SortedSet<Cause> causes = new TreeSet<>(java.util.Comparator.comparing(Cause::name));
            if (request.causes() == null || request.causes().isEmpty()) {
                problem("causes", "field.required");
                return causes;
            }
            for (int i = 0; i < request.causes().size(); i++) {
                Cause cause = code("causes[" + i + "]", request.causes().get(i), Cause.class);
                if (cause != null) {
                    causes.add(cause);
                }
            }
            return causes;
        }

        private @Nullable String text(String field, @Nullable String typed, int maxLength, boolean required) {
            String text = typed == null ? "" : typed.strip();
            if (text.isEmpty()) {
                if (required) {
                    problem(field, "field.required");
                }
                return null;
            }
            if (text.length() > maxLength) {
                problems.add(new FieldProblem(
                        field, messages.getMessage("field.tooLong", new Object[] {maxLength}, locale)));
                return null;
            }
            if (text.codePoints().anyMatch(Check::isUnfit)) {
                problem(field, "field.control");
                return null;
            }
            return text;
        }

        /** Control characters, and halves of characters that no database takes. */
        private static boolean isUnfit(int point) {
            return Character.getType(point) == Character.SURROGATE
                    || Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t';
        }

        private <E extends Enum<E>> @Nullable E code(String field, @Nullable String typed, Class<E> codes) {
            String text = text(field, typed, 40, true);
            if (text == null) {
                return null;
            }
            for (E code : codes.getEnumConstants()) {
                if (code.name().equals(text)) {
                    return code;
                }
            }
            problems.add(new FieldProblem(
                    field,
                    messages.getMessage(
                            "field.code",
                            new Object[] {
                                String.join(
                                        ", ",
                                        java.util.Arrays.stream(codes.getEnumConstants())
                                                .map(Enum::name)
                                                .toList())
                            },
                            locale)));
            return null;
        }

        private @Nullable Instant time(String field, @Nullable String typed, boolean required) {
            String text = text(field, typed, 40, required);
            if (text == null) {
                return null;
            }
            try {
                LocalDateTime local = text.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                        ? OffsetDateTime.parse(text).atZoneSameInstant(SHANGHAI).toLocalDateTime()
                        : LocalDateTime.parse(text);
                if (local.getYear() < FIRST_YEAR || local.getYear() > LAST_YEAR) {
                    problem(field, "field.time");
                    return null;
                }
                return local.atZone(SHANGHAI).toInstant();
            } catch (DateTimeException e) {
                problem(field, "field.time");
                return null;
            }
        }

        private void problem(String field, String key) {
            problems.add(new FieldProblem(field, messages.getMessage(key, null, locale)));
        }

        private void warning(String field, @Nullable String key) {
            if (key != null) {
                warnings.add(new FieldProblem(field, messages.getMessage(key, null, locale)));
            }
        }
    }
}
