package io.github.lstmfcn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.6Z"), ZoneOffset.ofHours(2));

  private static String printed(boolean terminal) {
    StringWriter text = new StringWriter();
    try (ProgressLine line =
        new ProgressLine("epochs", 0, 2, new PrintWriter(text), terminal, CLOCK)) {
      line.step("one");
      line.step("two");
    }
    return text.toString();
  }

  @Test
  void everyLineOfAFileBeginsWithItsTimeAndSaysSomethingNew() {
    assertThat(printed(false).lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("2026-01-02T05:04:05+02:00 epochs"))
        .doesNotHaveDuplicates()
        .last()
        .asString()
        .contains("2/2", "two");
  }

  @Test
  void aTerminalHasABarWithoutATime() {
    assertThat(printed(true)).contains("\repochs", "2/2").doesNotContain("2026").endsWith("\n");
  }
}
