package org.jiefeng.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MobileNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13800000001",
                "138 0000 0001",
                "138-0000-0001",
                "+8613800000001",
                "+86 138-0000-0001",
                "008613800000001",
                "8613800000001",
                " 13800000001 "
            })
    void everyCommonSpellingIsTheSameNumber(String text) {
        String number = MobileNumber.normalise(text);

        assertThat(number).isEqualTo("13800000001");
        assertThat(MobileNumber.problem(number)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12800000001",
                "1380000000",
                "138000000011",
                "01038000001",
                "+85213800000",
                "1380000000a",
                "",
                "１３８００００００００１"
            })
    void anythingElseIsNoMobileNumber(String text) {
        assertThat(MobileNumber.problem(MobileNumber.normalise(text))).isEqualTo("mobile.form");
    }

    @ParameterizedTest
    @CsvSource({
        "16200000001, CHINA_MOBILE",
        "16500000001, CHINA_UNICOM",
        "16700000001, CHINA_TELECOM",
        "17000000001, CHINA_BROADNET",
        "17100000001, CHINA_MOBILE",
        "19200000001, CHINA_MOBILE",
        "19200000001, MVNO",
        "13800000001, MVNO",
        "13800000001, CHINA_BROADNET"
    })
    void aPrefixOfAnotherCarrierIsAWarningOnly(String number, Carrier carrier) {
        assertThat(MobileNumber.problem(number)).isNull();
        assertThat(MobileNumber.warning(number, carrier)).isEqualTo("mobile.prefix");
    }

    @ParameterizedTest
    @CsvSource({
        "16200000001, MVNO",
        "17100000001, MVNO",
        "19200000001, CHINA_BROADNET",
        "13800000001, CHINA_MOBILE",
        "13300000001, CHINA_TELECOM"
    })
    void aFittingPrefixIsNoWarning(String number, Carrier carrier) {
        assertThat(MobileNumber.warning(number, carrier)).isNull();
    }

    @Test
    void theMaskLeavesThreeDigitsInFrontAndFourBehind() {
        assertThat(MobileNumber.mask("13800000001")).isEqualTo("138****0001");
    }
}
