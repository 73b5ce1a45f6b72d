package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Re-scores weight files under the published protocol and compares with the reported accuracy: on
 * the published split of the right archive, with the normalisation, label encoding and attention of
 * the publication. Settings that the provenance leaves open are tried, and the attempt nearest to a
 * reported figure counts.
 *
 * <p>Series are counted with the exact graph, not with the folded one that is used for predictions:
 * the two agree on every reference, but a verdict of "off by one" must not depend on the rounding
 * of a near tie, and folding would save only a twentieth of the time.
 *
 * @param folder the folder of weight files
 * @param archive the UCR datasets
 * @param tolerance the difference in correct series up to which a figure counts as reproduced
 */
public record Verification(Path folder, UcrArchive archive, int tolerance) {
  /**
   * Verifies every weight file that has a reported accuracy.
   *
   * @param log the log of an earlier run, whose results are used where nothing has changed since
   * @param progress receives the progress
   * @return the results
   * @throws InvalidInputException if the folder contains nothing to verify
   */
  public Outcome run(VerificationLog log, Progress progress) {
    ReportedWeights found = ReportedWeights.in(folder);
    progress.start(found.claims().size());
    List<VerifiedFile> files = new ArrayList<>();
    for (Claim claim : found.claims()) {
      String key = VerificationLog.key(claim, archive, tolerance);
      Optional<VerifiedFile> known = log.find(key);
      VerifiedFile file = known.orElseGet(() -> verify(claim));
      if (known.isEmpty()) {
        log.add(key, file);
      }
      files.add(file);
      progress.done(file);
    }
    List<String> unrecognised = found.unrecognised().stream().map(this::relative).toList();
    return new Outcome(files, unrecognised);
  }

  /**
   * The results of a verification.
   *
   * @param files one result per weight file
   * @param unrecognised the weight files without a reported accuracy
   */
  public record Outcome(List<VerifiedFile> files, List<String> unrecognised) {

    /**
     * Copies the lists.
     *
     * @param files the component {@code files}
     * @param unrecognised the component {@code unrecognised}
     */
    public Outcome {
      files = List.copyOf(files);
      unrecognised = List.copyOf(unrecognised);
    }

    /**
     * Says what an unrecognised file was probably meant to be called.
     *
     * @param unrecognisedFile one of {@link #unrecognised()}
     * @return the published name that its name is nearly, as {@code fifty_words} of {@code
     *     fiftywords_weights.h5}; empty if there is none
     */
    public Optional<String> nearName(String unrecognisedFile) {
      return NearName.of(String.valueOf(Path.of(unrecognisedFile).getFileName()));
    }

    /** {@return whether something was measured and no verdict is a failure} */
    public boolean isGood() {
      return files.stream().noneMatch(file -> file.verdict().isFailure())
          && files.stream().anyMatch(file -> file.best() != null);
    }
  }

  /** Receives the progress of a verification. */
  public interface Progress {
    /**
     * Called before the first file is verified.
     *
     * @param files the number of files
     */
    void start(int files);

    /**
     * Called after each file.
     *
     * @param file the result
     */
    void done(VerifiedFile file);
  }

  private String relative(Path file) {
    return folder.relativize(file).toString();
  }

  private VerifiedFile verify(Claim claim) {
    Result result = new Result(relative(claim.weights()), claim.set());
    result.notes.addAll(claim.notes());
    try {
      Optional<KerasFile> file = file(claim);
      result.model = file.map(found -> found.weights().spec()).orElse(null);
      Optional<SplitPair> splitPair = splitPair(claim);
      if (file.isPresent() && splitPair.isPresent()) {
        measure(claim, file.get(), splitPair.get(), result);
      } else {
        result.verdict = Verdict.NO_DATA;
      }
    } catch (InvalidInputException unusable) {
      result.verdict = Verdict.UNREADABLE;
      result.notes.add(unusable.getMessage());
    }
    return result.verified();
  }

  /**
   * The weight file. Where its weights leave the length of a series open, the dataset tells it;
   * empty if there is none.
   */
  private Optional<KerasFile> file(Claim claim) {
    try {
      return Optional.of(KerasWeights.read(claim.weights()));
    } catch (InvalidInputException refused) {
      if (!KerasWeights.needsLength(refused)) {
        throw refused;
      }
      return splitPair(claim)
          .map(data -> KerasWeights.read(claim.weights(), OptionalInt.of(data.length())));
    }
  }

  /** Both splits of the dataset; empty if the archive does not have them. */
  private Optional<SplitPair> splitPair(Claim claim) {
    Optional<Path> train = claim.file(archive, Split.TRAIN);
    Optional<Path> test = claim.file(archive, Split.TEST);
    if (train.isEmpty() || test.isEmpty()) {
      return Optional.empty();
    }
    SplitPair splitPair =
        new SplitPair(DatasetFile.read(train.get()), DatasetFile.read(test.get()));
    splitPair.test().expectVariablesOf(splitPair.train());
    return Optional.of(splitPair);
  }

  private void measure(Claim claim, KerasFile file, SplitPair splitPair, Result result) {
    ModelSpec spec = file.weights().spec();
    Optional<String> misfit = misfit(claim, spec, splitPair);
    if (misfit.isPresent()) {
      result.verdict = Verdict.DOES_NOT_FIT;
      result.notes.add(misfit.get());
      return;
    }
    List<Split> splits = splits(claim, splitPair, result.notes::add);
    Optional<String> otherSplit = claim.otherSplit(splitPair);
    otherSplit.ifPresent(result::noteOtherSplit);
    result.notes.addAll(claim.notes(spec, splitPair));
    List<ReportedFigure> figures = otherSplit.isPresent() ? List.of() : claim.figures(spec.kind());
    for (AttentionScope scope : claim.scopes(file)) {
      try (LstmFcnSession model = new LstmFcnSession(file.weights(null, scope(spec, scope)))) {
        for (Split split : splits) {
          for (Normalization normalization : claim.normalizations()) {
            Preparation preparation =
                Preparation.of(
                    normalization,
                    spec.variables(),
                    spec.length(),
                    claim.truncates(spec),
                    splitPair.get(trainedOn(claim, split)),
                    splitPair.get(trainedOn(claim, split).other()));
            attempt(claim, splitPair, split, preparation, model, figures, result);
          }
        }
      }
    }
    result.decide(tolerance);
  }

  /**
   * The split that the model was trained on: for published weights the one that is not scored, as
   * TRAIN and TEST may be exchanged.
   */
  private static Split trainedOn(Claim claim, Split scored) {
    return claim instanceof Claim.Listed ? Split.TRAIN : scored.other();
  }

  private static AttentionScope scope(ModelSpec spec, AttentionScope scope) {
    return spec.hasAttention() ? scope : null;
  }

  private static void attempt(
      Claim claim,
      SplitPair splitPair,
      Split split,
      Preparation preparation,
      LstmFcnSession model,
      List<ReportedFigure> figures,
      Result result) {
    float[][] probabilities = null;
    for (LabelEncoding encoding : claim.encodings()) {
      ScoredSplit scored =
          ScoredSplit.of(splitPair.get(split), splitPair.get(split.other()), encoding);
      if (probabilities == null) {
        float[][] inputs = scored.inputs(model.classes(), preparation);
        probabilities = model.probabilities(inputs, Batches.ORIGINAL_SIZE);
      }
      Evaluation evaluation = scored.evaluation(probabilities);
      result.noteMerged(scored.labels());
      result.attempts.add(
          new Attempt(
              splitPair.get(split).source().getFileName().toString(),
              split.name(),
              preparation.normalization().name().toLowerCase(Locale.ROOT),
              encoding.name().toLowerCase(Locale.ROOT),
              model.spec().hasAttention() ? model.spec().attentionScope().toString() : "",
              evaluation.correct(),
              evaluation.total(),
              nearest(figures, evaluation)));
    }
  }

  private static ReportedFigure nearest(List<ReportedFigure> figures, Evaluation measured) {
    return figures.stream()
        .min(
            Comparator.comparingInt(
                figure ->
                    Math.abs(
                        measured.correct() - figure.nearest(measured.correct(), measured.total()))))
        .orElse(null);
  }

  private static Optional<String> misfit(Claim claim, ModelSpec spec, SplitPair splitPair) {
    if (claim instanceof Claim.Published published && published.kind() != null) {
      if (spec.kind() != published.kind() || spec.cells() != published.cells()) {
        return Optional.of(
            "The folder's name states %s with %s cells, the file has %s with %s."
                .formatted(published.kind(), published.cells(), spec.kind(), spec.cells()));
      }
    }
    if (splitPair.train().variables() != spec.variables()) {
      return Optional.of(
          "The model's number of variables is %s, the dataset's %s."
              .formatted(spec.variables(), splitPair.train().variables()));
    }
    if (!splitPair.lengths().contains(spec.length())) {
      return Optional.of(
          "The model's length is %s, the dataset's %s."
              .formatted(spec.length(), splitPair.length()));
    }
    int classes = LabelEncoding.SORTED.fit(splitPair.allLabels()).classes();
    return classes == spec.classes()
        ? Optional.empty()
        : Optional.of(
            "The model has %s classes, the dataset %s.".formatted(spec.classes(), classes));
  }

  /** The splits that the figure may have been measured on. */
  private List<Split> splits(Claim claim, SplitPair splitPair, Consumer<String> notes) {
    if (claim instanceof Claim.Listed listed) {
      return List.of(listed.split());
    }
    if (!(claim instanceof Claim.Published published)) {
      return List.of(Split.TEST);
    }
    UcrDataset set = published.ucr();
    if (!set.swappedIn2015()) {
      return List.of(Split.TEST);
    }
    boolean of2018 = splitPair.arrangement(set, archive.era(set.name2018())) == Era.ARCHIVE_2018;
    Split then = of2018 ? Split.TRAIN : Split.TEST;
    String exchanged =
        "TRAIN and TEST are exchanged between the archives of 2015 and 2018; the data here is as in "
            + (of2018 ? "2018" : "2015");
    if (published.release() == Release.OF_2017) {
      notes.accept(
          exchanged
              + ". Reported on the TEST of 2015, therefore scored: "
              + splitPair.get(then).source().getFileName()
              + ".");
      return List.of(then);
    }
    notes.accept(exchanged + ". Which one was reported on is not known, so both were scored.");
    return List.of(then, then.other());
  }

  /** The result of one file while it is being verified. */
  private static final class Result {
    private final String weights;
    private final String set;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private ModelSpec model;
    private Verdict verdict = Verdict.NO_FIGURE;

    Result(String weights, String set) {
      this.weights = weights;
      this.set = set;
    }

    void noteOtherSplit(String difference) {
      verdict = Verdict.OTHER_SPLIT;
      notes.add(difference);
    }

    void noteMerged(ClassLabels labels) {
      for (String merged : labels.merged()) {
        String note = "Upstream's label encoding merges: " + merged + ".";
        if (!notes.contains(note)) {
          notes.add(note);
        }
      }
    }

    void decide(int tolerance) {
      attempts.sort(Comparator.comparingInt(attempt -> Math.abs(attempt.difference())));
      Attempt best = attempts.get(0);
      if (best.figure() == null) {
        return;
      }
      verdict = Math.abs(best.difference()) <= tolerance ? Verdict.REPRODUCED : Verdict.OFF;
      if (!best.figure().isShareOf(best.total())) {
        notes.add(
            "The reported %s is not a whole number of %s series; the nearest number was used."
                .formatted(best.figure().accuracy(), best.total()));
      }
      if (attempts.size() > 1) {
        notes.add("Nearest: " + best.settings() + ".");
      }
      for (Attempt other : others()) {
        notes.add(
            String.format(
                Locale.ROOT, "Also tried: %s: off by %+d.", other.settings(), other.difference()));
      }
    }

    private List<Attempt> others() {
      return attempts.isEmpty() ? attempts : attempts.subList(1, attempts.size());
    }

    VerifiedFile verified() {
      Attempt best = attempts.isEmpty() ? null : attempts.get(0);
      return new VerifiedFile(weights, set, model, verdict, best, others(), notes);
    }
  }
}
