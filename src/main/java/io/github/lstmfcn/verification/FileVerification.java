package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The verification of one weight file. It can be run on another machine that has the same folders,
 * where {@link Verification#file} finds it by its name.
 *
 * <p>Series are counted with the exact graph, not with the folded one that is used for predictions:
 * the two agree on every reference, but a verdict of "off by one" must not depend on the rounding
 * of a near tie, and folding would save only a twentieth of the time.
 */
public final class FileVerification {
  private final Verification verification;
  private final Claim claim;

  FileVerification(Verification verification, Claim claim) {
    this.verification = verification;
    this.claim = claim;
  }

  /**
   * {@return the name, which is different for every figure that was reported for a file, and the
   * same wherever the folder lies}
   */
  public String name() {
    String file = claim.weights().toString();
    return claim.toString().replace(file, verification.relative(claim.weights()));
  }

  Claim claim() {
    return claim;
  }

  /** Identifies everything that the result depends on. */
  String key() {
    return VerificationLog.key(claim, verification.archive(), verification.tolerance());
  }

  /**
   * Verifies the file.
   *
   * @param threads the threads on which TensorFlow computes
   * @return the result, also of a file that cannot be read
   */
  public VerifiedFile run(Threads threads) {
    Result result = new Result(verification.relative(claim.weights()), claim.set());
    result.notes.addAll(claim.notes());
    try {
      Optional<KerasFile> file = file();
      result.model = file.map(found -> found.weights().spec()).orElse(null);
      Optional<SplitPair> splitPair = splitPair();
      if (file.isPresent() && splitPair.isPresent()) {
        measure(file.get(), splitPair.get(), threads, result);
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
  private Optional<KerasFile> file() {
    try {
      return Optional.of(KerasWeights.read(claim.weights()));
    } catch (InvalidInputException refused) {
      if (!KerasWeights.needsLength(refused)) {
        throw refused;
      }
      return splitPair()
          .map(data -> KerasWeights.read(claim.weights(), OptionalInt.of(data.length())));
    }
  }

  /** Both splits of the dataset; empty if the archive does not have them. */
  private Optional<SplitPair> splitPair() {
    Optional<Path> train = claim.file(verification.archive(), Split.TRAIN);
    Optional<Path> test = claim.file(verification.archive(), Split.TEST);
    if (train.isEmpty() || test.isEmpty()) {
      return Optional.empty();
    }
    SplitPair splitPair =
        new SplitPair(DatasetFile.read(train.get()), DatasetFile.read(test.get()));
    splitPair.test().expectVariablesOf(splitPair.train());
    return Optional.of(splitPair);
  }

  private void measure(KerasFile file, SplitPair splitPair, Threads threads, Result result) {
    ModelSpec spec = file.weights().spec();
    Optional<String> misfit = misfit(spec, splitPair);
    if (misfit.isPresent()) {
      result.verdict = Verdict.DOES_NOT_FIT;
      result.notes.add(misfit.get());
      return;
    }
    List<Split> splits = splits(splitPair, result.notes::add);
    Optional<String> otherSplit = claim.otherSplit(splitPair);
    otherSplit.ifPresent(result::noteOtherSplit);
    result.notes.addAll(claim.notes(spec, splitPair));
    List<ReportedFigure> figures = otherSplit.isPresent() ? List.of() : claim.figures(spec.kind());
    for (AttentionScope scope : claim.scopes(file)) {
      try (LstmFcnSession model =
          new LstmFcnSession(file.weights(null, scope(spec, scope)), threads)) {
        for (Split split : splits) {
          for (Normalization normalization : claim.normalizations()) {
            Preparation preparation =
                Preparation.of(
                    normalization,
                    spec.variables(),
                    spec.length(),
                    claim.truncates(spec),
                    splitPair.get(trainedOn(split)),
                    splitPair.get(trainedOn(split).other()));
            attempt(splitPair, split, preparation, model, figures, result);
          }
        }
      }
    }
    result.decide(verification.tolerance());
  }

  /**
   * The split that the model was trained on: for published weights the one that is not scored, as
   * TRAIN and TEST may be exchanged.
   */
  private Split trainedOn(Split scored) {
    return claim instanceof Claim.Listed ? Split.TRAIN : scored.other();
  }

  private static AttentionScope scope(ModelSpec spec, AttentionScope scope) {
    return spec.hasAttention() ? scope : null;
  }

  private void attempt(
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

  private Optional<String> misfit(ModelSpec spec, SplitPair splitPair) {
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
  private List<Split> splits(SplitPair splitPair, Consumer<String> notes) {
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
    boolean of2018 =
        splitPair.arrangement(set, verification.archive().era(set.name2018())) == Era.ARCHIVE_2018;
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
        String found =
            other.difference() == 0
                ? "the reported count as well"
                : String.format(Locale.ROOT, "off by %+d", other.difference());
        notes.add("Also tried: %s: %s.".formatted(other.settings(), found));
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
