package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.search.TrainingPlace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Trains runs on a cluster, one task per run. The task of a machine that was lost goes on from the
 * run's checkpoint on another one.
 *
 * @param cluster the cluster
 */
public record ClusterTrainings(Cluster cluster) implements TrainingPlace {
  @Override
  public int threads() {
    return cluster.taskCpus();
  }

  @Override
  public void run(List<Path> folders, BooleanSupplier stop, Listener listener) {
    if (folders.isEmpty()) {
      return;
    }
    Map<String, Path> byName = new LinkedHashMap<>();
    folders.forEach(folder -> byName.put(folder.toAbsolutePath().toString(), folder));
    new TaskPerItem(cluster.context())
        .run(
            List.copyOf(byName.keySet()),
            new TrainingWork(threads()),
            stop,
            new TaskPerItem.Receiver() {
              @Override
              public void arrived(String name, String result) {
                TrainingOutcome outcome = TrainingOutcome.parse(result);
                listener.ended(byName.get(name), outcome.seconds(), outcome.reason());
              }

              @Override
              public void failed(String name, String reason) {
                listener.ended(byName.get(name), 0, reason);
              }
            });
  }
}
