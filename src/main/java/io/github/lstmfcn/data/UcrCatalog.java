package io.github.lstmfcn.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The datasets of the UCR archive and what the releases of 2017 and 2019 have for each of them. */
public final class UcrCatalog {
  private static final String RESOURCE = "ucr-datasets.csv";
  private static final UcrCatalog PUBLISHED = new UcrCatalog(read());

  private final List<UcrDataset> sets;

  private UcrCatalog(List<UcrDataset> sets) {
    this.sets = sets;
  }

  /** {@return the catalog that is part of this library, with all 128 datasets} */
  public static UcrCatalog published() {
    return PUBLISHED;
  }

  /** {@return all datasets, ordered by the numbers of the original code} */
  public List<UcrDataset> datasets() {
    return sets;
  }

  /**
   * Finds a dataset by its name in either archive or in the original code. A name that matches in
   * no other way is matched regardless of case.
   *
   * @param anyName the name
   * @return the dataset; empty if there is none of that name
   */
  public Optional<UcrDataset> find(String anyName) {
    return first(set -> set.names().anyMatch(anyName::equals))
        .or(() -> first(set -> set.names().anyMatch(anyName::equalsIgnoreCase)));
  }

  /**
   * Finds the datasets by the beginning of their weight file's name in the release of 2017. A file
   * name is not bound to one dataset, hence a list.
   *
   * @param prefix the name of the file before {@code _weights.h5}
   * @return the datasets; empty if there is none or the prefix is empty
   */
  public List<UcrDataset> findByWeightsPrefix(String prefix) {
    return sets.stream()
        .filter(set -> !prefix.isEmpty() && set.weightsPrefix2017().equals(prefix))
        .toList();
  }

  private Optional<UcrDataset> first(Predicate<UcrDataset> condition) {
    return sets.stream().filter(condition).findFirst();
  }

  private static List<UcrDataset> read() {
    try (InputStream text = UcrCatalog.class.getResourceAsStream(RESOURCE);
        CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      return reader.stream().map(UcrCatalog::set).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UcrDataset set(NamedCsvRecord row) {
    return new UcrDataset(
        number(row, "id").orElseThrow(),
        row.getField("upstream_name"),
        row.getField("archive_2018_name"),
        row.getField("archive_2015_name"),
        number(row, "length").orElseThrow(),
        number(row, "classes").orElseThrow(),
        number(row, "train_2018").orElseThrow(),
        number(row, "test_2018").orElseThrow(),
        row.getField("train_test_swapped_in_2015").equals("yes"),
        row.getField("weights_prefix_2017"),
        number(row, "cells_lstmfcn_2017"),
        number(row, "cells_alstmfcn_2017"),
        number(row, "epochs_2017"),
        number(row, "batch_size_2017"));
  }

  private static OptionalInt number(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }
}
