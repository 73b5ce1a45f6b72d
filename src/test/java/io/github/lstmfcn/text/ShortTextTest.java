package io.github.lstmfcn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortTextTest {

  @Test
  void cutsTheMiddleOfALongText() {
    assertThat(ShortText.of("abcdefghij", 10)).isEqualTo("abcdefghij");
    assertThat(ShortText.of("abcdefghijk", 10)).isEqualTo("abcde…hijk");
  }

  @Test
  void doesNotCutACharacterInHalf() {
    String smiles = "\ud83d\ude00".repeat(10);

    for (int most = 3; most < 20; most++) {
      String cut = ShortText.of(smiles, most);
      assertThat(cut).hasSizeLessThanOrEqualTo(most);
      assertThat(cut.replace("\ud83d\ude00", "")).isEqualTo("…");
    }
  }

  @Test
  void markupKeepsWhatXmlAllows() {
    assertThat(MarkupText.of("a\u0000b\u001bc\ufffed\ud800e\tf\ud83d\ude00"))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\tf\ud83d\ude00");
  }
}
