package io.github.lstmfcn.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.DurableFolder;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The log of a verification, with one JSON line per weight file, from which an interrupted
 * verification continues. A line is used only if weights, data and tolerance are unchanged and the
 * versions of the program and of TensorFlow are the same.
 */
public final class VerificationLog {
  private static final JsonFormat<Line> FORMAT =
      new JsonFormat<>(Line.class, 2, "delete the file to verify all weights again");

  private final Path file;
  private final String tensorflow;
  private final Map<String, VerifiedFile> known = new HashMap<>();

  /** Whether no line so far is one that this program began. */
  private boolean isOfOthers = true;

  private VerificationLog(Path file, String tensorflow) {
    this.file = file;
    this.tensorflow = tensorflow;
  }

  /**
   * A weight file that was measured.
   *
   * @param tensorflow the version of TensorFlow that measured it
   * @param key identifies everything that the result depends on
   */
  private record Line(String tensorflow, String key, VerifiedFile result) {}

  /** {@return a log that stores nothing} */
  public static VerificationLog none() {
    return new VerificationLog(null, "");
  }

  /**
   * The log of a file, which need not exist. An incomplete line is ignored, and so is one of
   * another version of this program or of TensorFlow.
   *
   * @param file the file
   * @param tensorflow the version of TensorFlow that measures
   * @return the log
   * @throws InvalidInputException if the file cannot be read, or a field of a line is missing,
   *     unknown or of another type
   */
  public static VerificationLog at(Path file, String tensorflow) {
    VerificationLog log = new VerificationLog(file, tensorflow);
    if (Files.exists(file)) {
      try {
        int number = 0;
        String all = WholeFile.text(file, WholeFile.MOST_OF_LINES);
        for (String text : all.split("\n", -1)) {
          log.take(++number, text);
        }
        if (log.isOfOthers && !all.isBlank()) {
          throw new InvalidInputException(
              file, "", "a log of lstmfcn verify", "another file", "name another folder");
        }
      } catch (IOException e) {
        throw new InvalidInputException(
            file, "", "a readable log of lstmfcn verify", FailureReason.of(e), "delete it", e);
      }
    }
    return log;
  }

  private void take(int number, String text) {
    if (text.startsWith("{\"format\":")) {
      isOfOthers = false;
    }
    JsonNode json;
    try {
      json = Json.parse(text);
    } catch (JsonProcessingException cutShort) {
      return; // measured again
    }
    boolean other =
        isOther(json.path("lstmfcn"), Program.version())
            || isOther(json.path("tensorflow"), tensorflow);
    if (!other && !json.isMissingNode()) {
      Line line = FORMAT.value(file, "line " + number, json);
      if (!line.result().isSound()) {
        throw new InvalidInputException(
            file,
            "line " + number + ": result.best",
            "correct between 0 and total, and an accuracy from 0 to 1 with decimals",
            String.valueOf(line.result().best()),
            "delete the file to verify all weights again");
      }
      known.put(line.key(), line.result());
    }
  }

  private static boolean isOther(JsonNode version, String own) {
    return version.isTextual() && !version.textValue().equals(own);
  }

  Optional<VerifiedFile> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  void add(String key, VerifiedFile result) {
    known.put(key, result);
    if (file == null) {
      return;
    }
    try {
      // The leading line break ends a line that was left incomplete.
      boolean isNew = Files.notExists(file);
      byte[] line =
          ("\n" + Json.line(FORMAT.document(new Line(tensorflow, key, result))))
              .getBytes(StandardCharsets.UTF_8);
      Files.write(
          file,
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
      if (isNew) {
        DurableFolder.force(file.toAbsolutePath().getParent());
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          file, "", "a log that can be written", FailureReason.of(e), "", e);
    }
  }

  /** Identifies everything that a result depends on. */
  static String key(Claim claim, UcrArchive archive, int tolerance) {
    StringJoiner key = new StringJoiner("|");
    key.add(claim.toString());
    key.add("tolerance " + tolerance);
    key.add(stamp(claim.weights()));
    for (Split split : Split.values()) {
      key.add(claim.file(archive, split).map(VerificationLog::stamp).orElse("none"));
    }
    return key.toString();
  }

  private static String stamp(Path file) {
    try {
      return "%s %s %s"
          .formatted(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException missing) {
      return file + " missing";
    }
  }
}
