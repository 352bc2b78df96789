package org.jiefeng.audit;

import java.io.PrintStream;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jiefeng.appeal.TimelineChain;
import org.jiefeng.appeal.TimelineCheck;
import org.jiefeng.appeal.TimelineProperties;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * The command {@code java -jar jiefeng.jar --jiefeng.audit.verify}: looks at every timeline in the database of the
 * configuration, says case by case what is wrong, and changes nothing. No engine, no web server and no job is started.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    MessageSourceAutoConfiguration.class
})
@EnableConfigurationProperties(TimelineProperties.class)
@Import({TimelineChain.class, TimelineCheck.class})
public class VerifyTimelines {

    private static final int INTACT = 0;
    private static final int BROKEN = 1;
    private static final int NOT_CHECKED = 2;

    private static final String OPTION = "--jiefeng.audit.verify";

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    VerifyTimelines() {}

    /** Whether somebody asked for the check instead of the application. */
    public static boolean isAskedFor(String... arguments) {
        return Stream.of(arguments).anyMatch(argument -> argument.equals(OPTION) || argument.equals(OPTION + "=true"));
    }

    /** @return exit code: 0 when all is as it was written, 1 when not, 2 when that could not be found out */
    public static int run(PrintStream out, String... arguments) {
        SpringApplication application = new SpringApplication(VerifyTimelines.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers(VerifyTimelines::createNothing);
        String[] quiet = Stream.concat(Stream.of(arguments), Stream.of("--logging.level.root=error"))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext context = application.run(quiet)) {
            Locale locale = Locale.forLanguageTag(context.getEnvironment().getProperty("jiefeng.language", "en"));
            return check(context.getBean(TimelineCheck.class), context.getBean(MessageSource.class), locale, out);
        } catch (RuntimeException e) {
            out.println("Not checked: " + e.getMessage());
            return NOT_CHECKED;
        }
    }

    /** H2 makes a database where there is none, and an empty one is always whole. */
    private static void createNothing(ConfigurableApplicationContext context) {
        String url = context.getEnvironment().getProperty("spring.datasource.url", "");
        if (url.startsWith("jdbc:h2:")) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "verify-timelines", Map.of("spring.datasource.url", url + ";IFEXISTS=TRUE")));
        }
    }

    private static int check(TimelineCheck timelines, MessageSource messages, Locale locale, PrintStream out) {
        AtomicLong wrong = new AtomicLong();
        TimelineCheck.Count count = timelines.checkAll(finding -> {
            wrong.incrementAndGet();
            out.println(messages.getMessage(
                    "chain.finding",
                    new Object[] {
                        finding.appealNumber(),
                        String.valueOf(finding.entry()),
                        messages.getMessage("chain." + finding.fault(), null, locale)
                    },
                    locale));
        });
        out.println(messages.getMessage(
                wrong.get() == 0 ? "chain.intact" : "chain.broken",
                new Object[] {
                    String.valueOf(count.cases()), String.valueOf(count.entries()), String.valueOf(wrong.get())
                },
                locale));
        if (count.chainedAt() != null) {
            out.println(messages.getMessage(
                    "chain.chainedLater",
                    new Object[] {String.valueOf(count.chainedEntries()), SHOWN.format(count.chainedAt())},
                    locale));
        }
        return wrong.get() == 0 ? INTACT : BROKEN;
    }
}
