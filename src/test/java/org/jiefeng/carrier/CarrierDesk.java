package org.jiefeng.carrier;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.SealedPapers;
import org.jiefeng.appeal.Stage;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.process.CaseDates;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.StuckSteps;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The carrier room over a real database, with a carrier and an engine that tests play. */
final class CarrierDesk implements AutoCloseable {

    static final String SECRET = "secret-of-the-carrier-1";
    static final String OLD_SECRET = "secret-of-the-carrier-0";
    static final String DIGEST = SamplePapers.DIGEST;

    static final CarrierProperties PROPERTIES = new CarrierProperties(
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofHours(1),
            new CarrierProperties.Calls(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(90),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofHours(4)),
            new CarrierProperties.Breaker(10, 50, Duration.ofMinutes(1)),
            Map.of(
                    Carrier.CHINA_MOBILE,
                    new CarrierProperties.Channel(
                            URI.create("http://127.0.0.1:1"), "key", List.of(SECRET, OLD_SECRET), null, true)));

    final TestRoom room;
    final PlayedCarrier carrier = new PlayedCarrier();
    final CaseMessenger engine = mock(CaseMessenger.class);
    final CaseDates dates = mock(CaseDates.class);
    final StuckSteps steps = mock(StuckSteps.class);

    private CarrierDesk(Function<Consumer<AnnotationConfigApplicationContext>, TestRoom> database) {
        room = database.apply(context -> {
            context.registerBean(CarrierGateway.class, () -> carrier);
            context.registerBean(CaseMessenger.class, () -> engine);
            context.registerBean(CaseDates.class, () -> dates);
            context.registerBean(StuckSteps.class, () -> steps);
            context.registerBean(SealedPapers.class, SamplePapers::new);
            context.registerBean(CarrierProperties.class, () -> PROPERTIES);
            context.registerBean(WorkingCalendar.class, () -> WorkingCalendar.asDelivered());
            context.register(
                    CarrierTexts.class,
                    DisclosureLog.class,
                    CarrierDisclosures.class,
                    CarrierMatters.class,
                    CarrierDeskWork.class,
                    CarrierPolls.class,
                    StuckTransfers.class,
                    Submissions.class,
                    Supplements.class,
                    CarrierInbox.class,
                    CarrierDecisions.class,
                    DueDates.class,
                    Incidents.class,
                    CarrierDates.class,
                    CarrierContacts.class,
                    InboxCorrelator.class,
                    CarrierWebhook.class);
        });
    }

    static CarrierDesk onH2() {
        return new CarrierDesk(room -> TestRoom.onH2(room));
    }

    static CarrierDesk onPostgres() {
        return new CarrierDesk(room -> TestRoom.onPostgres(room));
    }

    /** A case with a sealed dossier, its first round written down. */
    AppealKey prepared() {
        String number = room.openAppeal("employee");
        CaseSheet sheet = room.get(CaseSheet.class);
        sheet.write(number, "accountMask", "138****0001");
        sheet.write(number, "carrierName", "China Mobile");
        sheet.write(number, "dossierManifest", manifest(1));
        room.get(AppealService.class).enterStage(number, Stage.WITH_CARRIER);
        AppealKey key = new AppealKey(number, 1);
        prepare(key);
        return key;
    }

    void prepare(AppealKey key) {
        room.get(Submissions.class)
                .prepare(
                        key,
                        Carrier.CHINA_MOBILE,
                        List.of("COMPLAINT", "HIGH_FREQUENCY"),
                        5,
                        new Guidance("www.10086.cn", "10086", "09:00-18:00", "somewhere", null));
    }

    static String manifest(int round) {
        return SamplePapers.manifest(round);
    }

    /** Whether a case waits for what is brought to it. */
    void caseWaits(boolean waits) {
        when(engine.send(anyString(), anyString(), any())).thenReturn(waits);
    }

    String sheet(String appealNumber, String name) {
        return room.get(CaseSheet.class).find(appealNumber, name).orElse("");
    }

    long rows(String table) {
        return room.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    String stateOfOnlyEvent() {
        return room.jdbc()
                .sql("select state from carrier_event")
                .query(String.class)
                .single();
    }

    List<String> timeline(String appealNumber) {
        return room.jdbc()
                .sql("select kind from timeline where appeal_number = :number order by position")
                .param("number", appealNumber)
                .query(String.class)
                .list();
    }

    @Override
    public void close() throws Exception {
        room.close();
    }
}
