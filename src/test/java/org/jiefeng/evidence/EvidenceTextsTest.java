package org.jiefeng.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jiefeng.appeal.Outcome;
import org.junit.jupiter.api.Test;

class EvidenceTextsTest {

    private final ResourceBundle english = ResourceBundle.getBundle("i18n/evidence", Locale.ROOT);
    private final ResourceBundle chinese = ResourceBundle.getBundle("i18n/evidence", Locale.SIMPLIFIED_CHINESE);

    @Test
    void everyTextExistsInBothLanguages() {
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet())
                .filteredOn(key -> !key.equals("evidence.list.separator"))
                .allSatisfy(key -> assertThat(chinese.getString(key)).isNotEqualTo(english.getString(key)));
    }

    @Test
    void everyCodeHasAText() {
        Stream<String> keys = Stream.of(
                        names("evidence.reason.", CompanyReview.ReasonCode.values()),
                        names("evidence.kind.", ImprovementMeasure.Kind.values()),
                        names("evidence.settled.", ChecklistItem.Settlement.values()),
                        names("evidence.outcome.", Outcome.values()))
                .flatMap(names -> names);

        assertThat(keys).allSatisfy(key -> assertThat(english.containsKey(key)).isTrue());
    }

    private static Stream<String> names(String prefix, Enum<?>[] codes) {
        return Arrays.stream(codes).map(code -> prefix + code.name());
    }
}
