package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The datasets that a command line names. */
public sealed interface DataFiles {

  /** Their names, in alphabetical order. */
  List<String> names();

  /**
   * The name of a dataset as its files spell it.
   *
   * @throws InvalidInputException if there is no such dataset or the name fits several
   */
  String resolve(String name);

  /** One part of a dataset, if it is there. */
  Optional<DataSource> find(String name, Split split);

  /**
   * One part of a dataset.
   *
   * @throws InvalidInputException if it is not there
   */
  DataSource source(String name, Split split);

  /**
   * Datasets of an archive, or the one that a file belongs to.
   *
   * @param archive that has them
   * @param layout of all files
   * @param labels of one of the files; null for none
   * @param labelled that file
   */
  record Archive(UcrArchive archive, TableLayout layout, Path labels, Path labelled)
      implements DataFiles {
    @Override
    public List<String> names() {
      return archive.names();
    }

    @Override
    public String resolve(String name) {
      return archive.resolve(name);
    }

    @Override
    public Optional<DataSource> find(String name, Split split) {
      return archive.find(name, split).map(file -> source(file, split));
    }

    @Override
    public DataSource source(String name, Split split) {
      return source(archive.file(name, split), split);
    }

    private DataSource source(Path file, Split split) {
      return new DataSource(file, file.equals(labelled) ? labels : null, split, null, layout);
    }
  }

  /**
   * One dataset, whose files were named one by one.
   *
   * @param name of it
   * @param parts that are there
   */
  record Named(String name, Map<Split, DataSource> parts) implements DataFiles {
    @Override
    public List<String> names() {
      return List.of(name);
    }

    @Override
    public String resolve(String asked) {
      if (!asked.equalsIgnoreCase(name)) {
        throw new InvalidInputException(
            parts.values().iterator().next().file(), "", name, asked, "leave out --set");
      }
      return name;
    }

    @Override
    public Optional<DataSource> find(String asked, Split split) {
      return Optional.ofNullable(parts.get(split));
    }

    @Override
    public DataSource source(String asked, Split split) {
      resolve(asked);
      return find(asked, split)
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      parts.values().iterator().next().file(),
                      "",
                      "a file of %s beside it".formatted(split),
                      "none",
                      "name it: --%s FILE".formatted(NamedValues.name(split))));
    }
  }
}
