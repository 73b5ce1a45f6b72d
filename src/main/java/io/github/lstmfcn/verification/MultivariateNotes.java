package io.github.lstmfcn.verification;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to know about the figures that were reported for a multivariate network.
 *
 * @param dataset the dataset
 * @param fold the cross-validation fold of the network, from 1; 0 if the dataset has none
 * @param spec the network
 * @param splitPair the data that it is scored on
 */
record MultivariateNotes(
    MultivariateDataset dataset, int fold, ModelSpec spec, SplitPair splitPair) {

  /** The sentences. */
  List<String> sentences() {
    List<String> notes = new ArrayList<>();
    MultivariateColumn.ofReadme(spec.kind()).ifPresent(column -> addReported(column, notes));
    Integer cells = dataset.cells().get(spec.kind());
    if (cells != null && cells != spec.cells()) {
      notes.add(
          "The last state of the original's script has %s cells for this network, the file has %s."
              .formatted(cells, spec.cells()));
    }
    if (spec.kind() == ModelKind.MLSTM_FCN) {
      split().uea().ifPresent(set -> notes.add(uea(MultivariateCatalog.figure(set))));
    }
    return notes;
  }

  private void addReported(MultivariateColumn column, List<String> notes) {
    ReportedFigure figure = MultivariateCatalog.figure(dataset, column);
    if (fold > 0) {
      notes.add(
          "Fold %s of %s: the reported %s is the mean over the folds, so that there is no figure for one of them."
              .formatted(fold, dataset.folds(), printed(figure)));
      return;
    }
    if (split().difference().isPresent()) {
      return;
    }
    notes.add("The reported figure was selected by accuracy on TEST.");
    int total = splitPair.test().size();
    if (dataset.testSize().isEmpty()) {
      notes.add(
          "On how many series it was reported is not known; it is compared on the %s here."
              .formatted(total));
    } else if (dataset.testSizeIsInferred()) {
      notes.add("That it was reported on %s series is inferred from the figures.".formatted(total));
    }
    if (figure.fewest(total) < figure.most(total)) {
      notes.add(
          "The printed %s stands for %s to %s of %s series."
              .formatted(printed(figure), figure.fewest(total), figure.most(total), total));
    }
  }

  private static String uea(ReportedFigure figure) {
    return "Not compared: %s, which a later paper prints for MLSTM-FCN on this split of the UEA archive, copied and unconfirmed."
        .formatted(printed(figure));
  }

  private MultivariateSplit split() {
    return new MultivariateSplit(dataset, splitPair.train().size(), splitPair.test().size());
  }

  private static String printed(ReportedFigure figure) {
    return String.format(Locale.ROOT, "%." + figure.digits() + "f", figure.accuracy());
  }
}
