package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.digest.Sha512HashDigest;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Guesses over real HTTP, from as many addresses of the loopback network as it takes. */
class WrongLoginsTest extends RunningApp {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final String END_OF_LINE = new String(new char[] {13, 10});

    @Autowired
    private SlowPasswordHash slowHash;

    private final AtomicInteger evaluated = new AtomicInteger();
    private PasswordManager before;

    @BeforeEach
    void countPasswordsLookedAt() {
        before = configuration().getPasswordManager();
        configuration().setPasswordManager(new PasswordManager(slowHash, List.of()) {
            @Override
            public boolean check(String password, String encrypted) {
                evaluated.incrementAndGet();
                return super.check(password, encrypted);
            }
        });
    }

    @AfterEach
    void countNoMore() {
        configuration().setPasswordManager(before);
    }

    private ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Test
    void aThousandWrongLoginsFromOneAddressLeaveTheOwnerAnother() throws Exception {
        somebody("guessed1");

        List<Integer> answers = guesses(i -> basic("guessed1", "Wrong-Guess-" + i, "127.7.0.1"));

        assertThat(evaluated).hasValueLessThanOrEqualTo(10);
        assertThat(answers).contains(401, 429).doesNotContain(200, 500);
        assertThat(basic("guessed1", PASSWORD, "127.7.0.2").status()).isEqualTo(200);
        assertThat(signIn("guessed1", PASSWORD, "127.7.0.3", "").location()).endsWith("/");
    }

    @Test
    void aThousandWrongLoginsFromAHundredAddressesLeaveTheOwnerTheOwnBrowser() throws Exception {
        somebody("guessed2");
        Reply known = signIn("guessed2", PASSWORD, "127.8.0.1", "");
        assertThat(known.cookie("jiefeng-device-")).contains("HttpOnly", "SameSite=Lax", "Path=/login");
        int evaluatedBefore = evaluated.get();

        guesses(i -> i % 2 == 0
                ? basic("guessed2", "Wrong-Guess-" + i, "127.9.0." + (1 + i % 100))
                : signIn("guessed2", "Wrong-Guess-" + i, "127.9.0." + (1 + i % 100), ""));

        assertThat(evaluated.get() - evaluatedBefore).isPositive().isLessThanOrEqualTo(10);
        assertThat(signIn("guessed2", PASSWORD, "127.9.1.1", "").location())
                .as("somebody new has to wait")
                .endsWith("/login?limited");
        assertThat(signIn("guessed2", PASSWORD, "127.9.1.2", known.cookieValue("jiefeng-device-"))
                        .location())
                .as("the owner's browser at another address")
                .endsWith("/");
        assertThat(signIn("guessed2", PASSWORD, "127.8.0.1", "").location())
                .as("another browser at the owner's address")
                .endsWith("/");
        assertThat(signIn("guessed2", PASSWORD, "127.9.1.3", known.cookieValue("jiefeng-device-") + "x")
                        .location())
                .as("a cookie of one's own making")
                .endsWith("/login?limited");

        assertThat(as("admin", "POST", "/engine-rest/user/guessed2/unlock", "").statusCode())
                .isEqualTo(204);
        assertThat(signIn("guessed2", PASSWORD, "127.9.1.1", "").location()).endsWith("/");
    }

    @Test
    void programsAreGuessedNoFaster() throws Exception {
        List<Integer> answers =
                guesses(i -> call("dialler", "Wrong-Guess-" + i, "127.10.0." + (1 + i % 100), "/api/calls/x"));

        assertThat(answers.stream().filter(status -> status == 401)).hasSizeLessThanOrEqualTo(10);
        assertThat(answers).contains(429);
        assertThat(call("dialler", "Wrong", "127.10.1.1", "/api/calls/x").text())
                .contains("Retry-After", "Too many wrong passwords");
        engine.getIdentityService().unlockUser("dialler");
    }

    @Test
    void anOlderHashIsReadAndMadeAnew() throws Exception {
        IdentityService identity = engine.getIdentityService();
        somebody("veteran");
        UserEntity veteran =
                (UserEntity) identity.createUserQuery().userId("veteran").singleResult();
        String old =
                "{SHA-512}" + new Sha512HashDigest().encrypt(EncryptionUtil.saltPassword(PASSWORD, veteran.getSalt()));
        store(veteran, old);

        assertThat(basic("veteran", "Wrong-Guess-1", "127.11.0.1").status()).isEqualTo(401);
        assertThat(stored("veteran")).startsWith("{SHA-512}");
        assertThat(basic("veteran", PASSWORD, "127.11.0.1").status()).isEqualTo(200);
        assertThat(stored("veteran")).startsWith("{pbkdf2-sha512}1000$");
        assertThat(basic("veteran", PASSWORD, "127.11.0.1").status()).isEqualTo(200);
    }

    @Test
    void aChangedPasswordIsNoLongerRecognised() throws Exception {
        somebody("changer");
        assertThat(basic("changer", PASSWORD, "127.12.0.1").status()).isEqualTo(200);
        User changer =
                engine.getIdentityService().createUserQuery().userId("changer").singleResult();
        changer.setPassword("Another-Demo-1");
        engine.getIdentityService().saveUser(changer);

        assertThat(basic("changer", PASSWORD, "127.12.0.1").status()).isEqualTo(401);
        assertThat(basic("changer", "Another-Demo-1", "127.12.0.1").status()).isEqualTo(200);
    }

    private void store(UserEntity person, String hash) {
        configuration().getCommandExecutorTxRequired().execute(context -> {
            UserEntity row = context.getDbEntityManager().selectById(UserEntity.class, person.getId());
            row.setDbPassword(hash);
            return null;
        });
    }

    private String stored(String id) {
        return ((UserEntity)
                        engine.getIdentityService().createUserQuery().userId(id).singleResult())
                .getPassword();
    }

    private void somebody(String id) {
        IdentityService identity = engine.getIdentityService();
        User user = identity.newUser(id);
        user.setFirstName("Guessed");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership(id, Groups.EMPLOYEES);
    }

    private interface Guess {
        Reply make(int i) throws IOException;
    }

    /** A thousand, sixteen at once; their status codes. */
    private static List<Integer> guesses(Guess guess) throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Integer>> all = IntStream.range(0, 1000)
                    .mapToObj(i -> threads.submit(() -> guess.make(i).status()))
                    .toList();
            return all.stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private Reply basic(String user, String password, String address) throws IOException {
        return call(user, password, address, "/engine-rest/filter/count");
    }

    private Reply call(String user, String password, String address, String path) throws IOException {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(address, List.of("GET " + path + " HTTP/1.1", "Authorization: Basic " + basic), "");
    }

    /** The login page and its form. */
    private Reply signIn(String user, String password, String address, String cookie) throws IOException {
        Reply page = send(address, List.of("GET /login HTTP/1.1"), "");
        Matcher token = TOKEN.matcher(page.text());
        assertThat(token.find()).isTrue();
        return send(
                address,
                List.of(
                        "POST /login HTTP/1.1",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Cookie: " + page.cookieValue("JSESSIONID=") + (cookie.isEmpty() ? "" : "; " + cookie)),
                "username=" + user + "&password=" + password + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
    }

    /** By hand, because Java's own client cannot choose its address. */
    private Reply send(String from, List<String> head, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            List<String> lines = new ArrayList<>(head);
            lines.addAll(List.of(
                    "Host: 127.0.0.1:" + port, "Connection: close", "Content-Length: " + body.length(), "", body));
            String text = String.join(END_OF_LINE, lines);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new Reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(from, e);
        }
    }

    private record Reply(String text) {

        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        String location() {
            Matcher location = Pattern.compile("(?m)^Location: (\\S+)").matcher(text);
            return location.find() ? location.group(1) : text;
        }

        String cookie(String name) {
            return text.lines()
                    .filter(line -> line.startsWith("Set-Cookie: " + name))
                    .findFirst()
                    .orElseThrow();
        }

        String cookieValue(String name) {
            return cookie(name).substring("Set-Cookie: ".length()).split(";", 2)[0];
        }
    }
}
