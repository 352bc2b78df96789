package org.jiefeng.audit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes numbers and names of persons out of texts that people or carriers wrote: nobody keeps to the fields made for them.
 */
final class Masking {

    /** Left alone: digests, which hold digits by chance and are what a reader compares. */
    private static final String DIGEST = "(?<digest>[0-9a-fA-F]{32,})";

    /** ID, phone and card numbers, however they are grouped; landlines with their area code. */
    private static final String NUMBER =
            "(?<number>(?<!\\p{Nd})(?:\\+?86[- ]?)?(?:1[3-9]\\p{Nd}(?:[- ]?\\p{Nd}{4}){2}|0\\p{Nd}{2,3}[- ]?\\p{Nd}{7,8}"
                    + "|\\p{Nd}{6}[- ]?\\p{Nd}{8}[- ]?\\p{Nd}{3}[\\p{Nd}Xx]|\\p{Nd}(?:[- ]?\\p{Nd}{4}){3,}\\p{Nd}*|\\p{Nd}{9,})"
                    + "(?!\\p{Nd}))";

    private final UnaryOperator<String> mask;

    private Masking(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** Leaves everything as it is, for a file somebody gave a reason for. */
    static Masking none() {
        return new Masking(UnaryOperator.identity());
    }

    /** @param names of everybody who might be named */
    static Masking of(Collection<String> names) {
        String people = names.stream()
                .filter(name -> name.strip().length() > 1)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        Pattern pattern = Pattern.compile(
                DIGEST + "|" + NUMBER + (people.isEmpty() ? "" : "|(?<name>" + people + ")"),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        boolean named = !people.isEmpty();
        return new Masking(
                text -> pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found, named))));
    }

    private static String masked(MatchResult found, boolean named) {
        String text = found.group();
        if (found.start(1) >= 0) {
            return text;
        }
        if (named && found.start(3) >= 0) {
            return List.of(text.split(" ")).stream()
                    .map(word -> word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1)) + "**")
                    .collect(Collectors.joining(" "));
        }
        return text.length() < 8 ? "****" : text.substring(0, 3) + "****" + text.substring(text.length() - 4);
    }

    String text(@Nullable Object text) {
        return mask.apply(Objects.toString(text, ""));
    }

    /** Whether a text is shown as it is. */
    boolean leaves(@Nullable String text) {
        return text == null || text(text).equals(text);
    }
}
