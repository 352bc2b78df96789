package bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Camunda web application and nothing else. */
@SpringBootApplication
public class BareCamunda {

    public static void main(String[] arguments) {
        SpringApplication.run(BareCamunda.class, arguments);
    }
}
