package io.github.lstmfcn.cli.process;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds back the end of the process on Ctrl-C or SIGTERM, until this object is closed, so that work
 * in progress can be completed. The second signal ends the process at once.
 */
public final class Interruption implements AutoCloseable {
  private static final int[] SIGNALS = {1, 2, 15}; // SIGHUP, SIGINT, SIGTERM

  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");

  public Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Asks for the end of the work as soon as standard input ends. A parent process that keeps a pipe
   * to standard input open, and writes nothing, thus takes the work with it, however it ends.
   */
  public void requestAtEndOf(InputStream input) {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (input.read() >= 0) {
                  // What is written is not for this process.
                }
              } catch (IOException ended) {
                // As its end.
              }
              asked.set(true);
            },
            "end-of-input");
    reader.setDaemon(true);
    reader.start();
  }

  private void await() {
    asked.set(true);
    letSignalsEnd();
    try {
      ended.await();
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** While Java shuts down, it ignores further signals; by default they end a process. */
  private static void letSignalsEnd() {
    try {
      CLibrary.load()
          .ifPresent(
              c -> {
                for (int signal : SIGNALS) {
                  c.signal(signal, Pointer.NULL); // SIG_DFL
                }
              });
    } catch (LinkageError withoutJna) {
      // A program that does without it waits for the end of the work.
    }
  }

  /** Whether the process was asked to end. */
  public boolean isRequested() {
    return asked.get();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook has run: the process ends now.
    }
  }
}
