package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FormTranslationTest {

    private static final String FORM = """
            {"id": "judge", "components": [
              {"type": "group", "label": "The case", "properties": {"label.zh": "案件"}, "components": [
                {"type": "radio", "key": "judgement", "label": "Judgement", "description": "Once",
                 "values": [{"label": "Support", "value": "SUPPORT"}, {"label": "Refuse", "value": "REFUSE"}],
                 "properties": {"label.zh": "判断", "values.SUPPORT.zh": "支持", "values.GONE.zh": "无", "owner": "x"}},
                {"type": "textfield", "key": "ticket", "label": "Ticket",
                 "validate": {"pattern": "[a-z]+", "patternErrorMessage": "Letters only"},
                 "appearance": {"suffixAdorner": "calls"},
                 "properties": {"label.zh": "工单号", "validate.patternErrorMessage.zh": "只能是字母",
                   "appearance.suffixAdorner.zh": "次", "description.zh": "多余"}}]},
              {"type": "text", "text": "Hello {{name}}", "properties": {"text.zh": "你好{{name}}"}}]}
            """;

    private static JsonNode translated(String language) throws IOException {
        return new ObjectMapper().readTree(FormTranslation.translate(FORM.getBytes(StandardCharsets.UTF_8), language));
    }

    @Test
    void textsOfEveryDepthAreReplaced() throws IOException {
        JsonNode form = translated("zh");

        assertThat(form.at("/components/0/label").asText()).isEqualTo("案件");
        assertThat(form.at("/components/0/components/0/label").asText()).isEqualTo("判断");
        assertThat(form.at("/components/1/text").asText()).isEqualTo("你好{{name}}");
    }

    @Test
    void nestedTextsAreReplacedByTheirPath() throws IOException {
        JsonNode ticket = translated("zh").at("/components/0/components/1");

        assertThat(ticket.at("/validate/patternErrorMessage").asText()).isEqualTo("只能是字母");
        assertThat(ticket.at("/validate/pattern").asText()).isEqualTo("[a-z]+");
        assertThat(ticket.at("/appearance/suffixAdorner").asText()).isEqualTo("次");
    }

    @Test
    void optionsAreFoundByTheirValueAndKeepIt() throws IOException {
        JsonNode options = translated("zh").at("/components/0/components/0/values");

        assertThat(options.at("/0/label").asText()).isEqualTo("支持");
        assertThat(options.at("/0/value").asText()).isEqualTo("SUPPORT");
        assertThat(options.at("/1/label").asText()).isEqualTo("Refuse");
    }

    @Test
    void textWithoutCounterpartStaysAndCounterpartWithoutTextAddsNone() throws IOException {
        JsonNode form = translated("zh");

        assertThat(form.at("/components/0/components/0/description").asText()).isEqualTo("Once");
        assertThat(form.at("/components/0/components/1/description").isMissingNode())
                .isTrue();
        assertThat(form.at("/components/0/components/0/values")).hasSize(2);
    }

    @Test
    void anotherLanguageChangesNothing() throws IOException {
        assertThat(translated("de")).isEqualTo(new ObjectMapper().readTree(FORM));
    }
}
