package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import java.nio.file.Path;
import java.util.List;

/**
 * A weight file with a reported accuracy, and the settings under which it was measured as far as
 * they are known.
 */
sealed interface Claim {
  /** The weight file. */
  Path weights();

  /** The name of the dataset, as spelt by any archive. */
  String set();

  /** The accuracies that were reported for a model of this kind. */
  List<ReportedFigure> figures(ModelKind kind);

  /** The normalisations under which it may have been measured, the most probable first. */
  List<Normalization> normalizations();

  /** The label encodings under which it may have been measured, the most probable first. */
  List<LabelEncoding> encodings();

  /** The scopes that the file's attention may have had, the most probable first. */
  List<AttentionScope> scopes(KerasFile file);

  /** The scopes that are possible for a file. */
  static List<AttentionScope> openScopes(KerasFile file) {
    return file.attentionIsOpen()
        ? List.of(AttentionScope.PER_SERIES, AttentionScope.ACROSS_BATCH)
        : List.of(AttentionScope.PER_SERIES);
  }

  /**
   * A file of one of the two published sets of weights.
   *
   * @param weights the weight file
   * @param release the publication
   * @param ucr the dataset
   * @param kind the kind of network that the name of its folder states, or null
   * @param cells the number of cells that the name of its folder states, or 0
   */
  record Published(Path weights, Release release, UcrDataset ucr, ModelKind kind, int cells)
      implements Claim {
    @Override
    public String set() {
      return ucr.name2018();
    }

    @Override
    public List<ReportedFigure> figures(ModelKind found) {
      return ReportedAccuracies.figures(ucr, found, release);
    }

    @Override
    public List<Normalization> normalizations() {
      return List.of(release == Release.OF_2017 ? Normalization.NONE : Normalization.SAMPLE);
    }

    @Override
    public List<LabelEncoding> encodings() {
      return List.of(LabelEncoding.UPSTREAM);
    }

    @Override
    public List<AttentionScope> scopes(KerasFile file) {
      return openScopes(file);
    }
  }

  /**
   * A line of a {@code reported.csv} in the folder. Settings that the line leaves open are null.
   *
   * @param weights the weight file
   * @param set the name of the dataset
   * @param figure the reported accuracy
   * @param split the split that was scored
   * @param normalization how the series were normalised, or null
   * @param encoding how the labels were encoded, or null
   * @param scope what the attention summed over, or null
   */
  record Listed(
      Path weights,
      String set,
      ReportedFigure figure,
      Split split,
      Normalization normalization,
      LabelEncoding encoding,
      AttentionScope scope)
      implements Claim {
    @Override
    public List<ReportedFigure> figures(ModelKind kind) {
      return List.of(figure);
    }

    @Override
    public List<Normalization> normalizations() {
      return normalization == null
          ? List.of(Normalization.NONE, Normalization.SAMPLE, Normalization.TRAIN)
          : List.of(normalization);
    }

    @Override
    public List<LabelEncoding> encodings() {
      return encoding == null
          ? List.of(LabelEncoding.SORTED, LabelEncoding.UPSTREAM)
          : List.of(encoding);
    }

    @Override
    public List<AttentionScope> scopes(KerasFile file) {
      return scope == null ? openScopes(file) : List.of(scope);
    }
  }
}
