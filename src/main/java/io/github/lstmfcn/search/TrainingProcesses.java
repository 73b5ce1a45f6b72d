package io.github.lstmfcn.search;

import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.run.TrainingRun;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Trains runs in processes of their own, several at a time: each process has its own memory and
 * TensorFlow, and a failure does not affect the others. The processes are started with the command
 * line of this process, and share the processors of the machine.
 *
 * @param program the class whose {@code main} takes the command line
 * @param jobs the number of processes at a time
 */
public record TrainingProcesses(Class<?> program, int jobs) implements TrainingPlace {
  /** The option with which a process stops after its epoch when this one has ended. */
  public static final String UNTIL_END_OF_INPUT = "--until-end-of-input";

  /** The release of Java that warns of native code for which it was not enabled. */
  private static final int FIRST_TO_WARN = 24;

  private static final int LOOK_MILLISECONDS = 50;

  @Override
  public int threads() {
    return Math.min(Execution.usualThreads(processorsEach()), processorsEach());
  }

  /** The number of processors for each process. */
  private int processorsEach() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
  }

  @Override
  public void run(List<Path> folders, BooleanSupplier stop, Listener listener) {
    Deque<Path> waiting = new ArrayDeque<>(folders);
    List<TrainingProcess> running = new ArrayList<>();
    boolean told = false;
    try {
      while (!running.isEmpty() || (!waiting.isEmpty() && !told)) {
        if (!told && stop.getAsBoolean()) {
          running.forEach(TrainingProcess::stop);
          told = true;
        }
        if (!told) {
          start(waiting, running);
        }
        for (Iterator<TrainingProcess> each = running.iterator(); each.hasNext(); ) {
          TrainingProcess one = each.next();
          if (one.isAlive()) {
            continue;
          }
          each.remove();
          if (stop.getAsBoolean()) {
            one.discardErrors();
            listener.ended(one.folder(), one.seconds(), "");
          } else if (one.failed() && TrainingRun.isInUse(one.folder())) {
            waiting.add(one.folder()); // somebody else was faster
          } else {
            listener.ended(one.folder(), one.seconds(), one.reason());
          }
        }
        Thread.sleep(LOOK_MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      running.forEach(TrainingProcess::stop);
    }
  }

  private void start(Deque<Path> waiting, List<TrainingProcess> running) {
    for (int looks = waiting.size(); looks > 0 && running.size() < jobs; looks--) {
      Path folder = waiting.remove();
      if (TrainingRun.isInUse(folder)) {
        waiting.add(folder);
      } else {
        running.add(TrainingProcess.start(folder, command(folder), environment()));
      }
    }
  }

  /** What keeps TensorFlow to the processors of its process, whatever its own settings are. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TF_NUM_INTEROP_THREADS", "" + processorsEach());
    environment.put("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
    if (Threads.set().isPresent()) { // else each process chooses
      environment.put(Threads.VARIABLE, "" + threads());
    }
    return environment;
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
    command.add("-XX:ActiveProcessorCount=" + processorsEach());
    if (Runtime.version().feature() >= FIRST_TO_WARN) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as the jar's manifest says
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of("train", "--quiet", UNTIL_END_OF_INPUT, "--resume", folder.toString()));
    return command;
  }
}
