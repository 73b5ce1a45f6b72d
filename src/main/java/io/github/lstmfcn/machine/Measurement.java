package io.github.lstmfcn.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long several ways to compute the same took on a machine.
 *
 * @param question what was measured, and where
 * @param milliseconds the least time of each way, by its name
 */
public record Measurement(Question question, Map<String, Double> milliseconds) {
  /** A way has to be this much faster than the usual one to be taken instead: less is noise. */
  private static final double GAIN = 0.03;

  /**
   * What is measured.
   *
   * @param processor the name of the processor
   * @param processors the number of processors that the process may use
   * @param tensorflow the version of TensorFlow
   * @param task what is computed: the task, and the sizes on which its time depends
   */
  public record Question(String processor, int processors, String tensorflow, String task) {

    /** A question about this machine. */
    public static Question here(String tensorflow, String task) {
      Processor processor = Processor.current();
      return new Question(processor.name(), processor.count(), tensorflow, task);
    }
  }

  /** Keeps the order of the ways. */
  public Measurement {
    milliseconds = new LinkedHashMap<>(milliseconds);
  }

  /**
   * The fastest way, or the usual one if it is as fast but for noise.
   *
   * @param usual the name of the usual way
   */
  public String fastest(String usual) {
    String best =
        milliseconds.entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(usual);
    Double ofUsual = milliseconds.get(usual);
    return ofUsual != null && milliseconds.get(best) > (1 - GAIN) * ofUsual ? usual : best;
  }
}
