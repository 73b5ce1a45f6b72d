package io.github.lstmfcn.bench;

import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.machine.Processor;
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
    Processor current = Processor.current();
    return new Machine(
        current.name(),
        current.count(),
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
