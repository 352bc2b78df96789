package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and names are found however people write them; what an auditor compares stays as it is. */
class MaskingTest {

    private final Masking masking = Masking.of(List.of("Li Na", "王小明", "李娜"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Call 13800000001 back | 13800000001",
                "tel13800000001 | 13800000001",
                "电话：+86 138-0000-0001。 | 0000",
                "１３８００００００００１ | ８００００００",
                "id 110101199001010007, | 110101199001010007",
                "身份证11010119900101000X | 11010119900101000X",
                "card 89860012345670000001 | 89860012345670000001",
                "office 010-12345678 | 12345678",
                "said by li na herself | li na",
                "王小明投诉了李娜 | 王小明"
            })
    void numbersAndNamesGo(String text, String secret) {
        assertThat(masking.text(text)).doesNotContain(secret).contains("**");
        assertThat(masking.leaves(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "AP-2026-000001:1",
        "2026-03-03 10:00:00",
        "1234567890123456789012345678901234567890123456789012345678901234",
        "7 days at 200 calls a day",
        "138****0001"
    })
    void whatIsComparedStays(String text) {
        assertThat(masking.text(text)).isEqualTo(text);
        assertThat(masking.leaves(text)).isTrue();
    }

    @Test
    void theBeginningOfANameStays() {
        assertThat(masking.text("Li Na, 王小明")).isEqualTo("L** N**, 王**");
    }
}
