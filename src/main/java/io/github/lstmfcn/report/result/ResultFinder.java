package io.github.lstmfcn.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds results in files and folders: those of {@code train}, {@code train-all} and {@code search},
 * {@code verification.json} of {@code verify}, JSON of {@code evaluate}, {@code
 * testResample<n>.csv} of tsml and aeon, tables of {@code make reproduce}. Other files are ignored,
 * and nothing is read twice, even if several links lead to it.
 */
final class ResultFinder {
  private final Set<Path> visited = new HashSet<>();
  private List<Result> results = new ArrayList<>();
  private final List<SkippedResult> skipped = new ArrayList<>();
  private boolean again;

  /** The runs and files without a score on TEST. */
  List<SkippedResult> skipped() {
    return skipped;
  }

  /**
   * Searches a file or a folder.
   *
   * @return the results that were not found before
   * @throws InvalidInputException if the path does not exist, has no results, or a result is
   *     damaged
   */
  List<Result> find(Path path) {
    if (!Files.exists(path)) {
      throw new InvalidInputException(path, "", "a file or folder with results", "none", "");
    }
    results = new ArrayList<>();
    int before = skipped.size();
    again = false;
    visit(path, /* named= */ true);
    if (results.isEmpty() && skipped.size() == before && !again) {
      throw new InvalidInputException(
          path,
          "",
          "results of verify --out, evaluate --json or --aeon, train, train-all or search",
          "none",
          "name a file or folder that one of them wrote");
    }
    return results;
  }

  private void visit(Path path, boolean named) {
    if (!visited.add(RealPath.of(path))) {
      again = true;
      return;
    }
    if (Files.isDirectory(path)) {
      visitFolder(path);
    } else if (!Files.isRegularFile(path)) {
      return; // reading a pipe would block
    } else if (AeonFile.isAt(path)) {
      results.add(AeonReader.read(path).result(path));
    } else if (StoredResults.isAt(path)) {
      results.addAll(new StoredResults(path).results());
    } else if (named || path.getFileName().toString().endsWith(".json")) {
      visitJson(path, named);
    }
  }

  private void visitFolder(Path folder) {
    if (TrainedGrid.isAt(folder)) {
      results.addAll(new TrainedGrid(folder).results(skipped));
    } else if (TrainedRun.isAt(folder)) {
      TrainedRun run = new TrainedRun(folder);
      run.result("").ifPresentOrElse(results::add, () -> skipped.add(run.skipped()));
    } else {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.sorted().forEach(entry -> visit(entry, /* named= */ false));
      } catch (IOException e) {
        throw new InvalidInputException(
            folder, "", "a folder that can be read", FailureReason.of(e), "", e);
      }
    }
  }

  private void visitJson(Path file, boolean named) {
    JsonNode json;
    try {
      json = Json.parse(WholeFile.text(file, WholeFile.MOST_OF_DOCUMENT));
    } catch (IOException noJson) {
      if (named) {
        throw new InvalidInputException(
            file,
            "",
            "JSON of verify or evaluate, or a testResample<n>.csv",
            FailureReason.of(noJson),
            "",
            noJson);
      }
      skipped.add(new SkippedResult(file.toString(), "file not readable as JSON"));
      return;
    }
    if (VerificationFile.isOne(json)) {
      results.addAll(new VerificationFile(file).results(json, skipped));
    } else if (EvaluationFile.isOne(json)) {
      new EvaluationFile(file)
          .result(json)
          .ifPresentOrElse(
              results::add,
              () -> skipped.add(new SkippedResult(file.toString(), "evaluation of TRAIN")));
    }
  }
}
