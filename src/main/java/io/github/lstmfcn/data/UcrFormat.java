package io.github.lstmfcn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The UCR archives' own format: a series a line, its label first. */
record UcrFormat(Separator separator) implements DatasetFormat {

  @Override
  public void read(BufferedReader text, Path file, Consumer<Row> rows) throws IOException {
    Place place = Place.of(file);
    new Rows(separator.character(), '"', '\0').read(text, place, new Handler(place), rows);
  }

  private final class Handler extends RowHandler {
    Handler(Place place) {
      super(place, separator.character());
    }

    @Override
    void take(char[] text, int offset, int length) {
      if (label() == null) {
        setLabel(text, offset, length);
        if (label().isEmpty() || label().equals("?") || label().equalsIgnoreCase("NaN")) {
          throw error("a label", NumberText.shown(label()), "");
        }
      } else {
        addValue(text, offset, length);
      }
    }

    @Override
    void check() {
      if (count() == 0) {
        Separator other = Separator.of(label());
        throw lineError(
            "a label and values separated by " + separator.plural(),
            "only " + NumberText.shown(label()),
            other == Separator.BLANK ? "" : "the line has " + other.plural());
      }
    }
  }
}
