package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.search.GridProgress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress and the remaining time of a command: a bar on a terminal, elsewhere a line with a
 * time stamp now and then.
 */
public final class ProgressLine implements GridProgress {
  private static final int TERMINAL_MILLISECONDS = 200;
  private static final int FILE_MILLISECONDS = 10_000;
  private static final int WIDTH = 130;

  private final ProgressBar bar;
  private final PrintWriter err;
  private final boolean terminal;

  /**
   * Starts to show progress.
   *
   * @param done the number of steps already done
   * @param total the number of all steps
   * @param terminal whether {@code err} is a terminal
   * @param clock the clock, with a time zone, for the time stamps
   */
  public ProgressLine(
      String task, long done, long total, PrintWriter err, boolean terminal, Clock clock) {
    this.err = err;
    this.terminal = terminal;
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(done, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? TERMINAL_MILLISECONDS : FILE_MILLISECONDS)
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    terminal ? this::redraw : new StampedLines(err, clock)::add, WIDTH))
            .build();
  }

  private void redraw(String line) {
    err.print("\r" + line);
    err.flush();
  }

  /** Prints lines with time stamps; a line equal to the one before is omitted. */
  private static final class StampedLines {
    private final PrintWriter err;
    private final Clock clock;
    private String last = "";

    StampedLines(PrintWriter err, Clock clock) {
      this.err = err;
      this.clock = clock;
    }

    void add(String padded) {
      String line = padded.stripTrailing();
      if (!line.equals(last)) {
        OffsetDateTime now = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
        err.print(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now) + " " + line + "\n");
        err.flush();
        last = line;
      }
    }
  }

  @Override
  public void step(String message) {
    bar.setExtraMessage(message);
    bar.step();
  }

  /** Shows a message about the step in progress. */
  public void say(String message) {
    bar.setExtraMessage(message);
  }

  @Override
  public void close() {
    bar.close();
    if (terminal) {
      err.println();
    }
  }
}
