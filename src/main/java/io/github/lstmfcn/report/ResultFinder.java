package io.github.lstmfcn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds results in files and folders: those of {@code train}, {@code train-all} and {@code search},
 * {@code verification.json} of {@code verify}, JSON of {@code evaluate}, {@code
 * testResample<n>.csv} of tsml and aeon. Other files are passed over.
 */
final class ResultFinder {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Result> results = new ArrayList<>();
  private final List<Path> skipped = new ArrayList<>();

  /** Found so far. */
  List<Result> results() {
    return results;
  }

  /** Models without a score on TEST: not finished, without TEST or not measurable. */
  List<Path> skipped() {
    return skipped;
  }

  /**
   * Looks through a file or a folder.
   *
   * @throws InvalidInputException if it is not there, has no results, or one is damaged
   */
  void find(Path path) {
    if (!Files.exists(path)) {
      throw new InvalidInputException(path, "", "a file or folder with results", "none", "");
    }
    int before = results.size() + skipped.size();
    visit(path);
    if (results.size() + skipped.size() == before) {
      throw new InvalidInputException(
          path,
          "",
          "results of verify --out, evaluate --json or --aeon, train, train-all or search",
          "none",
          "name a file or folder that one of them wrote");
    }
  }

  private void visit(Path path) {
    if (Files.isDirectory(path)) {
      visitFolder(path);
    } else if (AeonFile.isAt(path)) {
      results.add(AeonReader.read(path).result(path));
    } else if (path.getFileName().toString().endsWith(".json")) {
      visitJson(path);
    }
  }

  private void visitFolder(Path folder) {
    if (TrainedGrid.isAt(folder)) {
      results.addAll(new TrainedGrid(folder).results(skipped));
    } else if (TrainedRun.isAt(folder)) {
      new TrainedRun(folder).result("").ifPresentOrElse(results::add, () -> skipped.add(folder));
    } else {
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .sorted()
            .filter(entry -> !Files.isSymbolicLink(entry) || Files.isRegularFile(entry))
            .forEach(this::visit);
      } catch (IOException e) {
        throw new InvalidInputException(folder, "", "a folder that can be read", "" + e, "", e);
      }
    }
  }

  private void visitJson(Path file) {
    JsonNode json;
    try {
      json = MAPPER.readTree(file.toFile());
    } catch (IOException damage) {
      throw new InvalidInputException(
          file, "", "JSON", "" + damage.getMessage(), "delete it or write it again", damage);
    }
    if (VerificationFile.isOne(json)) {
      results.addAll(new VerificationFile(file).results(json, skipped));
    } else if (EvaluationFile.isOne(json)) {
      new EvaluationFile(file).result(json).ifPresentOrElse(results::add, () -> skipped.add(file));
    }
  }
}
