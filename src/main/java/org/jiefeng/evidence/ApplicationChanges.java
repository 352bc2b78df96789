package org.jiefeng.evidence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is different in an application since it was judged last, so that a reviewer need not read everything again. */
record ApplicationChanges(
        List<TextChange> texts, List<MeasureChange> measures, List<Brought> filesAdded, List<Brought> filesRemoved) {

    /** An application as a reviewer saw it. */
    record Seen(
            String problem,
            String rootCause,
            String doneNow,
            String prevention,
            List<SeenMeasure> measures,
            List<Brought> files) {}

    /** @param dueOn as text, so that it is kept as it was shown */
    record SeenMeasure(String kind, String description, String owner, String dueOn, String howMeasured) {}

    /** @param item in the deployment's language */
    record Brought(String id, String item, String name) {}

    /** @param field as the application names it */
    record TextChange(String field, String before, String after) {}

    /** Added without a before, removed without an after. */
    record MeasureChange(
            @Nullable SeenMeasure before, @Nullable SeenMeasure after) {}

    static ApplicationChanges between(Seen before, Seen after) {
        List<TextChange> texts = new ArrayList<>();
        text(texts, "problem", before, after, Seen::problem);
        text(texts, "rootCause", before, after, Seen::rootCause);
        text(texts, "doneNow", before, after, Seen::doneNow);
        text(texts, "prevention", before, after, Seen::prevention);
        return new ApplicationChanges(
                texts,
                measures(before.measures(), after.measures()),
                without(after.files(), before.files()),
                without(before.files(), after.files()));
    }

    private static void text(
            List<TextChange> changes, String field, Seen before, Seen after, Function<Seen, String> text) {
        if (!text.apply(before).equals(text.apply(after))) {
            changes.add(new TextChange(field, text.apply(before), text.apply(after)));
        }
    }

    /** The same words are the same measure; of the others, one of the same kind was rewritten. */
    private static List<MeasureChange> measures(List<SeenMeasure> before, List<SeenMeasure> after) {
        List<SeenMeasure> gone = new ArrayList<>(before);
        List<SeenMeasure> come = new ArrayList<>(after);
        pairs(gone, come, SeenMeasure::equals);
        List<MeasureChange> changes = new ArrayList<>();
        changes.addAll(pairs(gone, come, (one, other) -> one.description().equals(other.description())));
        changes.addAll(pairs(gone, come, (one, other) -> one.kind().equals(other.kind())));
        gone.forEach(measure -> changes.add(new MeasureChange(measure, null)));
        come.forEach(measure -> changes.add(new MeasureChange(null, measure)));
        return changes;
    }

    /** Takes out of both lists what belongs together. */
    private static List<MeasureChange> pairs(
            List<SeenMeasure> gone, List<SeenMeasure> come, BiPredicate<SeenMeasure, SeenMeasure> same) {
        List<MeasureChange> pairs = new ArrayList<>();
        for (Iterator<SeenMeasure> each = gone.iterator(); each.hasNext(); ) {
            SeenMeasure before = each.next();
            come.stream().filter(after -> same.test(before, after)).findFirst().ifPresent(after -> {
                pairs.add(new MeasureChange(before, after));
                come.remove(after);
                each.remove();
            });
        }
        return pairs;
    }

    private static List<Brought> without(List<Brought> files, List<Brought> others) {
        return files.stream()
                .filter(file -> others.stream().noneMatch(other -> Objects.equals(other.id(), file.id())))
                .toList();
    }
}
