package io.github.lstmfcn.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The datasets of the UEA archive of multivariate time series, with their sizes. The sizes of
 * InsectWingbeat come from a single source and are unconfirmed.
 */
public final class UeaCatalog {
  private static final String RESOURCE = "uea-datasets.csv";
  private static final UeaCatalog PUBLISHED = new UeaCatalog(read());

  private final List<UeaDataset> sets;

  private UeaCatalog(List<UeaDataset> sets) {
    this.sets = sets;
  }

  /** {@return the catalog that is part of this library, with all 30 datasets} */
  public static UeaCatalog published() {
    return PUBLISHED;
  }

  /** {@return all datasets, in alphabetical order} */
  public List<UeaDataset> datasets() {
    return sets;
  }

  /**
   * Finds a dataset by its name, regardless of case.
   *
   * @param name the name
   * @return the dataset; empty if there is none of that name
   */
  public Optional<UeaDataset> find(String name) {
    return sets.stream().filter(set -> set.name().equalsIgnoreCase(name)).findFirst();
  }

  private static List<UeaDataset> read() {
    try (InputStream text = UeaCatalog.class.getResourceAsStream(RESOURCE);
        CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      return reader.stream().map(UeaCatalog::set).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UeaDataset set(NamedCsvRecord row) {
    return new UeaDataset(
        row.getField("dataset"),
        number(row, "train"),
        number(row, "test"),
        number(row, "variables"),
        number(row, "length"),
        number(row, "classes"));
  }

  private static int number(NamedCsvRecord row, String column) {
    return Integer.parseInt(row.getField(column));
  }
}
