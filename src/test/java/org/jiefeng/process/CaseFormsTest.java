package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.jiefeng.appeal.CaseSheet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

class CaseFormsTest {

    private final CaseSheet sheet = mock();
    private final ObjectProvider<FormService> engine = mock();
    private final CaseForms forms = new CaseForms(sheet, engine, new ObjectMapper(), mock());

    private static String form(String name) throws IOException {
        return Files.readString(Path.of("forms", name));
    }

    @Test
    void onlyTheFormsOwnFieldsGetInAndWordsGoToTheCaseSheet() throws IOException {
        CaseForms.Answers answers = forms.divide(
                form("confirm-next-step.form"),
                Map.of(
                        "managerAgrees",
                        "NO",
                        "managerComment",
                        " Try once more ",
                        "nextStep",
                        "STOP",
                        "carrierOutcome",
                        "X"));

        assertThat(answers.variables()).isEqualTo(Map.of("managerAgrees", "NO"));
        assertThat(answers.texts()).isEqualTo(Map.of("managerComment", "Try once more"));
    }

    @Test
    void formIsGivenWhatItShowsAndNoEarlierAnswers() throws IOException {
        when(sheet.texts("AP-2026-000001"))
                .thenReturn(Map.of("accountMask", "138****0001", "contactNote", "No news", "noticeText", "Stopped"));

        assertThat(forms.shownBy(form("contact-carrier.form"), "AP-2026-000001", "task"))
                .containsOnlyKeys("accountMask");
        assertThat(forms.shownBy(form("judge-report.form"), "AP-2026-000001", "task"))
                .containsOnlyKeys("accountMask", "noticeText");
    }

    @Test
    void judgementStartsEmptyAndARevisedReportStartsFromTheEarlierOne() throws IOException {
        when(sheet.texts("AP-2026-000001")).thenReturn(Map.of("reportReason", "Earlier", "selfMeasures", "Course"));

        assertThat(forms.startingEmpty(form("judge-report.form")))
                .containsExactlyInAnyOrder("managerJudgement", "judgementReasonCode", "judgementReason");
        assertThat(forms.startingEmpty(form("report-to-manager.form"))).containsExactly("causeSource");
        assertThat(forms.shownBy(form("report-to-manager.form"), "AP-2026-000001", "task"))
                .containsOnlyKeys("reportReason", "selfMeasures");
    }

    @Test
    void twoTasksOfOneCaseShowEachItsOwnText() throws IOException {
        when(sheet.texts("AP-2026-000001"))
                .thenReturn(Map.of("employeeName", "Li Na", "measureText", "Course: what was published last"));
        when(sheet.answers("first")).thenReturn(Map.of("measureText", "Course: cadence"));
        when(sheet.answers("second")).thenReturn(Map.of("measureText", "Other: a pause"));

        assertThat(forms.shownBy(form("check-measure.form"), "AP-2026-000001", "first"))
                .containsEntry("measureText", "Course: cadence")
                .containsEntry("employeeName", "Li Na");
        assertThat(forms.shownBy(form("check-measure.form"), "AP-2026-000001", "second"))
                .containsEntry("measureText", "Other: a pause");
    }

    @Test
    void htmlFormKeepsItsVariables() {
        assertThat(forms.startingEmpty("<form><input cam-variable-name=\"companyDecision\"></form>"))
                .isEmpty();
    }
}
