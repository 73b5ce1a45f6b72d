package io.github.lstmfcn.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskPerItemTest {
  private static Cluster cluster;

  private final List<String> ended = new ArrayList<>();

  @BeforeAll
  static void begin() {
    cluster = new Cluster(LocalCluster.settings());
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  /** Does as its item says. */
  private static String work(String item) {
    switch (item) {
      case "refuse" -> throw new InvalidInputException(null, "item", "a", "b", "");
      case "fail" -> throw new IllegalStateException("of its own");
      case "wait" -> {
        try {
          Thread.sleep(1500);
        } catch (InterruptedException killed) {
          Thread.currentThread().interrupt();
        }
      }
      default -> {}
    }
    return item + " done";
  }

  private final class Collector implements TaskPerItem.Receiver {
    @Override
    public void arrived(String item, String result) {
      ended.add(result);
    }

    @Override
    public void failed(String item, String reason) {
      ended.add(reason);
    }

    @Override
    public void stopped(String item) {
      ended.add(item + " stopped");
    }
  }

  @Test
  void resultsArriveWhenTheirTasksEnd() {
    new TaskPerItem(cluster.context())
        .run(List.of("wait", "a", "b"), TaskPerItemTest::work, () -> false, new Collector());

    assertThat(ended).containsExactly("a done", "b done", "wait done");
  }

  @Test
  void aTaskThatFailsFailsAloneAndIsToldInOneLine() {
    new TaskPerItem(cluster.context())
        .run(List.of("fail", "refuse", "a"), TaskPerItemTest::work, () -> false, new Collector());

    assertThat(ended)
        .hasSize(3)
        .contains("a done", "item: expected a, found b")
        .anyMatch(line -> line.contains("IllegalStateException: of its own"))
        .noneMatch(line -> line.contains("\n"));
  }

  @Test
  void afterAStopNothingIsWaitedFor() {
    new TaskPerItem(cluster.context())
        .run(
            List.of("a", "wait", "wait"),
            TaskPerItemTest::work,
            () -> !ended.isEmpty(),
            new Collector());

    assertThat(ended).containsExactly("a done", "wait stopped", "wait stopped");
  }

  @Test
  void noTaskHasASecondCopy() {
    Cluster eager = new Cluster(LocalCluster.settings().set("spark.speculation", "true"));

    assertThat(eager.settings().get("spark.speculation")).isEqualTo("false");
  }
}
