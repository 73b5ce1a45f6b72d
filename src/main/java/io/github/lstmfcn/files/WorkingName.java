package io.github.lstmfcn.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of files and folders that are written beside their destination before they take its place:
 * {@code .m.lstmfcn-1a2b3c4d-4711-96312-5e6f7a8b} for {@code m}. Machine, process and its start
 * stand in the name, so that what a killed process has left behind can be told from what another
 * process is writing.
 */
final class WorkingName {
  /** The ending of a folder that was moved aside to make room. */
  static final String ASIDE = ".old";

  /**
   * Leftovers of other machines and containers, whose processes cannot be seen, are in use so long.
   */
  private static final Duration FOREIGN = Duration.ofDays(1);

  /** The name of a machine whose processes cannot be told. */
  private static final String UNKNOWN = "00000000";

  /** The place of the start in {@code /proc/<pid>/stat}, counted from the state. */
  private static final int START = 19;

  /** Names are at most 255 bytes long. */
  private static final int LONGEST_STEM = 150;

  private static final Pattern NAME =
      Pattern.compile(
          "\\.(?<stem>.+)\\.lstmfcn-(?<machine>[0-9a-f]{8})-(?<process>\\d{1,18})-(?<start>\\d{1,20})"
              + "-[0-9a-f]{8}(\\.old)?",
          Pattern.DOTALL);

  private WorkingName() {}

  /** A new name beside a destination. */
  static Path beside(Path destination) {
    return in(destination.getParent(), destination);
  }

  /** A new name for a destination in a given folder. */
  static Path in(Path folder, Path destination) {
    long process = ProcessHandle.current().pid();
    String name =
        ".%s.lstmfcn-%s-%s-%s-%s"
            .formatted(
                stem(destination),
                machine(),
                process,
                start(process).orElse("0"),
                UUID.randomUUID().toString().substring(0, 8));
    return folder.resolve(name);
  }

  private static String stem(Path destination) {
    String name = destination.getFileName().toString();
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_STEM
        ? name
        : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Identifies the machine, or the container, whose processes this one can see; zeros where the
   * system does not show them.
   */
  private static String machine() {
    try {
      Path processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      String names = firstLine("/etc/machine-id") + firstLine("/proc/sys/kernel/hostname");
      return String.format(Locale.ROOT, "%08x", (names + processes).hashCode());
    } catch (IOException | UnsupportedOperationException elsewhere) {
      return UNKNOWN;
    }
  }

  private static String firstLine(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException none) {
      return "";
    }
  }

  /**
   * When a process started, in ticks since the machine did: unlike a time of day, it stays what it
   * is when the clock is set. Empty if no such process runs, or it has ended and waits to be
   * reaped.
   */
  private static Optional<String> start(long process) {
    try {
      String status = Files.readString(Path.of("/proc/%s/stat".formatted(process)));
      String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", -1);
      return Optional.of(fields[START]).filter(start -> !fields[0].equals("Z"));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /** Whether a file or folder is named as here, for whatever destination. */
  static boolean is(Path path) {
    return NAME.matcher(path.getFileName().toString()).matches();
  }

  /**
   * Deletes what killed processes have left of a destination. A folder that was moved aside returns
   * to its place if the process ended before another took it.
   *
   * @param destination the destination
   */
  static void sweep(Path destination) {
    sweep(destination.getParent(), destination);
  }

  /** Deletes what killed processes have left of a destination in a given folder. */
  static void sweep(Path folder, Path destination) {
    for (Path left : leftovers(folder, destination)) {
      try {
        if (left.toString().endsWith(ASIDE)
            && !Files.exists(destination, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(left, destination);
          DurableFolder.force(folder);
        } else {
          delete(left);
        }
      } catch (IOException undeletable) {
        // It is in nobody's way; the next run tries again.
      }
    }
  }

  private static List<Path> leftovers(Path folder, Path destination) {
    List<Path> found = new ArrayList<>();
    if (folder == null || !Files.isDirectory(folder)) {
      return found;
    }
    String stem = stem(destination);
    DirectoryStream.Filter<Path> ofDestination =
        path -> {
          Matcher name = NAME.matcher(path.getFileName().toString());
          return name.matches() && name.group("stem").equals(stem) && isAbandoned(path, name);
        };
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ofDestination)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException unreadable) {
      return List.of(); // writing to it says why
    }
    return found;
  }

  private static boolean isAbandoned(Path path, Matcher name) throws IOException {
    String machine = machine();
    if (machine.equals(UNKNOWN) || !name.group("machine").equals(machine)) {
      FileTime changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
      return changed.toInstant().isBefore(Instant.now().minus(FOREIGN));
    }
    return start(Long.parseLong(name.group("process")))
        .filter(name.group("start")::equals)
        .isEmpty();
  }

  /** Deletes a file, or a folder with all that it contains. Links are not followed. */
  static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    for (Path each : contents(path)) {
      Files.deleteIfExists(each);
    }
  }

  /** A folder with all that it contains, children before their folder. */
  static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
