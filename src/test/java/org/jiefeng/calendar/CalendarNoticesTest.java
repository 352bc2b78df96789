package org.jiefeng.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.MessageSource;

/** Notices on the table: which are taken, which are refused and why, and what counts afterwards. */
class CalendarNoticesTest {

    private static final String NOTICE = """
            # Source: State Council notice of a test
            from,to,kind,name
            2027-01-01,2027-01-03,HOLIDAY,New Year
            2027-01-09,2027-01-09,WORKDAY,for New Year
            """;

    private TestRoom room;
    private CalendarNotices notices;

    TestRoom open() {
        return TestRoom.onH2(context -> context.register(CalendarNotices.class, WorkingCalendar.class));
    }

    @BeforeEach
    void setUp() {
        room = open();
        notices = room.get(CalendarNotices.class);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void aNoticeCountsAtOnceHereAndOnOtherNodes() {
        WorkingCalendar here = room.get(WorkingCalendar.class);
        WorkingCalendar otherNode = otherNode();
        assertThat(otherNode.isCovered(2027)).isFalse();
        assertThat(otherNode.plusWorkingDays(LocalDate.of(2026, 12, 31), 1)).isEqualTo("2027-01-01");

        take(NOTICE);

        assertThat(Stream.of(here, otherNode)).allSatisfy(calendar -> {
            assertThat(calendar.isCovered(2027)).isTrue();
            assertThat(calendar.plusWorkingDays(LocalDate.of(2026, 12, 31), 1)).isEqualTo("2027-01-04");
            assertThat(calendar.isWorkingDay(LocalDate.of(2027, 1, 9))).isTrue();
        });
    }

    @Test
    void aCorrectionReplacesTheNoticeOnOtherNodesTooAndTheEarlierOneStaysOnRecord() {
        WorkingCalendar otherNode = otherNode();
        take(NOTICE);
        assertThat(otherNode.isWorkingDay(LocalDate.of(2027, 1, 4))).isTrue();
        room.now(Instant.parse("2026-11-25T02:00:00Z"));

        String corrected = NOTICE.replace("2027-01-03,HOLIDAY", "2027-01-04,HOLIDAY");
        notices.take(2027, corrected.getBytes(StandardCharsets.UTF_8), "owner2");

        assertThat(otherNode.isWorkingDay(LocalDate.of(2027, 1, 4))).isFalse();
        List<CalendarNotices.Notice> brought = notices.brought();
        assertThat(brought).extracting(CalendarNotices.Notice::takenBy).containsExactly("owner2", "owner");
        assertThat(brought.get(0).takenAt()).isEqualTo("2026-11-25T02:00:00Z");
        assertThat(brought.get(1).source()).isEqualTo("State Council notice of a test");
        assertThat(notices.text(brought.get(1).id())).contains(NOTICE);
    }

    @Test
    void aNoticeWinsOverWhatTheReleaseBrings() {
        WorkingCalendar calendar = room.get(WorkingCalendar.class);
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 3, 4))).isTrue();

        notices.take(2026, "# 来源：更正\n2026-03-04,2026-03-04,HOLIDAY,moved\n".getBytes(StandardCharsets.UTF_8), "owner");

        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 3, 4))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 1))).isTrue();
    }

    @Test
    void thisYearAndTheNextAreMissedUntilTheyAreBrought() {
        assertThat(notices.missing()).containsExactly(2027);

        take(NOTICE);

        assertThat(notices.missing()).isEmpty();
        assertThat(notices.years()).containsExactly(2027, 2026, 2025);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("2027-03-01,2027-03-01,FEAST,x", "Line 5: The kind is HOLIDAY or WORKDAY, not FEAST."),
                Arguments.of("2026-03-01,2026-03-01,HOLIDAY,x", "Line 5: The days do not lie in 2027."),
                Arguments.of("2027-12-31,2028-01-02,HOLIDAY,x", "Line 5: The days do not lie in 2027."),
                Arguments.of("2027-03-03,2027-03-01,HOLIDAY,x", "Line 5: The last day comes before the first."),
                Arguments.of(
                        "2027-13-01,2027-13-01,HOLIDAY,x",
                        "Line 5: 2027-13-01,2027-13-01 are no two dates like 2027-01-31."),
                Arguments.of("2027-03-01", "Line 5: Four values are needed: from,to,kind,name."),
                Arguments.of("2027-03-01,2027-03-01,HOLIDAY, ", "Line 5: Four values are needed: from,to,kind,name."),
                Arguments.of("2027-01-02,2027-01-05,HOLIDAY,x", "Line 5: 2027-01-02 stands in line 3 already."),
                Arguments.of("2027-01-03,2027-01-03,WORKDAY,x", "Line 5: 2027-01-03 stands in line 3 already."),
                Arguments.of(
                        "2027-03-01,2027-03-01,WORKDAY,a Monday",
                        "Line 5: 2027-03-01 is neither a Saturday nor a Sunday; only weekend days are worked instead."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsWrongIsNamedWithItsLine(String line, String reason) {
        assertRefused((NOTICE + line).getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void everyWrongLineIsNamedAtOnce() {
        assertRefused(
                (NOTICE + "rubbish\n2026-03-01,2026-03-01,HOLIDAY,x\n").getBytes(StandardCharsets.UTF_8),
                "Line 5: Four values are needed: from,to,kind,name.",
                "Line 6: The days do not lie in 2027.");
    }

    @Test
    void aSourceAndADayOffAreNeeded() {
        assertRefused(
                NOTICE.replace("# Source:", "# From").getBytes(StandardCharsets.UTF_8),
                "No line says where this comes from. Add one like # Source: State Council notice of ..., in at most 300 characters.");
        assertRefused(
                "# Source: x\n2027-01-09,2027-01-09,WORKDAY,x\n".getBytes(StandardCharsets.UTF_8),
                "The file names no day off.");
    }

    @Test
    void aSpreadsheetsFileIsReadOrRefusedWithAReason() {
        assertRefused(
                NOTICE.replace("New Year", "元旦").getBytes(Charset.forName("GBK")),
                "The file is not in UTF-8. Save it as CSV UTF-8.");
        assertRefused(
                (NOTICE + "#".repeat(16_001)).getBytes(StandardCharsets.UTF_8),
                "The file is too long; at most 16000 characters are read.");

        take("\uFEFF" + NOTICE.replace("\n", "\r\n"));

        assertThat(notices.years()).contains(2027);
    }

    @Test
    void whatIsInForceAlreadyIsNotTakenTwice() {
        take(NOTICE);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> take(NOTICE))
                .withMessage("The notice of 2027 is in force already, word for word.");
        assertThat(notices.brought()).hasSize(1);
    }

    private WorkingCalendar otherNode() {
        return new WorkingCalendar(new CalendarNotices(
                room.jdbc(),
                room.get(MessageSource.class),
                Locale.ENGLISH,
                room.get(TestRoom.MovableClock.class),
                event -> {}));
    }

    private void take(String text) {
        notices.take(2027, text.getBytes(StandardCharsets.UTF_8), "owner");
    }

    private void assertRefused(byte[] file, String... reasons) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> notices.take(2027, file, "owner"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::reason)
                        .containsExactly(reasons));
        assertThat(notices.brought()).isEmpty();
    }
}
