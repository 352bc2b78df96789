package org.jiefeng.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Objects;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.CourseTitles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.server.ResponseStatusException;

/** Who reads whose conduct record, and who confirms it. */
class ConductPageTest {

    private TestRoom room;
    private ConductPage page;

    @BeforeEach
    void setUp() {
        room = TestRoom.onH2(context -> {
            context.registerBean(CourseTitles.class, () -> code -> "Course " + code);
            context.register(ConductPage.class);
        });
        page = room.get(ConductPage.class);
        room.openAppeal("employee");
        room.get(ConductRecord.class).warn("employee", "AP-2026-000001", "OUT_OF_HOURS", "Called too late");
    }

    @AfterEach
    void tearDown() {
        room.close();
    }

    private static Authentication person(String id, String... groups) {
        return new TestingAuthenticationToken(id, "", groups);
    }

    @SuppressWarnings("unchecked")
    private List<ConductPage.Line> seen(String person, Authentication reader) {
        ExtendedModelMap model = new ExtendedModelMap();
        page.show(person, model, reader);
        return (List<ConductPage.Line>) Objects.requireNonNull(model.get("notes"));
    }

    @Test
    void theEmployeeReadsWhatToLearnAndFromWhichCase() {
        assertThat(seen("", person("employee", "employees")))
                .singleElement()
                .returns("Called too late", ConductPage.Line::text)
                .returns("/appeals/AP-2026-000001", ConductPage.Line::page)
                .returns(List.of(new ConductPage.Lesson("CADENCE", "Course CADENCE")), ConductPage.Line::lessons)
                .returns(null, ConductPage.Line::readAt);
    }

    @Test
    void theOwnLeaderAndAuditorsReadAlongAndNobodyElseDoes() {
        assertThat(seen("employee", person("manager", "managers"))).hasSize(1);
        assertThat(seen("employee", person("deputy", "managers"))).hasSize(1);
        assertThat(seen("employee", person("auditor", "auditors"))).hasSize(1);
        for (Authentication other : List.of(person("colleague", "employees"), person("other", "managers"))) {
            assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> seen("employee", other));
        }
    }

    @Test
    void onlyThePersonConcernedConfirmsHavingRead() {
        long id = seen("", person("employee", "employees")).get(0).id();

        assertThatExceptionOfType(ResponseStatusException.class)
                .isThrownBy(() -> page.read(id, person("manager", "managers")));
        assertThat(seen("employee", person("manager", "managers")).get(0).readAt())
                .isNull();
        page.read(id, person("employee", "employees"));

        assertThat(seen("employee", person("manager", "managers")).get(0).readAt())
                .isEqualTo("2026-03-03 10:00");
    }
}
