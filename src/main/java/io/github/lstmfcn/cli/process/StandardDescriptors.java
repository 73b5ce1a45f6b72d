package io.github.lstmfcn.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file descriptors 0 to 2 of the process. A process that was started with one of them closed
 * gets its number for the next file it opens, which is one of Java's own: the jar, an archive of
 * classes. Such a descriptor must be neither read, written nor replaced. Where it is still closed,
 * the null device is opened on it.
 *
 * @param input whether descriptor 0 is standard input
 * @param output whether descriptor 1 is standard output
 * @param error whether descriptor 2 is standard error
 */
public record StandardDescriptors(boolean input, boolean output, boolean error) {
  private static final int GET_FLAGS = 1; // F_GETFD
  private static final int CLOSE_ON_EXEC = 1; // FD_CLOEXEC
  private static final int GET_STATUS = 3; // F_GETFL
  private static final int ACCESS_MODE = 3; // O_ACCMODE
  private static final int READ_WRITE = 2; // O_RDWR

  /**
   * The descriptors as the process got them. Java's own streams become empty where they are not
   * what they stand for.
   */
  public static StandardDescriptors ofProcess() {
    boolean[] given = {true, true, true};
    CLibrary.load()
        .ifPresent(
            c -> {
              for (int number = 0; number < given.length; number++) {
                given[number] = isGiven(c, number);
              }
            });
    StandardDescriptors found = new StandardDescriptors(given[0], given[1], given[2]);
    found.emptyStreams();
    return found;
  }

  private void emptyStreams() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    if (!input) {
      System.setIn(InputStream.nullInputStream());
    }
    if (!output) {
      System.setOut(nowhere);
    }
    if (!error) {
      System.setErr(nowhere);
    }
  }

  private static boolean isGiven(CLibrary c, int number) {
    int flags = c.fcntl(number, GET_FLAGS);
    if (flags < 0) {
      int nowhere = c.open("/dev/null", READ_WRITE);
      if (nowhere != number && nowhere >= 0) {
        c.dup2(nowhere, number);
        c.close(nowhere);
      }
      return true;
    }
    if ((flags & CLOSE_ON_EXEC) != 0) {
      return false; // opened by this process: a descriptor of that kind is not handed on
    }
    boolean readOnly = (c.fcntl(number, GET_STATUS) & ACCESS_MODE) == 0;
    return number == 0 ? !isOfJava(number) : !readOnly;
  }

  /** Whether a descriptor is a file of Java's or of this program's. */
  private static boolean isOfJava(int number) {
    try {
      Path file = Path.of("/proc/self/fd/" + number).toRealPath();
      List<String> own = new ArrayList<>(List.of(System.getProperty("java.home")));
      own.addAll(Arrays.asList(System.getProperty("java.class.path").split(":")));
      for (String each : own) {
        Path path = Path.of(each);
        if (Files.exists(path) && file.startsWith(path.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException unknown) {
      return false;
    }
  }
}
