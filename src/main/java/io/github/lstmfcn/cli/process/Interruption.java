package io.github.lstmfcn.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds back the end of the process on Ctrl-C or SIGTERM, until this object is closed, so that work
 * in progress can be completed.
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
