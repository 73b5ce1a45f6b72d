package io.github.lstmfcn.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor of this machine.
 *
 * @param name its name, with its family and model where the system says them: virtual machines give
 *     several processors one name
 * @param count the number of processors that this process may use
 * @param features its instruction sets, by the names of Linux; none if the system does not say them
 */
public record Processor(String name, int count, Set<String> features) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Read once, since Linux asks every processor for its list. */
  private static final class Current {
    static final Processor PROCESSOR = read();
  }

  /** The processor that this process runs on. */
  public static Processor current() {
    return Current.PROCESSOR;
  }

  private static Processor read() {
    int count = Runtime.getRuntime().availableProcessors();
    try {
      return of(Files.readString(LINUX, StandardCharsets.UTF_8), count);
    } catch (IOException otherSystem) {
      return new Processor(System.getProperty("os.arch"), count, Set.of());
    }
  }

  /** Whether it multiplies bfloat16 faster than float32. */
  public boolean hasBfloat16() {
    return features.contains("avx512_bf16") || features.contains("amx_bf16");
  }

  /** The processor of the text of Linux's list of processors. */
  static Processor of(String list, int count) {
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
    String model =
        Stream.of("cpu family", "model")
            .filter(first::containsKey)
            .map(key -> ", " + key.replace("cpu ", "") + " " + first.get(key))
            .collect(Collectors.joining());
    return new Processor(
        name + model, count, Set.of(first.getOrDefault("flags", "").strip().split(" +")));
  }
}
