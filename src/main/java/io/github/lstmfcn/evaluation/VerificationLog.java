package io.github.lstmfcn.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.Reason;
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
 * What a verification found so far, one JSON line a file, so that a run that was killed goes on
 * where it was. A line counts only while weights, data and tolerance are what they were.
 */
public final class VerificationLog {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final Map<String, VerifiedFile> known = new HashMap<>();

  private VerificationLog(Path file) {
    this.file = file;
  }

  private record Line(String key, VerifiedFile result) {}

  /** Remembers nothing. */
  public static VerificationLog none() {
    return new VerificationLog(null);
  }

  /**
   * The log of a file, which need not exist. A line that a kill cut short is dropped.
   *
   * @throws InvalidInputException if the file cannot be read
   */
  public static VerificationLog at(Path file) {
    VerificationLog log = new VerificationLog(file);
    if (Files.exists(file)) {
      try {
        for (String text : Files.readString(file).split("\n", -1)) {
          log.take(text);
        }
      } catch (IOException e) {
        throw new InvalidInputException(file, "", "a readable log", Reason.of(e), "delete it", e);
      }
    }
    return log;
  }

  private void take(String text) {
    try {
      Line line = MAPPER.readValue(text, Line.class);
      known.put(line.key(), line.result());
    } catch (JsonProcessingException cutShort) {
      // Measured again.
    }
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
      // The leading line end closes a line that a kill cut short.
      byte[] line =
          ("\n" + MAPPER.writeValueAsString(new Line(key, result)))
              .getBytes(StandardCharsets.UTF_8);
      Files.write(
          file,
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw new InvalidInputException(file, "", "a log that can be written", Reason.of(e), "", e);
    }
  }

  /** Everything that a result depends on. */
  static String key(Claim claim, UcrArchive archive, int tolerance) {
    StringJoiner key = new StringJoiner("|");
    key.add(claim.toString());
    key.add("tolerance " + tolerance);
    key.add(stamp(claim.weights()));
    for (Split split : Split.values()) {
      key.add(archive.find(claim.set(), split).map(VerificationLog::stamp).orElse("none"));
    }
    return key.toString();
  }

  private static String stamp(Path file) {
    try {
      return "%s %d %s"
          .formatted(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException missing) {
      return file + " missing";
    }
  }
}
