package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.DamagedJson;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DamagedLogTest {
  @TempDir Path folder;

  @Test
  void anyLineOfALogIsReadOrRefusedInOneLine() throws Exception {
    Path file = folder.resolve("verification.jsonl");
    Attempt attempt =
        new Attempt(
            "X_TEST", "TEST", "none", "sorted", "", 9, 10, new ReportedFigure("paper", 0.9, 4));
    VerifiedFile result =
        new VerifiedFile(
            "w.h5",
            "X",
            ModelSpec.of(ModelKind.LSTM_FCN, 1, 8, 2, 2, GateActivation.SIGMOID),
            Verdict.REPRODUCED,
            attempt,
            List.of(attempt),
            List.of("a note"));
    VerificationLog.at(file, "2.18").add("key", result);
    String line = Files.readString(file).strip();
    List<String> unexpected = new ArrayList<>();
    int refused = 0;
    for (Map.Entry<String, String> damaged : DamagedJson.of(line).entrySet()) {
      Files.writeString(file, "\n" + damaged.getValue());
      try {
        VerificationLog.at(file, "2.18");
      } catch (InvalidInputException foreseen) {
        refused++;
        if (foreseen.getMessage().length() > 480) {
          unexpected.add(damaged.getKey() + ": " + foreseen.getMessage().length());
        }
      } catch (RuntimeException | StackOverflowError other) {
        unexpected.add(damaged.getKey() + ": " + other);
      }
    }

    assertThat(unexpected).isEmpty();
    assertThat(refused).isGreaterThan(200);
  }
}
