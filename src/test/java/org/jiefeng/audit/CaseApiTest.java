package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseApiTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+86|'+86",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "a,b|\"a,b\"",
                "say \"no\"|\"say \"\"no\"\"\"",
                "案件|案件"
            })
    void cellOfTheTableIsNeverAFormula(String value, String cell) {
        assertThat(CaseApi.cell(value)).isEqualTo(cell);
    }
}
