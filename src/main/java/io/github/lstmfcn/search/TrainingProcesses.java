package io.github.lstmfcn.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Trains runs in processes of their own, several at a time: each process has its own memory and
 * TensorFlow, and a failure does not affect the others. The processes are started with the command
 * line of this process.
 *
 * @param program the class whose {@code main} takes the command line
 * @param jobs the number of processes at a time
 * @param stop whether to stop: then no further process is started, and the running ones are asked
 *     to stop after their epoch
 */
public record TrainingProcesses(Class<?> program, int jobs, BooleanSupplier stop) {
  private static final int LOOK_MILLISECONDS = 50;

  /** Receives every run whose process has ended. */
  interface Listener {
    /**
     * Called when a process has ended.
     *
     * @param folder the folder of the run
     * @param seconds the seconds that the process took
     * @param reason why the process failed, in one line; empty if it did not, or was asked to stop
     */
    void ended(Path folder, double seconds, String reason);
  }

  /**
   * Trains runs from where they are.
   *
   * @param folders the folders of the runs, in the order in which they are started
   * @param listener receives the ended runs, on this thread
   */
  void run(List<Path> folders, Listener listener) {
    Deque<Path> waiting = new ArrayDeque<>(folders);
    List<Running> running = new ArrayList<>();
    boolean told = false;
    try {
      while (!running.isEmpty() || (!waiting.isEmpty() && !told)) {
        told = told || tell(running);
        while (!told && running.size() < jobs && !waiting.isEmpty()) {
          running.add(Running.start(waiting.element(), command(waiting.remove())));
        }
        for (Iterator<Running> each = running.iterator(); each.hasNext(); ) {
          Running one = each.next();
          if (!one.process.isAlive()) {
            each.remove();
            listener.ended(one.folder, one.seconds(), stop.getAsBoolean() ? "" : one.reason());
          }
        }
        if (!running.isEmpty()) {
          running.get(0).process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("a process for a run could not be started", e);
    } finally {
      running.forEach(one -> one.process.destroy());
    }
  }

  private boolean tell(List<Running> running) {
    if (!stop.getAsBoolean()) {
      return false;
    }
    running.forEach(one -> one.process.destroy());
    return true;
  }

  private record Running(Path folder, Process process, long startedNanos) {
    static Running start(Path folder, List<String> command) throws IOException {
      Process process =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      return new Running(folder, process, System.nanoTime());
    }

    double seconds() {
      return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** The last line that the process printed on standard error; its exit code if there is none. */
    String reason() {
      if (process.exitValue() == 0) {
        return "";
      }
      String said;
      try {
        said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        said = "";
      }
      return said.lines()
          .filter(line -> !line.isBlank())
          .reduce((before, last) -> last)
          .map(line -> line.replaceFirst("^lstmfcn: ", ""))
          .orElse("its process ended with exit code " + process.exitValue());
    }
  }

  private List<String> command(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agent")) // a debugger's port is taken
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of("train", "--quiet", "--resume", folder.toString()));
    return command;
  }
}
