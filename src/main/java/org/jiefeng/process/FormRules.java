package org.jiefeng.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The rules of a Camunda Form, kept on the server too: Tasklist checks them in the browser, where a request can be
 * written by hand.
 *
 * <p>A field that the form may hide, itself or with its group, is only checked when it brings a value: hidden fields are
 * not sent, and whether one was hidden is not worked out again here.
 */
@Component
class FormRules {

    /** Options that depend on other answers stand in an expression; each of its codes is allowed. */
    private static final Pattern CODE = Pattern.compile("\\bvalue: *\"([^\"]*)\"");

    private final MessageSource messages;
    private final Locale locale;

    FormRules(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /**
     * Refuses answers that break a rule.
     *
     * @throws BadUserRequestException names each field by its label, with the reason
     */
    void check(JsonNode form, Map<String, Object> submitted) {
        List<String> problems = new ArrayList<>();
        check(form, submitted, false, problems);
        if (!problems.isEmpty()) {
            throw new BadUserRequestException(String.join(" ", problems));
        }
    }

    private void check(JsonNode part, Map<String, Object> submitted, boolean mayBeHidden, List<String> problems) {
        boolean hideable = mayBeHidden || part.at("/conditional").hasNonNull("hide");
        if (part.hasNonNull("key") && CaseForms.isFilledIn(part)) {
            Object value = submitted.get(part.get("key").asText());
            String text = value == null ? "" : value.toString().strip();
            problem(part, text, hideable)
                    .ifPresent(reason -> problems.add(message("form.problem", label(part), reason)));
        }
        part.path("components").forEach(child -> check(child, submitted, hideable, problems));
    }

    private Optional<String> problem(JsonNode field, String value, boolean hideable) {
        JsonNode rules = field.path("validate");
        boolean checkbox = field.path("type").asText().equals("checkbox");
        if (value.isEmpty() || checkbox && value.equals("false")) {
            return rules.path("required").asBoolean() && !hideable
                    ? Optional.of(message(checkbox ? "form.confirm" : "form.required"))
                    : Optional.empty();
        }
        return switch (field.path("type").asText()) {
            case "textfield", "textarea" -> textProblem(rules, value);
            case "number" -> numberProblem(field, value);
            case "radio", "select" -> unless(codes(field).contains(value), "form.choice");
            case "checkbox" -> unless(value.equals("true"), "form.choice");
            case "datetime" -> unless(isDate(field, value), "form.date");
            default -> Optional.empty();
        };
    }

    private Optional<String> textProblem(JsonNode rules, String value) {
        if (value.length() < rules.path("minLength").asInt(0)) {
            return Optional.of(message("form.minLength", rules.get("minLength").asText()));
        }
        if (value.length() > rules.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return Optional.of(message("form.maxLength", rules.get("maxLength").asText()));
        }
        if (rules.hasNonNull("pattern")
                && !Pattern.compile(rules.get("pattern").asText())
                        .matcher(value)
                        .find()) {
            return Optional.of(rules.path("patternErrorMessage").asText(message("form.pattern")));
        }
        return Optional.empty();
    }

    private Optional<String> numberProblem(JsonNode field, String value) {
        JsonNode rules = field.path("validate");
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            return Optional.of(message("form.number"));
        }
        if (field.path("decimalDigits").asInt(-1) == 0
                && number.stripTrailingZeros().scale() > 0) {
            return Optional.of(message("form.whole"));
        }
        if (rules.has("min") && number.compareTo(rules.get("min").decimalValue()) < 0) {
            return Optional.of(message("form.min", rules.get("min").asText()));
        }
        if (rules.has("max") && number.compareTo(rules.get("max").decimalValue()) > 0) {
            return Optional.of(message("form.max", rules.get("max").asText()));
        }
        return Optional.empty();
    }

    private static Set<String> codes(JsonNode field) {
        Set<String> codes = new TreeSet<>();
        field.path("values").forEach(option -> codes.add(option.path("value").asText()));
        CODE.matcher(field.path("valuesExpression").asText())
                .results()
                .map((MatchResult code) -> code.group(1))
                .forEach(codes::add);
        return codes;
    }

    private static boolean isDate(JsonNode field, String value) {
        try {
            if (field.path("subtype").asText().equals("date")) {
                LocalDate.parse(value);
            } else {
                LocalDateTime.parse(value, DateTimeFormatter.ISO_DATE_TIME);
            }
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Optional<String> unless(boolean kept, String reason) {
        return kept ? Optional.empty() : Optional.of(message(reason));
    }

    /** In the deployment's language already: forms are translated as they are deployed. */
    private static String label(JsonNode field) {
        return field.path("label")
                .asText(field.path("dateLabel").asText(field.get("key").asText()));
    }

    private String message(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }
}
