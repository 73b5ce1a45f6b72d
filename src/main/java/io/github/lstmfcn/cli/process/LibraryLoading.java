package io.github.lstmfcn.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow's native library in a thread of its own. Loading takes about half a second, in
 * which the main thread can read arguments and files.
 */
public final class LibraryLoading {
  private static final Set<String> COMMANDS_WITH_A_MODEL =
      Set.of(
          "cam",
          "context",
          "evaluate",
          "export",
          "features",
          "filters",
          "importance",
          "predict",
          "search",
          "train",
          "train-all",
          "tune",
          "verify");

  private static final Set<String> HELP = Set.of("-h", "--help");

  /** The property that names the folder in which JavaCPP unpacks native libraries. */
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private final FutureTask<String> version = new FutureTask<>(TensorFlow::version);
  private final boolean started;

  private LibraryLoading(boolean started) {
    this.started = started;
  }

  /** Starts loading if the command line will need the library. */
  public static LibraryLoading startFor(List<String> arguments) {
    boolean needed =
        !arguments.isEmpty()
            && COMMANDS_WITH_A_MODEL.contains(arguments.get(0))
            && arguments.stream().noneMatch(HELP::contains);
    avoidUnwritableCache();
    LibraryLoading loading = new LibraryLoading(needed);
    if (needed) {
      Thread thread = new Thread(loading.version, "tensorflow-loading");
      thread.setDaemon(true);
      thread.start();
    }
    return loading;
  }

  /**
   * JavaCPP unpacks to the system's temporary folder if its folder in the home folder cannot be
   * made, but fails if there is one that cannot be written and in which nothing is unpacked.
   */
  private static void avoidUnwritableCache() {
    Path cache = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    if (System.getProperty(CACHE) == null
        && Files.exists(cache)
        && !Files.isWritable(cache)
        && !isUnpacked(cache)) {
      String user = System.getProperty("user.name");
      System.setProperty(
          CACHE,
          Path.of(System.getProperty("java.io.tmpdir"), ".javacpp-" + user, "cache").toString());
    }
  }

  private static boolean isUnpacked(Path cache) {
    try (Stream<Path> jars = Files.list(cache)) {
      return jars.anyMatch(
          jar -> jar.getFileName().toString().startsWith("tensorflow-core-native"));
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Waits until the library is loaded. The process must not exit before, since the exit destroys
   * static state of native code that may still be under construction.
   *
   * @return the cause if loading failed; empty if it succeeded or was not started
   */
  public Optional<Throwable> await() {
    if (!started) {
      return Optional.empty();
    }
    try {
      version.get();
      return Optional.empty();
    } catch (ExecutionException failed) {
      return Optional.of(failed.getCause());
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
