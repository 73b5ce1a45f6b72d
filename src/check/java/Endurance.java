import io.github.lstmfcn.Prediction;
import io.github.lstmfcn.TimeSeriesClassifier;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Uses the library as a service does for long: {@code Endurance MODEL SECONDS}. A line per check:
 * {@code ok} or {@code FAILED}, what was done, and the memory of the process.
 */
class Endurance {
  private static final int THREADS = 16;
  private static final int OPENED = 300;
  private static final int STREAMED = 60_000;
  private static final int CLOSED = 60;
  private static final long ALLOWED_GROWTH_MB = 96;

  private static boolean failed;

  private Endurance() {}

  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]);
    int seconds = Integer.parseInt(args[1]);
    check(THREADS + " threads for " + seconds + " s", () -> threads(model, seconds));
    check("closing during predictions", () -> closing(model));
    check("opening and closing " + OPENED + " times", () -> opening(model));
    check("interrupts", () -> interrupts(model));
    check("a stream of " + STREAMED + " series", () -> streaming(model));
    check("two class loaders", () -> classLoaders(model));
    System.exit(failed ? 1 : 0);
  }

  private static void check(String name, Callable<String> check) {
    String line;
    try {
      line = "ok      endurance, " + name + ": " + check.call();
    } catch (Exception | LinkageError | AssertionError failure) {
      failed = true;
      Throwable reason = failure instanceof ExecutionException ? failure.getCause() : failure;
      line = "FAILED  endurance, " + name + ": " + reason;
    }
    System.out.println(line);
  }

  /** Every thread must get the labels and, but for rounding, the probabilities of one thread. */
  private static String threads(Path model, int seconds) throws Exception {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(model)) {
      float[][] series = series(64, classifier.length(), 1);
      List<Prediction> expected = classifier.predict(series);
      AtomicLong answered = new AtomicLong();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      long[] memory = new long[2];
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        running.add(
            pool.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    int from = random.nextInt(series.length);
                    int to = from + 1 + random.nextInt(series.length - from);
                    List<Prediction> found =
                        classifier.predict(Arrays.copyOfRange(series, from, to));
                    same(expected.subList(from, to), found);
                    answered.addAndGet(found.size());
                  }
                  return null;
                }));
      }
      pool.shutdown();
      pool.awaitTermination(seconds / 4, TimeUnit.SECONDS);
      memory[0] = residentMegabytes();
      for (Future<?> each : running) {
        each.get();
      }
      memory[1] = residentMegabytes();
      bounded(memory);
      return "%d series answered alike, %s".formatted(answered.get(), text(memory));
    }
  }

  private static void same(List<Prediction> expected, List<Prediction> found) {
    for (int row = 0; row < expected.size(); row++) {
      boolean same =
          Math.abs(expected.get(row).probability() - found.get(row).probability()) < 1e-5
              && expected.get(row).label().equals(found.get(row).label());
      if (!same) {
        throw new AssertionError(expected.get(row) + " became " + found.get(row));
      }
    }
  }

  /** Predictions under way are answered, later ones refused; nothing else happens. */
  private static String closing(Path model) throws Exception {
    AtomicLong answered = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    Random random = new Random(2);
    for (int round = 0; round < CLOSED; round++) {
      TimeSeriesClassifier classifier = TimeSeriesClassifier.load(model);
      float[][] series = series(8, classifier.length(), round);
      ExecutorService pool = Executors.newFixedThreadPool(8);
      List<Future<?>> running = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(8);
      for (int thread = 0; thread < 8; thread++) {
        running.add(
            pool.submit(
                () -> {
                  begun.countDown();
                  try {
                    while (true) {
                      answered.addAndGet(classifier.predict(series).size());
                    }
                  } catch (IllegalStateException closed) {
                    refused.incrementAndGet();
                  }
                  return null;
                }));
      }
      begun.await();
      Thread.sleep(random.nextInt(20));
      classifier.close();
      for (Future<?> each : running) {
        each.get(30, TimeUnit.SECONDS);
      }
      pool.shutdown();
    }
    if (refused.get() != 8L * CLOSED) {
      throw new AssertionError(refused + " of " + 8 * CLOSED + " threads were told");
    }
    return "%d times, %d series answered, %d threads told"
        .formatted(CLOSED, answered.get(), refused.get());
  }

  private static String opening(Path model) throws Exception {
    long[] memory = new long[2];
    for (int number = 1; number <= OPENED; number++) {
      try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(model)) {
        classifier.predictOne(series(1, classifier.length(), number)[0]);
      }
      if (number == OPENED / 3) {
        memory[0] = residentMegabytes();
      }
    }
    memory[1] = residentMegabytes();
    bounded(memory);
    return text(memory);
  }

  /** An interrupted thread gets its answer or an exception of its own, the others theirs. */
  private static String interrupts(Path model) throws Exception {
    int answered = 0;
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(model)) {
      float[][] series = series(64, classifier.length(), 3);
      List<Prediction> expected = classifier.predict(series);
      for (int round = 0; round < 100; round++) {
        Throwable[] failure = new Throwable[1];
        boolean[] kept = new boolean[1];
        Thread thread =
            new Thread(
                () -> {
                  same(expected, classifier.predict(series));
                  while (!Thread.currentThread().isInterrupted()) {
                    same(expected, classifier.predict(series));
                  }
                  kept[0] = true;
                });
        thread.setUncaughtExceptionHandler((ended, reason) -> failure[0] = reason);
        thread.start();
        Thread.sleep(round % 20);
        thread.interrupt();
        thread.join(30_000);
        if (failure[0] != null || !kept[0]) {
          throw new AssertionError("an interrupted prediction ended with " + failure[0]);
        }
        same(expected, classifier.predict(series));
        answered++;
      }
    }
    int loaded = 0;
    for (int round = 0; round < 20; round++) {
      Throwable[] failure = new Throwable[1];
      Thread thread = new Thread(() -> TimeSeriesClassifier.load(model).close());
      thread.setUncaughtExceptionHandler((ended, reason) -> failure[0] = reason);
      thread.start();
      Thread.sleep(round);
      thread.interrupt();
      thread.join(30_000);
      if (failure[0] instanceof Error) {
        throw (Error) failure[0];
      }
      loaded += failure[0] == null ? 1 : 0;
    }
    TimeSeriesClassifier.load(model).close();
    return "%d during predictions, all answered; 20 while loading, %d loaded all the same"
        .formatted(answered, loaded);
  }

  private static String streaming(Path model) throws Exception {
    long[] memory = new long[2];
    AtomicLong count = new AtomicLong();
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(model)) {
      float[][] some = series(256, classifier.length(), 4);
      long start = System.nanoTime();
      try (Stream<Prediction> predictions =
          classifier.predictStream(
              Stream.iterate(0, number -> number + 1)
                  .limit(STREAMED)
                  .map(number -> some[number % some.length]))) {
        predictions.forEach(
            prediction -> {
              if (count.incrementAndGet() == STREAMED / 4) {
                memory[0] = residentMegabytes();
              }
            });
      }
      memory[1] = residentMegabytes();
      double seconds = (System.nanoTime() - start) / 1e9;
      bounded(memory);
      if (count.get() != STREAMED) {
        throw new AssertionError(count + " answers");
      }
      return String.format(Locale.ROOT, "%.0f per second, %s", STREAMED / seconds, text(memory));
    }
  }

  /** Two copies of the library in one process, as two applications in one server are. */
  private static String classLoaders(Path model) throws Exception {
    URL[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Endurance::url)
            .toArray(URL[]::new);
    List<String> labels = new ArrayList<>();
    for (int copy = 0; copy < 2; copy++) {
      URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
      Class<?> type = loader.loadClass("io.github.lstmfcn.TimeSeriesClassifier");
      AutoCloseable classifier =
          (AutoCloseable) type.getMethod("load", Path.class).invoke(null, model);
      int length = (int) type.getMethod("length").invoke(classifier);
      Method predict = type.getMethod("predictOne", float[].class);
      Object prediction = predict.invoke(classifier, (Object) series(1, length, 5)[0]);
      labels.add("" + prediction.getClass().getMethod("label").invoke(prediction));
      classifier.close();
    }
    if (!labels.get(0).equals(labels.get(1))) {
      throw new AssertionError("answers " + labels);
    }
    return "both answer";
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static float[][] series(int count, int length, long seed) {
    Random random = new Random(seed);
    float[][] series = new float[count][length];
    for (float[] one : series) {
      for (int step = 0; step < length; step++) {
        one[step] = (float) random.nextGaussian();
      }
    }
    return series;
  }

  private static long residentMegabytes() {
    System.gc();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException noLinux) {
      return 0;
    }
  }

  private static void bounded(long[] memory) {
    if (memory[1] - memory[0] > ALLOWED_GROWTH_MB) {
      throw new AssertionError(text(memory));
    }
  }

  private static String text(long[] memory) {
    return "resident memory %d MB early, %d MB at the end".formatted(memory[0], memory[1]);
  }
}
