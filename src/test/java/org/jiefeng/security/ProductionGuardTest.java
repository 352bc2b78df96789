package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** What may not go to production does not start there; an exception here is exit code 1 of the process. */
class ProductionGuardTest {

    private static final Map<String, Object> FIT = Map.of(
            "spring.datasource.url", "jdbc:postgresql://db/jiefeng",
            "jiefeng.protection.key", "c2VjcmV0IG9mIHRoaXMgY29tcGFueSBhbG9uZSE=",
            "jiefeng.timeline.key", "dGltZWxpbmVzIG9mIHRoaXMgY29tcGFueSBhbG9uZSE=",
            "jiefeng.protection.index-key", "YW5vdGhlciBvZiB0aGlzIGNvbXBhbnkgYWxvbmU=");

    private static void start(Map<String, Object> settings, String... profiles) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setActiveProfiles(profiles);
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        new ProductionGuard().postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void whatIsFitStarts() {
        assertThatCode(() -> start(FIT, "production")).doesNotThrowAnyException();
    }

    @Test
    void theDemoIsNotLookedAt() {
        assertThatCode(() -> start(Map.of(), "demo")).doesNotThrowAnyException();
    }

    @Test
    void bothProfilesAtOnceAreRefused() {
        assertThatThrownBy(() -> start(FIT, "production", "demo")).hasMessageContaining("profile demo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spring.datasource.url | jdbc:h2:file:./data/jiefeng",
                "spring.datasource.url | jdbc:h2:mem:x",
                "spring.datasource.url | ''",
                "jiefeng.protection.key | ''",
                "jiefeng.timeline.key | ''",
                "jiefeng.timeline.key | demo-key-for-sealing-timelines-0001",
                "jiefeng.protection.key | demo-key-for-personal-data-at-rest-0001",
                "jiefeng.carrier.china-mobile.secret | demo-secret",
                "jiefeng.carrier.secrets[0] | demo-secret",
                "jiefeng.simulator.enabled | true",
                "jiefeng.carrier.simulator.enabled | true",
                "jiefeng.notification.base-url | http://jiefeng.example.com",
                "jiefeng.notification.robots.liaisons.url | http://127.0.0.1:8080",
                "jiefeng.notification.robots.liaisons.secret | demo-secret",
                "jiefeng.notification.mail.protection | NONE",
                "jiefeng.security.first-admin.password | Jiefeng-Demo-1",
                "jiefeng.security.first-admin.password | Short-1",
                "jiefeng.security.password-rounds | 1000",
                "jiefeng.security.service-accounts[0].password-hash | {noop}not-hashed-at-all",
                "jiefeng.security.service-accounts[0].password-hash | 5f4dcc3b5aa765d61d8327deb882cf99",
                "jiefeng.protection.key | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "jiefeng.carrier.channels.china-mobile.api-key | changeme",
                "jiefeng.carrier.channels.china-mobile.webhook-secrets[0] | secret",
                "spring.datasource.password | postgres",
                "spring.security.oauth2.client.registration.house.client-secret | demo-client-secret-0001",
                "spring.security.oauth2.client.registration.house.client-secret | secret",
                "jiefeng.security.service-accounts[0].password-hash | "
                        + "{bcrypt}$2a$10$MAtp4AUMdrZ7On35XmTQ8.eVRvm//6oGkXDm.7RDt/BOgFhFJq/ga"
            })
    void aPieceOfTheDemoIsRefused(String name, String value) {
        Map<String, Object> settings = new HashMap<>(FIT);
        settings.put(name, value);

        assertThatThrownBy(() -> start(settings, "production"))
                .hasMessageContaining("Not fit for production")
                .hasMessageContaining(name.replace("[", ".").replace("]", "").split("\\.")[0])
                .message()
                .doesNotContain("demo-secret", "Jiefeng-Demo-1");
    }

    /** What the profile itself says; the proxy's part is shown by OidcLoginTest. */
    @Test
    void theProfileIsMadeForATlsProxyOnTheSameMachine() throws IOException {
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader().load("application.yaml", new ClassPathResource("application.yaml"));
        PropertySource<?> all = documents.get(0);
        PropertySource<?> production = documents.stream()
                .filter(document -> "production".equals(document.getProperty("spring.config.activate.on-profile")))
                .findFirst()
                .orElseThrow();

        assertThat(production.getProperty("server.forward-headers-strategy")).isEqualTo("native");
        assertThat("127.0.0.1")
                .matches(String.valueOf(production.getProperty("server.tomcat.remoteip.internal-proxies")));
        assertThat("10.0.0.1")
                .doesNotMatch(String.valueOf(production.getProperty("server.tomcat.remoteip.internal-proxies")));
        assertThat(production.getProperty("server.servlet.session.cookie.secure"))
                .isEqualTo(true);
        assertThat(production.getProperty("server.servlet.session.timeout")).isEqualTo("30m");
        assertThat(production.getProperty("camunda.bpm.webapp.header-security.hsts-disabled"))
                .isEqualTo(false);
        assertThat(all.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(all.getProperty("management.server.address")).isEqualTo("127.0.0.1");
        assertThat(all.getProperty("management.server.port")).isEqualTo(8081);
        assertThat(all.getProperty("management.endpoints.web.exposure.include")).isEqualTo("health");
    }

    /** Found in the classes that hold our settings, so that a new one is not forgotten. */
    @TestFactory
    Stream<DynamicTest> noSecretThereIsMayBeTheDemosOrGuessable() {
        List<String> secrets = secrets();
        assertThat(secrets)
                .contains(
                        "jiefeng.protection.key",
                        "jiefeng.protection.index-key",
                        "jiefeng.security.first-admin.password",
                        "jiefeng.security.service-accounts[0].password-hash",
                        "jiefeng.carrier.channels.x.api-key",
                        "jiefeng.carrier.channels.x.webhook-secrets[0]",
                        "jiefeng.notification.mail.password",
                        "jiefeng.notification.robots.x.secret");
        return secrets.stream()
                .flatMap(name -> Stream.of(
                                "demo-api-key-china-mobile-0001", "Jiefeng-Demo-1", "k3y", "1111111111111111")
                        .map(value -> DynamicTest.dynamicTest(name + " = " + value, () -> {
                            Map<String, Object> settings = new HashMap<>(FIT);
                            settings.put(name, value);
                            assertThatThrownBy(() -> start(settings, "production"))
                                    .message()
                                    .contains("Not fit for production", name.replaceAll("\\[.*", ""))
                                    .doesNotContain(value);
                        })));
    }

    private static List<String> secrets() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("org.jiefeng").stream()
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(String.valueOf(name), null))
                .flatMap(type -> secrets(
                        type.getAnnotation(ConfigurationProperties.class).value(), ResolvableType.forClass(type)))
                .toList();
    }

    private static Stream<String> secrets(String path, ResolvableType type) {
        Class<?> raw = type.toClass();
        if (Map.class.isAssignableFrom(raw)) {
            return secrets(path + ".x", type.getGeneric(1));
        } else if (Collection.class.isAssignableFrom(raw)) {
            return secrets(path + "[0]", type.getGeneric(0));
        } else if (raw.isRecord()) {
            return Arrays.stream(raw.getRecordComponents())
                    .flatMap(part -> secrets(
                            path + "."
                                    + part.getName()
                                            .replaceAll("([A-Z])", "-$1")
                                            .toLowerCase(Locale.ROOT),
                            ResolvableType.forType(part.getGenericType())));
        }
        return String.class == raw
                        && path.matches(".*(key|secret|password|token|hash)[^.]*")
                        && !path.endsWith("key-id")
                ? Stream.of(path)
                : Stream.empty();
    }
}
