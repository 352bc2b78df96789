package org.jiefeng.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Refuses to start the {@code production} profile with anything that belongs to the demo: H2, the demo profile, the
 * simulated carrier, or a secret that everybody can read in the source. The demo's people are looked for by
 * {@link ProductionPeople}, once there is a database.
 */
public class ProductionGuard implements EnvironmentPostProcessor {

    private static final Pattern SECRET = Pattern.compile(".*(key|secret|password|token|hash).*");

    /** Named like secrets, and none. */
    private static final Pattern NO_SECRET = Pattern.compile(".*\\.(key-?id|password-?rounds)");

    private static final Pattern SLOW_HASH = Pattern.compile("\\{(bcrypt|pbkdf2|scrypt|argon2)[^}]*}.+");

    /** OWASP Password Storage Cheat Sheet, 2023, for PBKDF2 with HMAC-SHA-512. */
    private static final int FEWEST_ROUNDS = 210_000;

    /** Passwords are held against guessing by limits; keys and signing secrets by nothing but their length. */
    private static final int SHORTEST_PASSWORD = 12;

    private static final int SHORTEST_KEY = 16;
    private static final int FEWEST_CHARACTERS = 6;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("production"))) {
            return;
        }
        List<String> faults = new ArrayList<>();
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            faults.add("profile demo is active too");
        }
        if (!environment
                .getProperty("spring.datasource.url", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("jdbc:postgresql:")) {
            faults.add("spring.datasource.url must name a PostgreSQL database");
        }
        if (environment.getProperty("jiefeng.protection.key", "").isBlank()) {
            faults.add("jiefeng.protection.key is missing");
        }
        if (environment.getProperty("jiefeng.timeline.key", "").isBlank()) {
            faults.add("jiefeng.timeline.key is missing");
        }
        Map<String, Object> demo = demoSettings();
        settings(environment).forEach((name, value) -> {
            // Names only: a secret must not reach the log, not even a wrong one.
            if (name.contains("simulator") && name.endsWith("enabled") && "true".equals(value)) {
                faults.add(name + ": the simulated carrier is for the demo");
            } else if (value.startsWith("demo-") || value.contains(DemoPeople.PASSWORD)) {
                faults.add(name + " still has its demo value");
            } else if (name.startsWith("jiefeng.notification.")
                    && (value.startsWith("http:") || name.endsWith("protection") && "none".equalsIgnoreCase(value))) {
                faults.add(name + ": people are told over protected connections only");
            } else if (SECRET.matcher(name).matches()
                    && demo.values().stream().map(String::valueOf).anyMatch(value::equals)) {
                faults.add(name + " still has its demo value");
            } else if (value.startsWith("{bcrypt}")
                    && new BCryptPasswordEncoder().matches(DemoPeople.PASSWORD, value.substring("{bcrypt}".length()))) {
                faults.add(name + " is the demo's password");
            } else if (name.matches(".*\\.password-?hash")
                    && !SLOW_HASH.matcher(value).matches()) {
                faults.add(name + " is no slow hash, e.g. {bcrypt}…");
            } else if (name.matches(".*\\.password-?rounds") && Integer.parseInt(value) < FEWEST_ROUNDS) {
                faults.add(name + " are fewer than " + FEWEST_ROUNDS);
            } else if (isSecret(name) && isGuessable(name, value)) {
                faults.add(name + " is too short or too simple for a secret");
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Not fit for production: " + String.join("; ", faults));
        }
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name).matches() && !NO_SECRET.matcher(name).matches();
    }

    /** Nothing at all is for the settings themselves to refuse: where it is allowed, no secret is used. */
    private static boolean isGuessable(String name, String value) {
        return !value.isEmpty()
                && (value.length() < (name.endsWith("password") ? SHORTEST_PASSWORD : SHORTEST_KEY)
                        || value.chars().distinct().count() < FEWEST_CHARACTERS);
    }

    /** Every setting of ours and those of Spring's that hold secrets, wherever they come from; environment variables too. */
    private static Map<String, String> settings(ConfigurableEnvironment environment) {
        Map<String, String> flat = new LinkedHashMap<>();
        for (String root : List.of("jiefeng", "spring.datasource", "spring.security")) {
            Binder.get(environment)
                    .bind(root, Bindable.mapOf(String.class, Object.class))
                    .ifBound(tree -> flatten(root, tree, flat));
        }
        return flat;
    }

    private static void flatten(String name, Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> tree) {
            tree.forEach((key, child) -> flatten(name + "." + key, child, flat));
        } else {
            flat.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        }
    }

    private static Map<String, Object> demoSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        try {
            for (PropertySource<?> document : new YamlPropertySourceLoader()
                    .load("application.yaml", new ClassPathResource("application.yaml"))) {
                if ("demo".equals(document.getProperty("spring.config.activate.on-profile"))
                        && document instanceof EnumerablePropertySource<?> properties) {
                    for (String name : properties.getPropertyNames()) {
                        if (name.startsWith("jiefeng.")
                                && SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                            settings.put(name, String.valueOf(properties.getProperty(name)));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
