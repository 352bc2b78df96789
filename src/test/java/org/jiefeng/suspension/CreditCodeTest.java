package org.jiefeng.suspension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "91110000101623741K", "91310115MA1H8R7C67", " 91350100m000100y43 "})
    void genuineCodesAreRight(String code) {
        assertThat(CreditCode.problem(CreditCode.normalise(code))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "91310115MA1H8R7C6D, creditCode.checksum",
        "91350100M000100Y44, creditCode.checksum",
        "91310115MA1H8R7CIO, creditCode.form",
        "91310115MA1H8R7C6,  creditCode.form",
        "9131011XMA1H8R7C67, creditCode.form",
        "'',                 creditCode.form"
    })
    void aWrongCodeIsRefusedForItsReason(String code, String problem) {
        assertThat(CreditCode.problem(code)).isEqualTo(problem);
    }

    /** The trap of the standard: 31 minus a remainder of nothing is 31, and there is no 32nd character. */
    @Test
    void everyStemHasExactlyOneCheckCharacterAlsoWhereTheSumIsDivisibleBy31() {
        Random random = new Random(31);
        int zeroes = 0;
        for (int n = 0; n < 2000; n++) {
            StringBuilder stem = new StringBuilder("91").append("%06d".formatted(random.nextInt(1_000_000)));
            while (stem.length() < 17) {
                stem.append(ALPHABET.charAt(random.nextInt(31)));
            }
            String fitting = "";
            for (char check : ALPHABET.toCharArray()) {
                fitting += CreditCode.problem(stem.toString() + check) == null ? check : "";
            }
            assertThat(fitting).as(stem.toString()).hasSize(1);
            zeroes += fitting.equals("0") ? 1 : 0;
        }
        assertThat(zeroes).as("stems whose sum is divisible by 31").isGreaterThan(20);
    }
}
