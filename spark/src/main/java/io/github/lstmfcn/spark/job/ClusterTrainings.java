package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.spark.storage.HadoopPaths;
import io.github.lstmfcn.spark.storage.OutputFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains runs on a cluster, one task per run. The task of a machine that was lost goes on from the
 * run's checkpoint on another one.
 *
 * @param cluster the cluster
 * @param paths the paths of the command line
 */
public record ClusterTrainings(Cluster cluster, HadoopPaths paths) implements TrainingPlace {
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
    Optional<OutputFolder> output = paths.output();
    output.ifPresent(OutputFolder::storeTables);
    output.ifPresent(folder -> folders.forEach(folder::storeRun));
    new TaskPerItem(cluster.context())
        .run(
            List.copyOf(byName.keySet()),
            new TrainingWork(
                threads(),
                paths.inputs(),
                output.map(folder -> folder.copy().toString()).orElse(null),
                output.map(OutputFolder::original).orElse(null)),
            stop,
            new TaskPerItem.Receiver() {
              @Override
              public void arrived(String name, String result) {
                TrainingOutcome outcome = TrainingOutcome.parse(result);
                ended(name, outcome.seconds(), outcome.reason());
              }

              @Override
              public void failed(String name, String reason) {
                ended(name, 0, reason);
              }

              @Override
              public void stopped(String name) {
                ended(name, 0, "");
              }

              private void ended(String name, double seconds, String reason) {
                Path run = byName.get(name);
                output.ifPresent(folder -> folder.fetchRun(run));
                listener.ended(run, seconds, paths.named(reason));
                output.ifPresent(OutputFolder::storeTables);
              }
            });
  }
}
