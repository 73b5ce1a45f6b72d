package io.github.lstmfcn.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Toy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionChoiceTest {
  private static final String SETTING = "lstmfcn.convolutions";
  private static final int MANY_EPOCHS = 2_000_000_000;

  @TempDir Path folder;

  @AfterEach
  void unset() {
    System.clearProperty(SETTING);
  }

  private Measurements measurements() {
    return new Measurements(folder.resolve("measurements.json"));
  }

  private ExecutionChoice choice(int epochs) {
    Recipe recipe = Toy.recipe().epochs(epochs).build();
    TrainingData data =
        new TrainingData(Toy.examples(19, 3, 1), Optional.of(Toy.examples(15, 3, 2)));
    return new ExecutionChoice(Toy.spec(ModelKind.LSTM_FCN, 3), recipe, data, measurements());
  }

  private static Map<String, Double> times(Threads threads, Convolutions fastest) {
    Map<String, Double> times = new LinkedHashMap<>();
    for (Execution way : Execution.waysOfTraining(threads)) {
      times.put(way.toString(), way.convolutions() == fastest ? 1.0 : 2.0);
    }
    return times;
  }

  @Test
  void aShortTrainingIsComputedAsUsualAndMeasuresNothing() {
    ExecutionChoice brief = choice(4);

    assertThat(brief.fastest(Threads.DEFAULT, Precision.FLOAT32))
        .isEqualTo(Execution.usualForTraining());
    assertThat(brief.fastest(Threads.of(3), Precision.FLOAT32))
        .isEqualTo(Execution.DEFAULT.with(Threads.of(3)));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Convolutions.class)
  void aLongOneIsComputedAsItWasMeasuredToBeFastest(Convolutions fastest) {
    ExecutionChoice lasting = choice(MANY_EPOCHS);
    Threads threads = Threads.of(2);
    measurements().keep(new Measurement(lasting.question(threads), times(threads, fastest)));

    assertThat(lasting.fastest(threads, Precision.FLOAT32))
        .isEqualTo(new Execution(threads, fastest, Precision.FLOAT32));
  }

  @Test
  void whatIsNotKnownIsMeasuredOnceAndKept() {
    ExecutionChoice lasting = choice(MANY_EPOCHS);

    Execution chosen = lasting.fastest(Threads.DEFAULT, Precision.FLOAT32);

    Measurement kept = measurements().find(lasting.question(Threads.DEFAULT)).orElseThrow();
    assertThat(kept.milliseconds())
        .containsOnlyKeys(times(Threads.DEFAULT, Convolutions.DIRECT).keySet())
        .allSatisfy((way, milliseconds) -> assertThat(milliseconds).isPositive());
    assertThat(kept.fastest(Execution.usualForTraining().toString())).isEqualTo(chosen.toString());
    assertThat(lasting.fastest(Threads.DEFAULT, Precision.FLOAT32)).isEqualTo(chosen);
    assertThat(measurements().find(lasting.question(Threads.DEFAULT))).contains(kept);
  }

  @Test
  void aMeasurementOfOtherWaysIsRepeated() {
    ExecutionChoice lasting = choice(MANY_EPOCHS);
    Measurement.Question question = lasting.question(Threads.of(1));
    measurements().keep(new Measurement(question, Map.of("a way of the past", 1.0)));

    lasting.fastest(Threads.of(1), Precision.FLOAT32);

    assertThat(measurements().find(question).orElseThrow().milliseconds())
        .containsOnlyKeys(times(Threads.of(1), Convolutions.DIRECT).keySet());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, MANY_EPOCHS})
  void whatTheUserAsksForIsTakenWithoutAMeasurement(int epochs) {
    for (Convolutions asked : Convolutions.values()) {
      System.setProperty(SETTING, asked.toString());
      assertThat(choice(epochs).fastest(Threads.DEFAULT, Precision.FLOAT32).convolutions())
          .isEqualTo(asked);
      assertThat(choice(epochs).fastest(Threads.of(1), Precision.FLOAT32))
          .isEqualTo(new Execution(Threads.of(1), asked, Precision.FLOAT32));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anUnknownWayIsRefusedByName() {
    System.setProperty(SETTING, "fast");

    assertThatThrownBy(() -> choice(4).fastest(Threads.DEFAULT, Precision.FLOAT32))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lstmfcn.convolutions")
        .hasMessageContaining("auto or one of [direct, winograd-4, winograd-6]")
        .hasMessageContaining("found fast");
  }
}
