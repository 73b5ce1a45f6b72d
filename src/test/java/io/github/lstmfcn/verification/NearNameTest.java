package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearNameTest {
  @ParameterizedTest
  @CsvSource({
    "fiftywords_weights.h5, fifty_words",
    "Fifty-Words_weights.h5, fifty_words",
    "fifty_wrds_weights.h5, fifty_words",
    "50words_weights.h5, fifty_words",
    "FiftyWords.h5, fifty_words_weights.h5",
    "fifty_words.keras, fifty_words_weights.h5",
    "walk_vs_run_weights.h5, walk_vs_run_",
    "JapaneseVowels_weights.h5, japanese_vowels_",
    "AREM_weights.h5, AReM"
  })
  void aNameThatIsNearlyKnownIsCompleted(String file, String meant) {
    assertThat(NearName.of(file)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.h5", "weights-best.h5", "model.keras", "my_weights.h5", ".h5"})
  void anyOtherNameIsNot(String file) {
    assertThat(NearName.of(file)).isEmpty();
  }

  @Test
  void noneIsChosenOfSeveralThatAreAsNear() {
    assertThat(NearName.of("cricket_w_weights.h5")).isEmpty();
    assertThat(NearName.of("ArabicVoice_weights.h5")).isEmpty();
    assertThat(NearName.of("Wafer_weights.h5")).isEmpty();
  }
}
