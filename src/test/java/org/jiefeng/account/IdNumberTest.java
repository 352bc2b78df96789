package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdNumberTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002X",
                "440524188001010014",
                "110101199001010007",
                "440305199602290000",
                "310115198512310002"
            })
    void numbersOfTheStandardAreRight(String number) {
        assertThat(IdNumber.problem(number, TODAY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021, idNumber.checksum",
        "440524188001010015, idNumber.checksum",
        "110101199001010008, idNumber.checksum",
        "110101199002300007, idNumber.birth",
        "110101199500290007, idNumber.birth",
        "440305199502290000, idNumber.birth",
        "110101199013010007, idNumber.birth",
        "110105491231002,    idNumber.form",
        "010105194912310020, idNumber.form",
        "1101051949123100 X, idNumber.form",
        "11010519491231002x, idNumber.form",
        "１10105194912310020, idNumber.form",
        "11010519491231002X1, idNumber.form",
        "'',                 idNumber.form"
    })
    void aWrongNumberIsRefusedForItsReason(String number, String problem) {
        assertThat(IdNumber.problem(number, TODAY)).isEqualTo(problem);
    }

    @Test
    void everyOtherCheckCharacterIsRefused() {
        for (char check : "0123456789X".toCharArray()) {
            assertThat(IdNumber.problem("11010519491231002" + check, TODAY) == null)
                    .as("check character " + check)
                    .isEqualTo(check == 'X');
        }
    }

    @Test
    void everySlipOfOneDigitIsFound() {
        String right = "110101199001010007";
        for (int i = 0; i < 17; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String slip = right.substring(0, i) + digit + right.substring(i + 1);
                if (!slip.equals(right)) {
                    assertThat(IdNumber.problem(slip, TODAY)).as(slip).isNotNull();
                }
            }
        }
    }

    @Test
    void nobodyUnderSixteenHoldsACard() {
        String bornIn2000 = "110101200002290005";

        assertThat(IdNumber.problem(bornIn2000, LocalDate.of(2016, 2, 28))).isEqualTo("idNumber.age");
        assertThat(IdNumber.problem(bornIn2000, LocalDate.of(2016, 2, 29))).isNotEqualTo("idNumber.age");
        assertThat(IdNumber.problem("110101209001010001", TODAY)).isEqualTo("idNumber.age");
    }

    @Test
    void spaceAroundAndASmallXAreForgiven() {
        assertThat(IdNumber.normalise(" 11010519491231002x\n")).isEqualTo("11010519491231002X");
    }

    @Test
    void theMaskHidesTheBirthDate() {
        assertThat(IdNumber.mask("11010519491231002X")).isEqualTo("110105********002X");
    }
}
