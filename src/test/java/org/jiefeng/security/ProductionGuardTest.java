package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

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
}
