package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
  @Test
  void theEnvironmentsNumberIsThatOfTensorFlow() {
    assertThat(Threads.set("2")).hasValue(2);
    assertThat(Threads.set(" 1 ")).hasValue(1);
    assertThat(Threads.set("1024")).as("more than there are processors").hasValue(1024);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "0"})
  void withoutOneTensorFlowChooses(String value) {
    assertThat(Threads.set(value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "-1", "1.5", "2 3", "1025", "9999999"})
  void whatIsNoNumberIsRefused(String value) {
    assertThatThrownBy(() -> Threads.set(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("TF_NUM_INTRAOP_THREADS: expected 1 to 1024 threads, found " + value);
  }
}
