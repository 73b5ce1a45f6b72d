package io.github.lstmfcn.bench;

import io.github.lstmfcn.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a figure was measured on.
 *
 * @param processor the name of the processor
 * @param cores the processors that Java sees
 * @param load the mean number of running processes over the last minute
 * @param java the version of Java
 */
record Machine(String processor, int cores, String load, String java) {

  /** This machine, with its load of now. */
  static Machine here() {
    String name =
        lines("/proc/cpuinfo").stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse("unknown processor, " + System.getProperty("os.arch"));
    return new Machine(
        name,
        Runtime.getRuntime().availableProcessors(),
        lines("/proc/loadavg").stream()
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElse("unknown"),
        System.getProperty("java.version"));
  }

  private static List<String> lines(String file) {
    try {
      return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** As the head of a table. */
  @Override
  public String toString() {
    return "%s, %s cores, load %s, Java %s".formatted(processor, cores, load, java);
  }

  /** Prints a line of JSON: the machine before a part of the measurements. */
  public static void main(String[] args) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "machine");
    line.put("part", args[0]);
    line.put("machine", here().toString());
    System.out.println(Json.line(line));
  }
}
