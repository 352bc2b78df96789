package org.jiefeng.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Settings that would let somebody else read along, or a link lead nowhere, stop the start. */
class NotificationPropertiesTest {

    private static final String ROOT = "jiefeng.notification.";

    private static final Map<String, String> FIT = Map.of(
            "base-url", "https://jiefeng.example.com",
            "mail.host", "smtp.example.com",
            "mail.from", "jiefeng@example.com",
            "mail.password", "of-the-mail-server",
            "robots.chat.kind", "DINGTALK",
            "robots.chat.key", "key-of-the-robot",
            "robots.chat.secret", "secret-of-the-robot",
            "robots.chat.groups", "liaisons");

    @TestConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(NotificationProperties.class)
    static class Beans {}

    private static ApplicationContextRunner with(Map<String, String> settings) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withPropertyValues(settings.entrySet().stream()
                        .map(entry -> ROOT + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    @Test
    void whatIsFitIsTakenAndItsSecretsAreNotPrinted() {
        with(FIT).run(context -> {
            NotificationProperties properties = context.getBean(NotificationProperties.class);
            assertThat(properties.isOn()).isTrue();
            assertThat(Objects.requireNonNull(properties.mail()).protection())
                    .isEqualTo(NotificationProperties.Protection.STARTTLS);
            assertThat(Objects.requireNonNull(properties.robots().get("chat")).address())
                    .hasToString("https://oapi.dingtalk.com");
            assertThat(properties.toString()).doesNotContain("of-the-robot", "of-the-mail-server");
        });
    }

    @Test
    void withoutSettingsNobodyIsTold() {
        with(Map.of())
                .run(context -> assertThat(
                                context.getBean(NotificationProperties.class).isOn())
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, http://jiefeng.example.com",
        "base-url, ''",
        "mail.protection, NONE",
        "mail.from, nobody",
        "robots.chat.url, http://oapi.dingtalk.com",
        "robots.chat.secret, ''",
        "robots.chat.key, ''",
        "robots.chat.messages-a-minute, 21",
        "robots.mail.kind, WECOM",
    })
    void whatIsNotFitStopsTheStart(String name, String value) {
        Map<String, String> settings = new HashMap<>(FIT);
        settings.put(name, value);
        if (name.startsWith("robots.mail")) {
            settings.put("robots.mail.key", "x");
        }

        with(settings).run(context -> assertThat(context).hasFailed());
    }
}
