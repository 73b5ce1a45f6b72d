package io.github.lstmfcn.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementsTest {
  private static final Measurement.Question QUESTION =
      new Measurement.Question("Some CPU", 2, "2.18.0", "training of something");

  @TempDir Path folder;

  private Measurements measurements() {
    return new Measurements(folder.resolve("new").resolve("measurements.json"));
  }

  private static Measurement measured(double direct, double winograd) {
    Map<String, Double> times = new LinkedHashMap<>();
    times.put("direct", direct);
    times.put("winograd-6", winograd);
    return new Measurement(QUESTION, times);
  }

  @Test
  void whatIsKeptIsFoundByTheSameQuestionOnly() {
    measurements().keep(measured(3.5, 2.25));

    assertThat(measurements().find(QUESTION)).contains(measured(3.5, 2.25));
    for (Measurement.Question other :
        List.of(
            new Measurement.Question("Other CPU", 2, "2.18.0", "training of something"),
            new Measurement.Question("Some CPU", 4, "2.18.0", "training of something"),
            new Measurement.Question("Some CPU", 2, "2.19.0", "training of something"),
            new Measurement.Question("Some CPU", 2, "2.18.0", "training of another"))) {
      assertThat(measurements().find(other)).isEmpty();
    }
  }

  @Test
  void aNewMeasurementReplacesTheOneBefore() {
    Measurement.Question other = new Measurement.Question("Some CPU", 2, "2.18.0", "prediction");
    measurements().keep(new Measurement(other, Map.of("direct", 1.0)));
    measurements().keep(measured(3, 2));
    measurements().keep(measured(1, 2));

    assertThat(measurements().find(QUESTION)).contains(measured(1, 2));
    assertThat(measurements().find(other)).isPresent();
  }

  @Test
  void whatIsKeptAtATimeIsAllKept() {
    IntStream.range(0, 20)
        .parallel()
        .mapToObj(number -> new Measurement.Question("Some CPU", 2, "2.18.0", "task " + number))
        .forEach(question -> measurements().keep(new Measurement(question, Map.of("direct", 1.0))));

    assertThat(IntStream.range(0, 20).mapToObj(number -> "task " + number))
        .allMatch(
            task ->
                measurements()
                    .find(new Measurement.Question("Some CPU", 2, "2.18.0", task))
                    .isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"format\": 99, \"lstmfcn\": \"9\", \"measurements\": []}"})
  void aFileThatCannotBeReadIsNoneAndIsReplaced(String content) throws IOException {
    Path file = folder.resolve("measurements.json");
    Files.writeString(file, content);
    Measurements damaged = new Measurements(file);

    assertThat(damaged.find(QUESTION)).isEmpty();
    damaged.keep(measured(1, 2));
    assertThat(damaged.find(QUESTION)).contains(measured(1, 2));
  }

  @Test
  void whatCannotBeWrittenIsNotKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Measurements nowhere = new Measurements(file.resolve("measurements.json"));

    nowhere.keepIfPossible(measured(1, 2));
    assertThat(nowhere.find(QUESTION)).isEmpty();
    assertThatThrownBy(() -> nowhere.keep(measured(1, 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("" + nowhere.file())
        .hasMessageContaining("found a file of that name; set XDG_CACHE_HOME to another folder");
  }

  @ParameterizedTest(name = "direct {0} ms, winograd-6 {1} ms: {2}")
  @CsvSource({
    "10, 9, winograd-6",
    "10, 10, winograd-6",
    "10, 10.2, winograd-6",
    "10, 10.5, direct",
    "5, 10, direct"
  })
  void theUsualWayStaysUnlessAnotherIsClearlyFaster(
      double direct, double winograd, String expected) {
    assertThat(measured(direct, winograd).fastest("winograd-6")).isEqualTo(expected);
  }

  @Test
  void withoutTheUsualWayTheFastestIsTaken() {
    assertThat(measured(1, 1.01).fastest("other")).isEqualTo("direct");
  }

  @Test
  void waysTakeTurnsAfterOneOfEachThatDoesNotCount() {
    List<String> order = new ArrayList<>();
    Map<String, Runnable> ways = new LinkedHashMap<>();
    ways.put("one", () -> order.add("one"));
    ways.put("two", () -> order.add("two"));

    Map<String, Double> times = new ByTurns(3, 0).least(ways);

    assertThat(times).containsOnlyKeys("one", "two");
    assertThat(order).containsExactly("one", "two", "one", "two", "two", "one", "one", "two");
  }

  @Test
  void aSettingIsAPropertyAndOneOfItsValues() {
    Setting setting = new Setting("measurementstest");
    assertThat(setting.value(List.of("a", "b"))).isEmpty();
    try {
      System.setProperty("lstmfcn.measurementstest", "B ");
      assertThat(setting.value(List.of("a", "b"))).contains("b");
      System.setProperty("lstmfcn.measurementstest", "auto");
      assertThat(setting.value(List.of("a", "b"))).isEmpty();
      System.setProperty("lstmfcn.measurementstest", "c");
      assertThatThrownBy(() -> setting.value(List.of("a", "b")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("lstmfcn.measurementstest")
          .hasMessageContaining("auto or one of [a, b]")
          .hasMessageContaining("found c");
    } finally {
      System.clearProperty("lstmfcn.measurementstest");
    }
  }

  @Test
  void theProcessorsNameHasWhatTellsItFromOthers() {
    String linux =
        """
        processor\t: 0
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        model\t\t: 17
        model name\t: AMD EPYC
        flags\t\t: fpu avx512_bf16

        processor\t: 1
        model\t\t: 18
        """;
    assertThat(Processor.of(linux, 2))
        .isEqualTo(new Processor("AMD EPYC, family 25, model 17", 2, Set.of("fpu", "avx512_bf16")));
    assertThat(Processor.of(linux, 2).hasBfloat16()).isTrue();
    Processor other = Processor.of("Processor\t: ARMv8\n", 1);
    assertThat(other.name()).isEqualTo(System.getProperty("os.arch"));
    assertThat(other.hasBfloat16()).isFalse();
    assertThat(Processor.current().name()).isNotBlank();
  }
}
