package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlFormTranslationTest {

    private static final Pattern SCRIPTS = Pattern.compile("(?s)<script.*?</script>");

    private static final String SCRIPT = """
            <script cam-script type="text/form-script">
              var a = 1 < 2 && "&amp;" !== '</' + 'div>'; // "data-zh" stays
              camForm.on('form-loaded', function () { inject(['$http', function ($http) {}]); });\r
            </script>""";

    private static String translated(String form) {
        return new String(
                HtmlFormTranslation.translate(form.getBytes(StandardCharsets.UTF_8), "zh"), StandardCharsets.UTF_8);
    }

    @Test
    void elementGetsItsTextAndKeepsItsChildren() {
        String form =
                translated("<label data-zh=\"备注\">Remark <input cam-variable-name=\"remark\" ng-model=\"a\"></label>");

        assertThat(form)
                .contains(">备注<input cam-variable-name=\"remark\" ng-model=\"a\">")
                .doesNotContain("Remark");
    }

    @Test
    void emptyElementGetsItsText() {
        assertThat(translated("<p data-zh=\"说明\"></p>")).contains(">说明</p>");
    }

    @Test
    void attributesGetTheirTexts() {
        String form = translated(
                "<input placeholder=\"Name\" data-zh-placeholder=\"姓名\" title=\"T\" data-zh-title=\"题\" value=\"V\""
                        + " data-zh-value=\"值\">");

        assertThat(form).contains(" placeholder=\"姓名\"", " title=\"题\"", " value=\"值\"");
    }

    @Test
    void translationIsTextAndNeverMarkup() {
        assertThat(translated("<p data-zh=\"&lt;img src=x&gt;\">x</p>"))
                .contains(">&lt;img src=x&gt;</p>")
                .doesNotContain("><img");
    }

    @Test
    void scriptStaysAsItIs() {
        String form = translated(
                "<form role=\"form\" name=\"form\">\n  <h4 data-zh=\"题\">Title</h4>\n" + SCRIPT + "\n</form>");

        assertThat(form).contains(SCRIPT).startsWith("<form role=\"form\" name=\"form\">\n  <h4 ");
    }

    @Test
    void formWithoutTranslationsStaysAsItIs() {
        String form =
                "<form name=\"f\"><table><tbody><tr ng-repeat=\"i in items\"><td>{{i.name}}</td></tr></tbody></table>\n"
                        + SCRIPT + "</form>";

        assertThat(translated(form)).isEqualTo(form);
    }

    @ParameterizedTest
    @MethodSource("org.jiefeng.process.FormTest#htmlForms")
    void scriptsOfOurFormsStayAsTheyAre(Path file) throws IOException {
        String form = Files.readString(file);

        List<String> scripts =
                SCRIPTS.matcher(form).results().map(MatchResult::group).toList();

        assertThat(SCRIPTS.matcher(translated(form)).results().map(MatchResult::group))
                .containsExactlyElementsOf(scripts);
    }
}
