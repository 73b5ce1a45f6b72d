package io.github.lstmfcn.verification;

import io.github.lstmfcn.model.ModelKind;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A dataset on which the original of MLSTM-FCN and MALSTM-FCN reports accuracies.
 *
 * @param index the number of the dataset in the original code
 * @param name the name in the tables of the original's README
 * @param folder the name of its folder in the original's {@code data}
 * @param ueaName the name of the dataset of the UEA archive with the same recordings, mostly of
 *     another split; empty if there is none
 * @param weightsPrefix the name of the weight file before {@code _weights.h5}, or before {@code
 *     _fold_1_weights.h5}
 * @param folds the number of cross-validation folds; 1 for TRAIN and TEST
 * @param variables the number of variables of a series
 * @param length the number of steps of the longest series of TRAIN
 * @param classes the number of classes
 * @param split how the README describes TRAIN and TEST, as {@code 42-58 split}
 * @param trainSize the number of series of TRAIN; empty if it is not known
 * @param testSize the number of series of TEST; empty if it is not known
 * @param testSizeIsInferred whether the size of TEST follows from the reported accuracies alone
 * @param cells the number of cells of each kind of network in the last state of the original's
 *     script, which need not be that of the reported accuracies
 * @param note what to know about the dataset, for people; may be empty
 */
public record MultivariateDataset(
    int index,
    String name,
    String folder,
    String ueaName,
    String weightsPrefix,
    int folds,
    int variables,
    int length,
    int classes,
    String split,
    OptionalInt trainSize,
    OptionalInt testSize,
    boolean testSizeIsInferred,
    Map<ModelKind, Integer> cells,
    String note) {

  /** Copies the map, in the order of the kinds: a log compares the text of a dataset. */
  public MultivariateDataset {
    cells = Collections.unmodifiableMap(new TreeMap<>(cells));
  }

  /** The names of the dataset: in the tables, of its folder, in the UEA archive. */
  public Stream<String> names() {
    return Stream.of(name, folder, ueaName).filter(text -> !text.isEmpty()).distinct();
  }
}
