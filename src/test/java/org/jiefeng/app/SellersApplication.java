package org.jiefeng.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jiefeng.JiefengApplication;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The application with more people to suspend than the demo has: each with one card, so that no notice is attached to
 * another one's case and nobody's is a repetition.
 */
final class SellersApplication {

    /** The setting that names the file which is written when all is up. */
    static final String READY = "test.ready";

    /** How many there are, and how many of them can log in, which costs time. */
    static final String SELLERS = "test.sellers";

    static final String LOGINS = "test.logins";

    private SellersApplication() {}

    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(JiefengApplication.class, Sellers.class);
        // No shutdown hook to make anything tidy: what is tested here never gets to run one.
        application.setRegisterShutdownHook(false);
        ConfigurableApplicationContext context = application.run(arguments);
        Files.createFile(Path.of(context.getEnvironment().getRequiredProperty(READY)));
    }

    static String seller(int number) {
        return "seller" + number;
    }

    static String mobile(int number) {
        return "1389%07d".formatted(number);
    }

    /** Makes them at the first start. */
    @Order(1000)
    static final class Sellers implements ApplicationRunner {

        private final IdentityService identity;
        private final Employees employees;
        private final Accounts accounts;
        private final TransactionTemplate transaction;
        private final int sellers;
        private final int logins;

        Sellers(
                IdentityService identity,
                Employees employees,
                Accounts accounts,
                TransactionTemplate transaction,
                org.springframework.core.env.Environment settings) {
            this.identity = identity;
            this.employees = employees;
            this.accounts = accounts;
            this.transaction = transaction;
            this.sellers = settings.getProperty(SELLERS, Integer.class, 1);
            this.logins = settings.getProperty(LOGINS, Integer.class, 1);
        }

        @Override
        public void run(ApplicationArguments arguments) {
            transaction.executeWithoutResult(status -> {
                for (int i = 1; i <= sellers && employees.find(seller(i)).isEmpty(); i++) {
                    employees.add(
                            seller(i),
                            "Seller " + i,
                            "sales-1",
                            "1101%02d19900101%04d".formatted(i / 10000, i % 10000));
                    accounts.open(seller(i), Carrier.CHINA_MOBILE, mobile(i), "898600123456%08d".formatted(i));
                    if (i <= logins) {
                        User user = identity.newUser(seller(i));
                        user.setFirstName("Seller");
                        user.setLastName(seller(i));
                        user.setEmail(seller(i) + "@example.com");
                        user.setPassword(Person.PASSWORD);
                        identity.saveUser(user);
                        identity.createMembership(seller(i), "employees");
                    }
                }
            });
        }
    }
}
