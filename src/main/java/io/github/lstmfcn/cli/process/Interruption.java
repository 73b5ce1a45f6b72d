package io.github.lstmfcn.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, or a polite kill, while something must be ended well: the process waits until this is
 * closed.
 */
public final class Interruption implements AutoCloseable {
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "interruption");

  public Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    asked.set(true);
    try {
      ended.await();
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether to come to an end. */
  public boolean isRequested() {
    return asked.get();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It has run: the process ends now.
    }
  }
}
