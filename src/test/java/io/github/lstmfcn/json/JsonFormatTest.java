package io.github.lstmfcn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormatTest {
  private enum Colour {
    RED,
    BLUE;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private record Inner(int count, float share, Colour colour) {
    Inner {
      if (share > 1) {
        throw new InvalidInputException(null, "share", "at most 1", "" + share, "");
      }
    }
  }

  private record Outer(
      Inner inner,
      @OrNull Inner other,
      List<Inner> list,
      String text,
      double number,
      boolean flag,
      Map<String, int[]> shapes) {}

  private static final JsonFormat<Outer> FORMAT =
      new JsonFormat<>(Outer.class, 3, "begin a new one");

  private static final Outer VALUE =
      new Outer(
          new Inner(1, 0.1f, Colour.RED),
          null,
          List.of(new Inner(2, 0.25f, Colour.BLUE)),
          "ü",
          Double.NEGATIVE_INFINITY,
          true,
          new LinkedHashMap<>());

  @TempDir Path folder;

  @Test
  void aValueIsReadAsItWasWritten() throws Exception {
    Path file = folder.resolve("file.json");

    FORMAT.write(file, VALUE);

    assertThat(FORMAT.read(file)).isEqualTo(VALUE);
    assertThat(Files.readAllLines(file))
        .startsWith("{", "  \"format\" : 3,", "  \"lstmfcn\" : \"" + Program.version() + "\",");
    assertThat(Json.line(FORMAT.document(VALUE)))
        .endsWith(
            "\"inner\":{\"count\":1,\"share\":0.1,\"colour\":\"red\"},\"other\":null,"
                + "\"list\":[{\"count\":2,\"share\":0.25,\"colour\":\"blue\"}],\"text\":\"ü\","
                + "\"number\":\"-Infinity\",\"flag\":true,\"shapes\":{}}");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Program.version()).matches("[0-9]+[.][0-9]+[.][0-9]+.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\":3,||format: expected 3, found none",
        "\"format\":3|\"format\":4|format: expected 3, found 4",
        "\"format\":3|\"format\":\"3\"|format: expected 3, found \"3\"",
        "\"count\":1,||inner.count: expected a whole number, found none",
        "\"count\":1,|\"count\":1,\"size\":2,|inner.size: expected no field of this name, found 2",
        "\"count\":1,|\"count\":1.5,|inner.count: expected a whole number, found 1.5",
        "\"count\":1,|\"count\":\"1\",|inner.count: expected a whole number, found \"1\"",
        "\"count\":1,|\"count\":null,|inner.count: expected a whole number, found null",
        "\"count\":1,|\"count\":99999999999,|inner.count: expected a valid value, found "
            + "99999999999",
        "\"share\":0.1|\"share\":7|inner.share: expected at most 1, found 7.0",
        "\"red\"|\"green\"|inner.colour: expected one of [red, blue], found \"green\"",
        "\"red\"|0|inner.colour: expected one of [red, blue], found 0",
        "\"share\":0.25,||list[0].share: expected a number, found none",
        "\"list\":[|\"list\":[null,|list[0]: expected an object, found null",
        "\"other\":null,||other: expected an object, found none",
        "\"other\":null|\"other\":3|other: expected an object, found 3",
        "\"text\":\"ü\"|\"text\":3|text: expected text, found 3",
        "\"text\":\"ü\"|\"text\":null|text: expected text, found null",
        "\"text\":\"ü\"|\"text\":\"ü\",\"text\":\"u\"|expected a JSON object, found no JSON "
            + "at line",
        "\"number\":\"-Infinity\"|\"number\":\"many\"|number: expected a number, found \"many\"",
        "\"flag\":true|\"flag\":1|flag: expected true or false, found 1",
        "\"shapes\":{}|\"shapes\":{\"a\":[1,\"b\"]}|shapes.a[1]: expected a whole number, "
            + "found \"b\"",
        "\"shapes\":{}}|\"shapes\":{}|expected a JSON object, found no JSON at line",
      })
  void whatDoesNotBelongIsNamedOnOneLine(String from, String to, String message) {
    String written = Json.line(FORMAT.document(VALUE));
    String other = written.replace(from, to == null ? "" : to);
    assertThat(other).isNotEqualTo(written);

    assertThatThrownBy(() -> FORMAT.parse(Path.of("f.json"), "", other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("f.json: " + message)
        .hasMessageEndingWith("; begin a new one")
        .hasMessageNotContainingAny("jackson", "class", "\n");
  }

  @Test
  void aDocumentOfAnotherVersionSaysWhichAndWhere() {
    String written = Json.line(FORMAT.document(VALUE)).replace("\"count\":1,", "");
    String earlier = written.replace(Program.version(), "0.0.9");

    assertThatThrownBy(() -> FORMAT.parse(Path.of("f.json"), "line 2", earlier))
        .hasMessage(
            "f.json: line 2: written by 0.0.9, this is "
                + Program.version()
                + ": inner.count: expected a whole number, found none; begin a new one");
    assertThatThrownBy(
            () ->
                FORMAT.parse(
                    Path.of("f.json"),
                    "",
                    written.replace("\"lstmfcn\":\"" + Program.version() + "\",", "")))
        .hasMessage(
            "f.json: written by an unknown version, this is "
                + Program.version()
                + ": lstmfcn: expected a version, found none; begin a new one");
  }

  @Test
  void whatIsNoObjectOrNoFileIsRefused() {
    for (String text : new String[] {"", "3", "[]", "{} {}", "nonsense"}) {
      assertThatThrownBy(() -> FORMAT.parse(Path.of("f.json"), "", text))
          .as(text)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("f.json: expected a JSON object, found ");
    }
    assertThatThrownBy(() -> FORMAT.read(folder.resolve("none.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a file that can be read, found nothing of that name");
  }
}
