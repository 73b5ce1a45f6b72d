package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.search.GridProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a command is and how long it will take: a bar on a terminal, elsewhere a line at times.
 */
public final class ProgressLine implements GridProgress {
  private static final int TERMINAL_MILLISECONDS = 200;
  private static final int FILE_MILLISECONDS = 10_000;
  private static final int WIDTH = 130;

  private final ProgressBar bar;
  private final PrintWriter err;

  /**
   * Begins.
   *
   * @param done of {@code total} already
   * @param terminal whether a person looks at {@code err}
   */
  public ProgressLine(String task, long done, long total, PrintWriter err, boolean terminal) {
    this.err = err;
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(done, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? TERMINAL_MILLISECONDS : FILE_MILLISECONDS)
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> {
                      err.print(terminal ? "\r" + line : line.stripTrailing() + "\n");
                      err.flush();
                    },
                    WIDTH))
            .build();
  }

  @Override
  public void step(String message) {
    bar.setExtraMessage(message);
    bar.step();
  }

  /** Says something about what is under way. */
  public void say(String message) {
    bar.setExtraMessage(message);
  }

  @Override
  public void close() {
    bar.close();
    err.println();
  }
}
