package io.github.lstmfcn.machine;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting of the process: the system property {@code lstmfcn.<name>}, or else the environment
 * variable {@code LSTMFCN_<NAME>}.
 *
 * @param name the name, in lower case
 */
public record Setting(String name) {
  private static final String NONE = "auto";

  /**
   * The value of the setting; empty if it is not set, or {@code auto}.
   *
   * @param values the possible values
   * @param <T> their type, whose texts users write
   * @throws InvalidInputException if the setting has another value
   */
  public <T> Optional<T> value(List<T> values) {
    String property = System.getProperty("lstmfcn." + name);
    String variable = "LSTMFCN_" + name.toUpperCase(Locale.ROOT);
    String text = property == null ? System.getenv(variable) : property;
    if (text == null || text.isBlank() || text.strip().equalsIgnoreCase(NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        values.stream()
            .filter(value -> value.toString().equalsIgnoreCase(text.strip()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        null,
                        property == null ? variable : "lstmfcn." + name,
                        NONE + " or one of " + values,
                        text,
                        "")));
  }
}
