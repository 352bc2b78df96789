package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.jiefeng.account.ProtectionProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.client.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Login by an OpenID provider, as a browser walks it, against a real one over HTTP; only the engine is a small one. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = OidcLoginTest.Application.class,
        properties = {
            "spring.profiles.active=demo",
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=127\\.0\\.0\\.1",
            "spring.security.oauth2.client.registration.house.client-id=" + OidcProvider.CLIENT,
            "spring.security.oauth2.client.registration.house.client-secret=between-us",
            "spring.security.oauth2.client.registration.house.client-name=House directory",
            "spring.security.oauth2.client.registration.house.scope=openid",
            "spring.security.oauth2.client.provider.house.user-name-attribute=preferred_username",
            "jiefeng.security.break-glass=warden",
            "jiefeng.security.directory.groups-claim=teams",
            "jiefeng.security.directory.groups.[Heads/Sales]=managers",
            "jiefeng.security.directory.groups.[Sales]=employees"
        })
class OidcLoginTest {

    private static final String PASSWORD = DemoPeople.PASSWORD;
    private static final OidcProvider PROVIDER = provider();

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identity;

    private static OidcProvider provider() {
        try {
            return new OidcProvider();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.client.provider.house.issuer-uri", PROVIDER::issuer);
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @AfterEach
    void honest() {
        PROVIDER.forgery = UnaryOperator.identity();
        PROVIDER.signedBySomebodyElse = false;
    }

    /**
     * What login needs, and an engine with nothing but people. Without an annotation of a configuration, by which the whole
     * application's tests would find it.
     */
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        MessageSourceAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        OAuth2ClientAutoConfiguration.class,
        OAuth2ClientWebSecurityAutoConfiguration.class
    })
    @EnableConfigurationProperties({SecurityProperties.class, ProtectionProperties.class})
    @Import({
        SecurityConfiguration.class,
        OidcLogin.class,
        EngineLogin.class,
        ServiceAccounts.class,
        LoginLimits.class,
        LoginRefusal.class,
        KnownDevices.class,
        LoginController.class
    })
    static class Application {

        @Bean(destroyMethod = "close")
        ProcessEngine engine(SlowPasswordHash hash) {
            var configuration = new StandaloneInMemProcessEngineConfiguration();
            // Not "default": the web apps of other tests in this process would find this one by that name.
            configuration.setProcessEngineName("oidc");
            configuration.setJdbcUrl("jdbc:h2:mem:oidc");
            configuration.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._-]*");
            configuration.setPasswordEncryptor(hash);
            configuration.setDbMetricsReporterActivate(false);
            ProcessEngine engine = configuration.buildProcessEngine();
            IdentityService identity = engine.getIdentityService();
            for (String id : Groups.ALL) {
                Group group = identity.newGroup(id);
                group.setName(id);
                identity.saveGroup(group);
            }
            for (String id : List.of("zhang.min", "warden", "notice-feed")) {
                User person = identity.newUser(id);
                person.setFirstName(id);
                person.setPassword(PASSWORD);
                identity.saveUser(person);
            }
            identity.createMembership("zhang.min", Groups.AUDITORS);
            identity.createMembership("warden", Groups.ADMINISTRATORS);
            return engine;
        }

        @Bean
        IdentityService identity(ProcessEngine engine) {
            return engine.getIdentityService();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Locale deploymentLocale() {
            return Locale.ENGLISH;
        }
    }

    /** A browser that follows where it is sent, by hand, so that each step can be looked at. */
    private final class Browser {

        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();

        HttpResponse<String> get(String address) {
            return send(HttpRequest.newBuilder(URI.create(address)).build());
        }

        HttpResponse<String> send(HttpRequest request) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** From our login page to the provider and back; the address we are sent to then. */
        String signIn() {
            assertThat(get(at("/login")).body()).contains("/oauth2/authorization/house", "House directory");
            String provider = location(get(at("/oauth2/authorization/house")));
            assertThat(provider).startsWith(PROVIDER.issuer() + "/authorize").contains("nonce=", "state=");
            return location(get(location(get(provider))));
        }

        int ask(String path) {
            return get(at(path)).statusCode();
        }
    }

    private String at(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static void present(String id, String... teams) {
        PROVIDER.person = Map.of("preferred_username", id, "given_name", "Li", "teams", List.of(teams));
    }

    @Test
    void whomTheProviderVouchesForIsThePersonOfThatId() {
        present("zhang.min");
        Browser browser = new Browser();

        assertThat(browser.signIn()).isEqualTo(at("/"));
        assertThat(location(browser.get(at("/")))).as("an auditor's work").endsWith("/camunda/app/cockpit/default/");
        assertThat(browser.ask("/api/csrf")).isEqualTo(200);
    }

    @Test
    void groupsFollowTheProvider() {
        present("li.new", "Sales", "Canteen");
        assertThat(new Browser().signIn()).isEqualTo(at("/"));
        assertThat(groupsOf("li.new")).containsExactly("employees");

        present("li.new", "Heads/Sales");
        assertThat(new Browser().signIn()).isEqualTo(at("/"));
        assertThat(groupsOf("li.new")).containsExactly("managers");
        assertThat(groupsOf("zhang.min")).as("not a mapped group").contains("auditors");
    }

    @Test
    void whoIsNotKnownAndInNoGroupIsRefused() {
        present("stranger", "Canteen");
        Browser browser = new Browser();

        assertThat(browser.signIn()).endsWith("/login?refused");
        assertThat(browser.ask("/api/csrf")).isEqualTo(401);
        assertThat(identity.createUserQuery().userId("stranger").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../admin", "li na", "notice-feed", "a;b"})
    void anIdThatIsNoPersonsIsRefused(String id) {
        present(id, "Sales");

        assertThat(new Browser().signIn()).contains("/login?refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "issuer", "audience", "expired", "signature", "no nonce"})
    void aForgedTokenIsRefused(String what) {
        present("zhang.min");
        switch (what) {
            case "nonce" -> PROVIDER.forgery = claims -> claims.claim("nonce", "another");
            case "no nonce" -> PROVIDER.forgery = claims -> claims.claim("nonce", null);
            case "issuer" -> PROVIDER.forgery = claims -> claims.issuer("http://127.0.0.1:1");
            case "audience" -> PROVIDER.forgery = claims -> claims.audience("another-client");
            case "expired" ->
                PROVIDER.forgery =
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(600)));
            default -> PROVIDER.signedBySomebodyElse = true;
        }
        Browser browser = new Browser();

        assertThat(browser.signIn()).contains("/login?refused");
        assertThat(browser.ask("/api/csrf")).isEqualTo(401);
    }

    @Test
    void anAnswerNobodyAskedForIsRefused() {
        Browser browser = new Browser();

        assertThat(location(browser.get(at("/login/oauth2/code/house?code=code-0&state=made-up"))))
                .contains("/login?refused");
        assertThat(browser.ask("/api/csrf")).isEqualTo(401);
    }

    @Test
    void onlyTheBreakGlassAccountStillHasAPassword() {
        assertThat(byPassword("zhang.min")).endsWith("/login?error");
        assertThat(byPassword("warden")).isEqualTo(at("/"));
    }

    private String byPassword(String id) {
        Browser browser = new Browser();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(browser.get(at("/login")).body());
        assertThat(token.find()).isTrue();
        return location(browser.send(HttpRequest.newBuilder(URI.create(at("/login")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + id + "&password=" + PASSWORD + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                .build()));
    }

    private List<String> groupsOf(String id) {
        return identity.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .toList();
    }
}
