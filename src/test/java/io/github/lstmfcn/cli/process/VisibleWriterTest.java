package io.github.lstmfcn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {

  @Test
  void whatActsOnATerminalIsEscapedHoweverItIsWritten() {
    String text = "a\u001b[31m\t\u202eb\r\nc\rd\u009be\ud83d\ude00\ud800f\u200dg\n";

    for (int step = 1; step < 5; step++) {
      StringWriter written = new StringWriter();
      PrintWriter out = VisibleWriter.printer(new PrintWriter(written), false);
      for (int at = 0; at < text.length(); at += step) {
        out.print(text.substring(at, Math.min(text.length(), at + step)));
      }
      out.close();

      assertThat(written)
          .hasToString("a\\u001b[31m\t\\u202eb\r\nc\\u000dd\\u009be\ud83d\ude00\\ud800f\u200dg\n");
    }
  }

  @Test
  void aProgressLineMayReturn() {
    StringWriter written = new StringWriter();
    PrintWriter err = VisibleWriter.printer(new PrintWriter(written), true);

    err.print("\r10 %");
    err.flush();
    err.print("\r20 %\u0007\r");
    err.flush();

    assertThat(written).hasToString("\r10 %\r20 %\\u0007\r");
  }
}
