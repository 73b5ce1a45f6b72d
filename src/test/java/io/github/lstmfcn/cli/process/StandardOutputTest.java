package io.github.lstmfcn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardOutputTest {

  /** Takes some bytes, then refuses as the system would. */
  private static OutputStream full(int room, String reason) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int value) throws IOException {
        if (left-- <= 0) {
          throw new IOException(reason);
        }
      }
    };
  }

  @Test
  void whatIsPrintedArrivesInUtf8() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput output = new StandardOutput(bytes);
    PrintWriter printer = output.printer();
    StringWriter err = new StringWriter();

    printer.println("über");
    printer.flush();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("über" + System.lineSeparator());
    assertThat(output.exitCode(0, new PrintWriter(err))).isZero();
    assertThat(output.exitCode(2, new PrintWriter(err))).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device,0,1,1",
    "No space left on device,2,2,1",
    "Bad file descriptor,0,1,1",
    "Input/output error,0,1,1",
    "Broken pipe,0,141,0",
    "Broken pipe,1,1,0"
  })
  void whatDoesNotArriveIsAFailure(String reason, int own, int expected, int lines) {
    StandardOutput output = new StandardOutput(full(5, reason));
    PrintWriter printer = output.printer();
    StringWriter err = new StringWriter();
    printer.println("a line that is longer than that");
    printer.println("another");
    printer.flush();

    assertThat(output.exitCode(own, new PrintWriter(err, true))).isEqualTo(expected);
    assertThat(err.toString()).hasLineCount(lines);
    if (lines == 1) {
      assertThat(err.toString())
          .startsWith(
              "lstmfcn: standard output: expected all output to be written, found "
                  + reason
                  + "; the output is incomplete");
    }
  }
}
