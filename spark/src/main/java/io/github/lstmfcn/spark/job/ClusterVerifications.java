package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.spark.storage.HadoopPaths;
import io.github.lstmfcn.spark.storage.Mirror;
import io.github.lstmfcn.spark.storage.OutputFolder;
import io.github.lstmfcn.verification.FileVerification;
import io.github.lstmfcn.verification.Verification;
import io.github.lstmfcn.verification.VerificationPlace;
import io.github.lstmfcn.verification.VerifiedFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Verifies weight files on a cluster, one task per file. A task opens the same folders on its
 * machine and finds the file there by its name.
 *
 * @param cluster the cluster
 * @param paths the paths of the command line
 * @param data the folder of the datasets
 */
public record ClusterVerifications(Cluster cluster, HadoopPaths paths, Path data)
    implements VerificationPlace {
  @Override
  public void verify(
      Verification verification,
      List<FileVerification> files,
      BiConsumer<FileVerification, VerifiedFile> done) {
    Map<String, FileVerification> byName = new LinkedHashMap<>();
    files.forEach(file -> byName.put(file.name(), file));
    if (files.isEmpty()) {
      return;
    }
    new TaskPerItem(cluster.context())
        .run(
            List.copyOf(byName.keySet()),
            task(verification),
            () -> false,
            new TaskPerItem.Receiver() {
              @Override
              public void arrived(String name, String result) {
                String told = asGiven(asGiven(paths.named(result), verification.folder()), data);
                done.accept(byName.get(name), VerifiedFile.FORMAT.parse(null, name, told));
                paths.output().ifPresent(OutputFolder::storeTables);
              }

              @Override
              public void failed(String name, String reason) {
                throw new JobFailedException(reason);
              }
            });
  }

  /** Names a folder as the user did, where tasks name it for any machine. */
  private static String asGiven(String text, Path folder) {
    return text.replace(folder.toAbsolutePath().toString(), folder.toString());
  }

  private TextTask task(Verification verification) {
    String weights = verification.folder().toAbsolutePath().toString();
    String datasets = data.toAbsolutePath().toString();
    int tolerance = verification.tolerance();
    int threads = cluster.taskCpus();
    List<Mirror> inputs = paths.inputs();
    return name -> {
      inputs.forEach(Mirror::ensure);
      Verification here =
          new Verification(Path.of(weights), UcrArchive.open(Path.of(datasets)), tolerance);
      VerifiedFile result = here.file(name).run(Threads.of(threads));
      return Json.line(VerifiedFile.FORMAT.document(result));
    };
  }
}
