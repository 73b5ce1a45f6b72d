package consumer;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web service that scores once and ends: {@code Application WEIGHTS TEST}. */
@SpringBootApplication
public class Application implements CommandLineRunner {
  public static void main(String[] args) {
    System.exit(SpringApplication.exit(SpringApplication.run(Application.class, args)));
  }

  @Override
  public void run(String... args) throws Exception {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
      throw new IllegalStateException("expected Logback, found another logging library");
    }
    System.out.println(Cbf.score(Path.of(args[0]), Path.of(args[1])));
  }
}
