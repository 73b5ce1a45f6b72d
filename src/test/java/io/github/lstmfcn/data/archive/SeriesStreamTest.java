package io.github.lstmfcn.data.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesStreamTest {
  private static final float NAN = Float.NaN;

  @Test
  void takesEachLineBySeparatorsOfItsOwn() {
    SeriesStream stream = stream("1\t2\t3\n1,2 , 3\n1;2;3\n  1  2 3  \n7\n");

    for (int row = 0; row < 4; row++) {
      assertThat(stream.next()[0]).containsExactly(1, 2, 3);
      assertThat(stream.line()).isEqualTo(row + 1);
    }
    assertThat(stream.next()[0]).containsExactly(7);
    assertThat(stream.hasNext()).isFalse();
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void skipsBlankLinesAndCommentsAndKeepsCount() {
    SeriesStream stream = stream("\uFEFF# steps\r\n\r\n1,?,NaN\r\n\n  # more\n2,3");

    assertThat(stream.next()[0]).containsExactly(1, NAN, NAN);
    assertThat(stream.line()).isEqualTo(3);
    assertThat(stream.next()[0]).containsExactly(2, 3);
    assertThat(stream.line()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,x,3", "1,,3", "1,Infinity,3", "1\tx\t3", "1e99,x"})
  void goesOnAfterALineThatItRefused(String bad) {
    SeriesStream stream = stream("1,2\n" + bad + "\n3,4\n");
    stream.next();

    assertThatThrownBy(stream::next)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("stdin: line 2, column ")
        .hasMessageNotContaining("\n");
    assertThat(stream.next()[0]).containsExactly(3, 4);
    assertThat(stream.line()).isEqualTo(3);
  }

  @Test
  void readsNoFurtherThanItsBufferOnAStreamWithoutEnd() {
    Endless endless = new Endless("1,2,3\n");
    SeriesStream stream = SeriesStream.open(endless, "stdin");

    for (int row = 1; row <= 200_000; row++) {
      stream.next();
      if (row % 1000 == 0) {
        assertThat(endless.read - 6L * row).isBetween(0L, 65_536L);
      }
    }
    assertThat(stream.line()).isEqualTo(200_000);
  }

  @Test
  void handsOutALineBeforeTheNextOneIsThere() {
    // Fails the test where it is asked for more than what has been sent.
    InputStream sent =
        new InputStream() {
          private final InputStream bytes = new ByteArrayInputStream("1,2\n".getBytes(UTF_8));

          @Override
          public int read() {
            throw new AssertionError("asked for a single byte");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = bytes.read(buffer, offset, length);
            assertThat(read).as("blocks here").isPositive();
            return read;
          }

          @Override
          public int available() throws IOException {
            return bytes.available();
          }
        };

    assertThat(SeriesStream.open(sent, "stdin").next()[0]).containsExactly(1, 2);
  }

  @Test
  void refusesALineWithoutEndBeforeItFillsTheMemory() {
    SeriesStream stream = SeriesStream.open(new Endless("1,"), "stdin");

    assertThatThrownBy(stream::next)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("stdin: line 1: expected at most 16777216 characters per line");
  }

  @Test
  void saysWhyItCannotRead() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatThrownBy(() -> SeriesStream.open(closed, "stdin").next())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("stdin: line 1: expected readable input")
        .hasMessageContaining("closed");
  }

  private static SeriesStream stream(String text) {
    return SeriesStream.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "stdin");
  }

  /** The same text for ever; counts what was taken. */
  private static final class Endless extends InputStream {
    private final byte[] text;
    private long read;

    Endless(String text) {
      this.text = text.getBytes(UTF_8);
    }

    @Override
    public int read() {
      return text[(int) (read++ % text.length)];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      for (int index = 0; index < length; index++) {
        buffer[offset + index] = (byte) read();
      }
      return length;
    }
  }
}
