package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A weight file with a reported accuracy, and the settings under which it was measured as far as
 * they are known.
 */
sealed interface Claim {
  /** The weight file. */
  Path weights();

  /** The name of the dataset, as spelt by any archive. */
  String set();

  /** The file of one split of the dataset; empty if the archive does not have it. */
  default Optional<Path> file(UcrArchive archive, Split split) {
    return archive.find(set(), split);
  }

  /** What to know about the file before it is read, one sentence each. */
  default List<String> notes() {
    return List.of();
  }

  /** What to know about the figures of a model, one sentence each. */
  default List<String> notes(ModelSpec spec, SplitPair splitPair) {
    return List.of();
  }

  /** Why the figures are of another split than the data has; empty if they are not. */
  default Optional<String> otherSplit(SplitPair splitPair) {
    return Optional.empty();
  }

  /**
   * Whether series that are longer than the model are cut: the original of the multivariate
   * networks cuts TEST to the longest series of TRAIN.
   */
  default boolean truncates(ModelSpec spec) {
    return spec.variables() > 1;
  }

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
   * A file with the name that the original of MLSTM-FCN and MALSTM-FCN gives to its weights. The
   * file decides which of the four networks it is.
   *
   * @param weights the weight file
   * @param dataset the dataset
   * @param fold the cross-validation fold, from 1; 0 if the dataset has TRAIN and TEST
   */
  record Multivariate(Path weights, MultivariateDataset dataset, int fold) implements Claim {
    @Override
    public String set() {
      return dataset.name();
    }

    @Override
    public Optional<Path> file(UcrArchive archive, Split split) {
      return dataset.names().flatMap(name -> archive.find(name, split).stream()).findFirst();
    }

    /** What was reported, unless it is the mean of several folds. */
    @Override
    public List<ReportedFigure> figures(ModelKind kind) {
      return MultivariateColumn.ofReadme(kind)
          .filter(column -> fold == 0)
          .map(column -> MultivariateCatalog.figure(dataset, column))
          .stream()
          .toList();
    }

    /**
     * The published data are standardised per variable over TRAIN and TEST together; the code does
     * nothing more. Data of an archive still has to be standardised so.
     */
    @Override
    public List<Normalization> normalizations() {
      return List.of(Normalization.POOLED, Normalization.NONE);
    }

    @Override
    public List<LabelEncoding> encodings() {
      return List.of(LabelEncoding.UPSTREAM);
    }

    /** The original never had the attention that sums across the batch. */
    @Override
    public List<AttentionScope> scopes(KerasFile file) {
      return List.of(AttentionScope.PER_SERIES);
    }

    /** Its script does so whatever the number of variables. */
    @Override
    public boolean truncates(ModelSpec spec) {
      return true;
    }

    @Override
    public List<String> notes() {
      return dataset.note().isEmpty() ? List.of() : List.of(dataset.note());
    }

    @Override
    public List<String> notes(ModelSpec spec, SplitPair splitPair) {
      return new MultivariateNotes(dataset, fold, spec, splitPair).sentences();
    }

    @Override
    public Optional<String> otherSplit(SplitPair splitPair) {
      return new MultivariateSplit(dataset, splitPair.train().size(), splitPair.test().size())
          .difference();
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
