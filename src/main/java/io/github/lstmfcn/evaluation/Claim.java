package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrSet;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import java.nio.file.Path;
import java.util.List;

/** A weight file of which an accuracy was reported, and how it was measured as far as known. */
sealed interface Claim {
  /** The weight file. */
  Path weights();

  /** The set's name, in any archive's spelling. */
  String set();

  /** What was reported of a model of this kind. */
  List<ReportedFigure> figures(ModelKind kind);

  /** Scalings under which it may have been measured, the likeliest first. */
  List<Normalization> normalizations();

  /** Encodings under which it may have been measured, the likeliest first. */
  List<LabelEncoding> encodings();

  /** Scopes that the file's attention may have had, the likeliest first. */
  List<AttentionScope> scopes(KerasFile file);

  /** The scopes that a file leaves open. */
  static List<AttentionScope> openScopes(KerasFile file) {
    return file.attentionIsOpen()
        ? List.of(AttentionScope.PER_SERIES, AttentionScope.ACROSS_BATCH)
        : List.of(AttentionScope.PER_SERIES);
  }

  /**
   * A file of one of the two publications.
   *
   * @param kind that its folder's name promises, or null
   * @param cells that its folder's name promises, or 0
   */
  record Published(Path weights, Release release, UcrSet ucr, ModelKind kind, int cells)
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
   * A line of a folder's own {@code reported.csv}. What is null there was left open.
   *
   * @param set its name
   * @param figure what was reported
   * @param split the half that was scored
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
