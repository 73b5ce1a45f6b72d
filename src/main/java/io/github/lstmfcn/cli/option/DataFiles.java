package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Era;
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

  /** The names of the datasets, in alphabetical order. */
  List<String> names();

  /**
   * The name of a dataset as its files spell it.
   *
   * @throws InvalidInputException if there is no such dataset or the name fits several
   */
  String resolve(String name);

  /** One split of a dataset, if there is one. */
  Optional<DataSource> find(String name, Split split);

  /**
   * One split of a dataset.
   *
   * @throws InvalidInputException if there is none
   */
  DataSource source(String name, Split split);

  /**
   * The archive that the files of a dataset come from, by their format; empty if not their names
   * but options tell which is TRAIN.
   */
  Optional<Era> era(String name);

  /**
   * Datasets of an archive, or the dataset that a file belongs to.
   *
   * @param archive the archive
   * @param layout the layout of all files
   * @param labels the file with the labels of {@code labelled}; null for none
   * @param labelled the file that {@code --data} names; null for a folder
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

    @Override
    public Optional<Era> era(String name) {
      return Optional.of(archive.era(name));
    }

    private DataSource source(Path file, Split split) {
      return new DataSource(file, file.equals(labelled) ? labels : null, split, null, layout);
    }
  }

  /**
   * One dataset whose files were named individually.
   *
   * @param name the name of the dataset
   * @param parts its splits
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
            parts.values().iterator().next().file(), "", name, asked, "omit --set");
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
                      "a file with the %s split beside it".formatted(split),
                      "none",
                      "name it: --%s FILE".formatted(NamedValues.name(split))));
    }

    @Override
    public Optional<Era> era(String asked) {
      return Optional.empty();
    }
  }
}
