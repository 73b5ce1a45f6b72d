package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.TimeSeriesClassifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The open classifiers of this process: one for each model, which the tasks of an executor share.
 * Those that no task uses stay open for the next one, up to {@link #IDLE}; the process closes them
 * at its end.
 */
public final class ExecutorClassifiers {
  /** The number of classifiers without a task that stay open. */
  private static final int IDLE = 4;

  /** Native memory is of the process, and so is this. */
  private static final ExecutorClassifiers OF_PROCESS = new ExecutorClassifiers();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::closeAll, "lstmfcn-close"));
  }

  private final Map<String, Shared> classifiers = new HashMap<>();
  private long uses;

  private ExecutorClassifiers() {}

  public static ExecutorClassifiers ofProcess() {
    return OF_PROCESS;
  }

  /** A classifier with the tasks that use it. */
  private static final class Shared {
    private final TimeSeriesClassifier classifier;
    private int tasks;
    private long lastUse;

    Shared(TimeSeriesClassifier classifier) {
      this.classifier = classifier;
    }
  }

  /**
   * Borrows a classifier, to be given back by {@link #release}.
   *
   * @param key tells models apart
   * @param open opens the classifier if it is not
   */
  synchronized TimeSeriesClassifier borrow(String key, Supplier<TimeSeriesClassifier> open) {
    Shared shared = classifiers.get(key);
    if (shared == null) {
      shared = new Shared(open.get());
      classifiers.put(key, shared);
    }
    shared.tasks++;
    return shared.classifier;
  }

  /** Gives a classifier back. */
  synchronized void release(String key) {
    Shared shared = classifiers.get(key);
    if (shared == null) {
      return; // the process ends
    }
    shared.tasks--;
    shared.lastUse = ++uses;
    List<Map.Entry<String, Shared>> idle =
        new ArrayList<>(
            classifiers.entrySet().stream().filter(entry -> entry.getValue().tasks == 0).toList());
    idle.sort(Comparator.comparingLong(entry -> entry.getValue().lastUse));
    for (Map.Entry<String, Shared> oldest : idle.subList(0, Math.max(0, idle.size() - IDLE))) {
      classifiers.remove(oldest.getKey()).classifier.close();
    }
  }

  /** The number of open classifiers. */
  public synchronized int size() {
    return classifiers.size();
  }

  private synchronized void closeAll() {
    classifiers.values().forEach(shared -> shared.classifier.close());
    classifiers.clear();
  }
}
