package org.jiefeng.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class GuidanceTest {

    private static final LocalDate VERIFIED = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @CsvSource({"2026-06-30, 180, false", "2026-07-01, 180, true", "2030-01-01, 0, false"})
    void entryVerifiedTooLongAgoWarns(LocalDate today, long staleAfterDays, boolean warns) {
        String text = guidance(VERIFIED.toString(), staleAfterDays).text(texts(Locale.ENGLISH), today);

        assertThat(text.contains("last verified on 2026-01-01, more than 180 days ago"))
                .isEqualTo(warns);
    }

    @ParameterizedTest
    @CsvSource({"''", "last spring"})
    void whatNobodyVerifiedSaysSo(String verifiedOn) {
        assertThat(guidance(verifiedOn, 180).text(texts(Locale.ENGLISH), VERIFIED))
                .startsWith("⚠ Not yet verified")
                .doesNotContain("Verified on");
    }

    @Test
    void liaisonReadsAllThatIsKnown() {
        assertThat(guidance("2026-01-01", 180)
                        .text(texts(Locale.CHINESE), VERIFIED)
                        .lines())
                .containsExactly(
                        "- 网站：www.10010.com",
                        "- 热线：10010",
                        "- 受理时间：工作日 09:00-18:00",
                        "- 所需材料：执照",
                        "- 文件要求：PDF",
                        "- 通常在 5-7 个工作日内答复",
                        "- 超时处理：主管",
                        "- 来源：somewhere",
                        "- 核实日期：2026-01-01");
    }

    private static Guidance guidance(String verifiedOn, long staleAfterDays) {
        return new Guidance(
                "www.10010.com",
                "10010",
                "09:00-18:00",
                "执照",
                "PDF",
                "5-7",
                "主管",
                "somewhere",
                verifiedOn,
                staleAfterDays);
    }

    private static CarrierTexts texts(Locale locale) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("i18n/carrier");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new CarrierTexts(messages, locale);
    }
}
