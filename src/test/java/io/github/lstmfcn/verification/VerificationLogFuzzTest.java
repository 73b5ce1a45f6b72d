package io.github.lstmfcn.verification;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of verifications of any bytes. */
class VerificationLogFuzzTest {

  static Stream<byte[]> logs() {
    return Stream.of(
        "{\"format\": 2, \"key\": \"a\", \"result\": {}}\n".getBytes(StandardCharsets.UTF_8),
        "{\"format\": 1}\n\n{".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("logs")
  @FuzzTest(maxDuration = "10s")
  void aLog(byte[] bytes) {
    Fuzzed.read("verification.jsonl", bytes, file -> VerificationLog.at(file, "2.18.0"));
  }
}
