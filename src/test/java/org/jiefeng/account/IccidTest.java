package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IccidTest {

    @ParameterizedTest
    @ValueSource(strings = {"8986001234567890123", "89860012345678901230", "8986 0012 3456 7890 1230"})
    void nineteenOrTwentyDigitsOfChinaAreACardNumber(String text) {
        assertThat(Iccid.problem(Iccid.normalise(text))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"898600123456789012", "898600123456789012345", "89850012345678901230", "8986001234567890123A", ""
            })
    void anythingElseIsNone(String text) {
        assertThat(Iccid.problem(Iccid.normalise(text))).isEqualTo("iccid.form");
    }

    @Test
    void aFailingCheckDigitIsAWarningOnly() {
        assertThat(Iccid.warning("8986001234567890122")).isEqualTo("iccid.checksum");
        assertThat(Iccid.problem("8986001234567890122")).isNull();
    }

    @Test
    void exactlyOneCheckDigitOfTenFits() {
        long fitting = "0123456789"
                .chars()
                .filter(digit -> Iccid.warning("898600123456789012" + (char) digit) == null)
                .count();

        assertThat(fitting).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "8986031234567890120, CHINA_MOBILE",
        "8986001234567890123, CHINA_UNICOM",
        "8986091234567890124, CHINA_TELECOM"
    })
    void aCardOfAnotherCarrierIsAWarningOnly(String iccid, Carrier carrier) {
        assertThat(Iccid.carrierWarning(iccid, carrier)).isEqualTo("iccid.carrier");
    }

    @ParameterizedTest
    @CsvSource({
        "8986001234567890123, CHINA_MOBILE",
        "8986071234567890120, CHINA_MOBILE",
        "8986061234567890120, CHINA_UNICOM",
        "8986031234567890120, CHINA_TELECOM",
        "8986111234567890120, CHINA_TELECOM",
        "8986151234567890120, CHINA_BROADNET",
        "8986011234567890120, MVNO",
        "8986201234567890120, CHINA_MOBILE"
    })
    void aFittingOrUnknownIssuerIsNoWarning(String iccid, Carrier carrier) {
        assertThat(Iccid.carrierWarning(iccid, carrier)).isNull();
    }

    @Test
    void theMaskShowsIssuerAndEnd() {
        assertThat(Iccid.mask("89860012345678901230")).isEqualTo("898600**********1230");
    }
}
