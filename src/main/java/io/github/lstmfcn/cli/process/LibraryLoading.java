package io.github.lstmfcn.cli.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
          "verify");

  private static final Set<String> HELP = Set.of("-h", "--help");

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
    LibraryLoading loading = new LibraryLoading(needed);
    if (needed) {
      Thread thread = new Thread(loading.version, "tensorflow-loading");
      thread.setDaemon(true);
      thread.start();
    }
    return loading;
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
