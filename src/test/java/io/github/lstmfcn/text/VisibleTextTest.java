package io.github.lstmfcn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

  @Test
  void leavesPlainTextAsItIs() {
    String text = "layer conv1d_1, größer\t日本 \ud83d\ude00";

    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @Test
  void escapesWhatMovesTheCursorOrTurnsTheText() {
    assertThat(VisibleText.of("a\u001b[2Jb\u0007\u202ec\u009b\u200b"))
        .isEqualTo("a\\u001b[2Jb\\u0007\\u202ec\\u009b\\u200b");
  }

  @Test
  void staysOnOneLine() {
    assertThat(VisibleText.of("a\r\nb\rc\nd\u2028e\u0085f")).isEqualTo("a b c d e f");
  }

  @Test
  void escapesHalvesOfCharactersAndInvisibleOnes() {
    assertThat(VisibleText.of("a\ud800b\udc00c\ud83d\ude00\udb40\udc41"))
        .isEqualTo("a\\ud800b\\udc00c\ud83d\ude00\\udb40\\udc41");
  }
}
