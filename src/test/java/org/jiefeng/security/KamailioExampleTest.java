package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jiefeng.app.DebianPackages;
import org.jiefeng.app.FreePort;
import org.jiefeng.security.SipPhone.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.DigestUtils;

/**
 * The gateway of {@code docs/dialers/kamailio.cfg}, run by a real Kamailio between a dialler and a trunk: a forbidden call
 * never reaches the trunk, an allowed one is reported with its beginning and its end.
 */
class KamailioExampleTest extends RunningApp {

    /** Of employee2 in the demo; the callees agreed there. */
    private static final String CALLER = "13900000006";

    private static final String CONFIGURATION = "docs/dialers/kamailio.cfg";

    @TempDir
    Path folder;

    @Autowired
    private JdbcClient jdbc;

    private final ExecutorService peer = Executors.newSingleThreadExecutor();
    private SipPhone dialler = new SipPhone();
    private SipPhone trunk = new SipPhone();
    private int gateway;
    private Optional<Process> kamailio = Optional.empty();

    KamailioExampleTest() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = find().or(KamailioExampleTest::install);
        assumeTrue(
                program.isPresent(),
                "No Kamailio on this machine (Debian: apt-get install kamailio kamailio-json-modules"
                        + " kamailio-utils-modules): its example is not tried");
        ClockUtil.setCurrentTime(Date.from(LocalDate.now(ZoneId.of("Asia/Shanghai"))
                .plusDays(1)
                .atTime(10, 0)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant()));
        gateway = FreePort.find();
        ProcessBuilder start = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "-DD",
                        "-m",
                        "32",
                        "-M",
                        "4",
                        "-Y",
                        folder.toString(),
                        "-f",
                        CONFIGURATION)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kamailio.log").toFile());
        start.environment().put("JIEFENG_URL", "http://dialler:" + PASSWORD + "@127.0.0.1:" + port + "/api/calls");
        start.environment().put("GATEWAY_ADDRESS", "udp:127.0.0.1:" + gateway);
        start.environment().put("TRUNK", "127.0.0.1:" + trunk.port());
        kamailio = Optional.of(start.start());
    }

    @AfterEach
    void stop() throws InterruptedException {
        kamailio.ifPresent(Process::destroy);
        if (kamailio.isPresent()) {
            kamailio.get().waitFor();
        }
        peer.shutdownNow();
        dialler.close();
        trunk.close();
        ClockUtil.reset();
        jdbc.sql("delete from call_record where call_reference in (:mine)")
                .param("mine", List.of(reference("spoken"), reference("busy"), reference("barred")))
                .update();
    }

    private static Optional<Path> find() {
        return Stream.of("/usr/sbin/kamailio", "/usr/local/sbin/kamailio")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        return DebianPackages.install("kamailio", "kamailio-json-modules", "kamailio-utils-modules")
                ? find()
                : Optional.empty();
    }

    @Test
    void allowedCallIsReportedAndForbiddenOneStopsAtTheGateway() throws Exception {
        Future<Message> rings = peer.submit(() -> answer("200 OK"));
        Message answered = call("spoken", "19900000010");
        assertThat(answered.startLine()).isEqualTo("SIP/2.0 200 OK");
        assertThat(rings.get().startLine()).startsWith("INVITE sip:19900000010@127.0.0.1:" + trunk.port());
        assertThat(outcome("spoken")).isEqualTo("UNDERWAY");

        Future<Message> ends = peer.submit(() -> {
            Message bye = trunk.await("BYE");
            reply(bye, "200 OK");
            return bye;
        });
        hangUp(answered);
        ends.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> outcome("spoken").equals("ANSWERED"));

        Future<Message> engaged = peer.submit(() -> answer("486 Busy Here"));
        assertThat(call("busy", "19900000011").startLine()).startsWith("SIP/2.0 486");
        engaged.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> outcome("busy").equals("BUSY"));

        // Nobody of that number ever agreed to be called.
        assertThat(call("barred", "13812345678").startLine()).isEqualTo("SIP/2.0 603 Decline");
        assertThat(trunk.isCalled()).isFalse();
        assertThat(outcome("barred")).isEqualTo("none");
        assertThat(Files.readString(folder.resolve("kamailio.log")))
                .doesNotContain(CALLER, PASSWORD, "is not reported");
    }

    private Message call(String id, String callee) throws IOException {
        Message answer = dialler.ask(
                gateway,
                "INVITE sip:" + callee + "@127.0.0.1:" + gateway + " SIP/2.0",
                via(id),
                "Max-Forwards: 70",
                "From: <sip:" + CALLER + "@127.0.0.1>;tag=" + id,
                "To: <sip:" + callee + "@127.0.0.1>",
                "Call-ID: " + id,
                "CSeq: 1 INVITE",
                "Contact: <sip:" + CALLER + "@127.0.0.1:" + dialler.port() + ">");
        if (!answer.startLine().contains(" 200 ")) {
            dialler.send(
                    gateway,
                    "ACK sip:" + callee + "@127.0.0.1:" + gateway + " SIP/2.0",
                    via(id),
                    "Max-Forwards: 70",
                    answer.lines("From").get(0),
                    answer.lines("To").get(0),
                    "Call-ID: " + id,
                    "CSeq: 1 ACK");
        }
        return answer;
    }

    private void hangUp(Message answered) throws IOException {
        dialler.send(gateway, inDialog("ACK", 1, answered));
        Message end = dialler.ask(gateway, inDialog("BYE", 2, answered));
        // The 200 of the INVITE comes again until its ACK has arrived.
        while (!end.value("CSeq").endsWith("BYE")) {
            end = dialler.ask(gateway, inDialog("BYE", 2, answered));
        }
        assertThat(end.startLine()).isEqualTo("SIP/2.0 200 OK");
    }

    private String[] inDialog(String method, int number, Message answered) {
        String contact = answered.value("Contact");
        return new String[] {
            method + " " + contact.substring(contact.indexOf('<') + 1, contact.indexOf('>')) + " SIP/2.0",
            via(method + number),
            "Max-Forwards: 70",
            answered.lines("From").get(0),
            answered.lines("To").get(0),
            answered.lines("Call-ID").get(0),
            "CSeq: " + number + " " + method,
            answered.lines("Record-Route").get(0).replaceFirst("(?i)Record-Route", "Route")
        };
    }

    private String via(String branch) {
        return "Via: SIP/2.0/UDP 127.0.0.1:" + dialler.port() + ";branch=z9hG4bK-" + branch;
    }

    private Message answer(String status) throws IOException {
        Message invite = trunk.await("INVITE");
        reply(invite, status);
        return invite;
    }

    private void reply(Message request, String status) throws IOException {
        String[] lines = Stream.of(
                        Stream.of("SIP/2.0 " + status),
                        request.lines("Via").stream(),
                        request.lines("Record-Route").stream(),
                        request.lines("From").stream(),
                        request.lines("To").stream().map(to -> to.contains("tag=") ? to : to + ";tag=trunk"),
                        request.lines("Call-ID").stream(),
                        request.lines("CSeq").stream(),
                        Stream.of("Contact: <sip:127.0.0.1:" + trunk.port() + ">"))
                .flatMap(Function.identity())
                .toArray(String[]::new);
        trunk.send(gateway, lines);
    }

    private static String reference(String callId) {
        return DigestUtils.md5DigestAsHex(callId.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code none} when no such call is on record. */
    private String outcome(String callId) {
        return jdbc.sql("select outcome from call_record where call_reference = :reference")
                .param("reference", reference(callId))
                .query(String.class)
                .optional()
                .orElse("none");
    }
}
