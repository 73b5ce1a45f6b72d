package io.github.lstmfcn.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor of this machine.
 *
 * @param name its name, with its family and model where the system says them: virtual machines give
 *     several processors one name
 * @param count the number of processors that this process may use
 */
public record Processor(String name, int count) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** The processor that this process runs on. */
  public static Processor current() {
    return new Processor(currentName(), Runtime.getRuntime().availableProcessors());
  }

  private static String currentName() {
    try {
      return name(Files.readString(LINUX, StandardCharsets.UTF_8));
    } catch (IOException otherSystem) {
      return System.getProperty("os.arch");
    }
  }

  /** The name in the text of Linux's list of processors. */
  static String name(String list) {
    Map<String, String> first =
        list.lines()
            .takeWhile(line -> !line.isBlank())
            .map(line -> line.split(":", 2))
            .filter(parts -> parts.length == 2)
            .collect(
                Collectors.toMap(
                    parts -> parts[0].strip(),
                    parts -> parts[1].strip(),
                    (one, other) -> one,
                    LinkedHashMap::new));
    String name = first.getOrDefault("model name", System.getProperty("os.arch"));
    return Stream.of("cpu family", "model")
        .filter(first::containsKey)
        .map(key -> ", " + key.replace("cpu ", "") + " " + first.get(key))
        .collect(Collectors.joining("", name, ""));
  }
}
