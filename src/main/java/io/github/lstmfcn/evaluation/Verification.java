package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrSet;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures weight files as they were reported: on the right half of the right archive, with the
 * normalisation, the label encoding and the attention of their time. What provenance leaves open is
 * tried, and the attempt nearest to a reported figure counts.
 *
 * <p>Counts are those of the exact graph, not of the folded one that predicts: they agree on every
 * reference, yet a verdict of "off by one" must not hang on the rounding of a near tie, and folding
 * would save a twentieth of the time.
 *
 * @param folder of weight files
 * @param archive of UCR sets
 * @param tolerance in series, by which a reproduced figure may be off
 */
public record Verification(Path folder, UcrArchive archive, int tolerance) {
  /**
   * Verifies every file that a figure was reported of.
   *
   * @param log of an earlier run, whose results are taken where nothing changed since
   * @param progress called with the number of files before the first, then with how many are done
   * @throws InvalidInputException if the folder holds nothing to verify
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
   * What came of it.
   *
   * @param files each with its verdict
   * @param unrecognised weight files of which nothing was reported
   */
  public record Outcome(List<VerifiedFile> files, List<String> unrecognised) {

    /** Copies the lists. */
    public Outcome {
      files = List.copyOf(files);
      unrecognised = List.copyOf(unrecognised);
    }

    /** Whether something was measured and nothing is wrong. */
    public boolean isGood() {
      return files.stream().noneMatch(file -> file.verdict().isFailure())
          && files.stream().anyMatch(file -> file.best() != null);
    }
  }

  /** Someone who waits. */
  public interface Progress {
    /** So many files are there. */
    void start(int files);

    /** One more is done. */
    void done(VerifiedFile file);
  }

  private String relative(Path file) {
    return folder.relativize(file).toString();
  }

  private VerifiedFile verify(Claim claim) {
    Result result = new Result(relative(claim.weights()), claim.set());
    try {
      KerasFile file = KerasWeights.read(claim.weights());
      result.model = file.weights().spec();
      measure(claim, file, result);
    } catch (InvalidInputException unusable) {
      result.verdict = Verdict.UNREADABLE;
      result.notes.add(unusable.getMessage());
    }
    return result.verified();
  }

  private void measure(Claim claim, KerasFile file, Result result) {
    Optional<Path> train = archive.find(claim.set(), Split.TRAIN);
    Optional<Path> test = archive.find(claim.set(), Split.TEST);
    if (train.isEmpty() || test.isEmpty()) {
      result.verdict = Verdict.NO_DATA;
      return;
    }
    Halves halves = new Halves(DatasetFile.read(train.get()), DatasetFile.read(test.get()));
    ModelSpec spec = file.weights().spec();
    Optional<String> misfit = misfit(claim, spec, halves);
    if (misfit.isPresent()) {
      result.verdict = Verdict.DOES_NOT_FIT;
      result.notes.add(misfit.get());
      return;
    }
    List<Split> splits = splits(claim, halves, result.notes::add);
    List<ReportedFigure> figures = claim.figures(spec.kind());
    for (AttentionScope scope : claim.scopes(file)) {
      try (LstmFcnSession model = new LstmFcnSession(file.weights(null, scope(spec, scope)))) {
        for (Split split : splits) {
          for (Normalization normalization : claim.normalizations()) {
            Preparation preparation =
                Preparation.of(
                    normalization, spec.length(), false, halves.get(trainedOn(claim, split)));
            attempt(claim, halves, split, preparation, model, figures, result);
          }
        }
      }
    }
    result.decide(tolerance);
  }

  /** Between the archives the halves are exchanged: the one not scored was trained on. */
  private static Split trainedOn(Claim claim, Split scored) {
    return claim instanceof Claim.Listed ? Split.TRAIN : scored.other();
  }

  private static AttentionScope scope(ModelSpec spec, AttentionScope scope) {
    return spec.kind() == ModelKind.LSTM_FCN ? null : scope;
  }

  private static void attempt(
      Claim claim,
      Halves halves,
      Split split,
      Preparation preparation,
      LstmFcnSession model,
      List<ReportedFigure> figures,
      Result result) {
    float[][] probabilities = null;
    for (LabelEncoding encoding : claim.encodings()) {
      ScoredSplit scored = ScoredSplit.of(halves.get(split), halves.get(split.other()), encoding);
      if (probabilities == null) {
        probabilities = scored.probabilities(model, preparation, Batches.ORIGINAL_SIZE);
      }
      Evaluation evaluation = scored.evaluation(probabilities);
      result.noteMerged(scored.labels());
      result.attempts.add(
          new Attempt(
              halves.get(split).source().getFileName().toString(),
              split.name(),
              preparation.normalization().name().toLowerCase(Locale.ROOT),
              encoding.name().toLowerCase(Locale.ROOT),
              model.spec().kind() == ModelKind.LSTM_FCN
                  ? ""
                  : model.spec().attentionScope().toString(),
              evaluation.correct(),
              evaluation.total(),
              nearest(figures, evaluation)));
    }
  }

  private static ReportedFigure nearest(List<ReportedFigure> figures, Evaluation measured) {
    return figures.stream()
        .min(
            Comparator.comparingInt(
                figure -> Math.abs(measured.correct() - figure.correct(measured.total()))))
        .orElse(null);
  }

  private static Optional<String> misfit(Claim claim, ModelSpec spec, Halves halves) {
    if (claim instanceof Claim.Published published && published.kind() != null) {
      if (spec.kind() != published.kind() || spec.cells() != published.cells()) {
        return Optional.of(
            "The folder promises %s with %d cells, the file has %s with %d."
                .formatted(published.kind(), published.cells(), spec.kind(), spec.cells()));
      }
    }
    if (!halves.lengths().contains(spec.length())) {
      return Optional.of(
          "The model's length is %d, the set's %d."
              .formatted(spec.length(), halves.lengths().get(0)));
    }
    int classes = LabelEncoding.SORTED.fit(halves.allLabels()).classes();
    return classes == spec.classes()
        ? Optional.empty()
        : Optional.of("The model has %d classes, the set %d.".formatted(spec.classes(), classes));
  }

  /** The halves that the figure may have been measured on. */
  private List<Split> splits(Claim claim, Halves halves, Consumer<String> notes) {
    if (claim instanceof Claim.Listed listed) {
      return List.of(listed.split());
    }
    Claim.Published published = (Claim.Published) claim;
    UcrSet set = published.ucr();
    if (!set.swappedIn2015()) {
      return List.of(Split.TEST);
    }
    boolean of2018 = halves.arrangement(set, archive.era(set.name2018())) == Era.ARCHIVE_2018;
    Split then = of2018 ? Split.TRAIN : Split.TEST;
    String exchanged =
        "TRAIN and TEST are exchanged between the archives of 2015 and 2018; the data here is as in "
            + (of2018 ? "2018" : "2015");
    if (published.release() == Release.OF_2017) {
      notes.accept(
          exchanged
              + ". Reported on the TEST of 2015, therefore scored: "
              + halves.get(then).source().getFileName()
              + ".");
      return List.of(then);
    }
    notes.accept(exchanged + ". Which one was reported on is not known, so both were scored.");
    return List.of(then, then.other());
  }

  /** A file's verification while it goes on. */
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
            "The reported %s is no whole number of %d series; the nearest was taken."
                .formatted(best.figure().accuracy(), best.total()));
      }
      if (attempts.size() > 1) {
        notes.add("Nearest: " + best.settings() + ".");
      }
      for (Attempt other : others()) {
        notes.add("Also tried: %s: off by %+d.".formatted(other.settings(), other.difference()));
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
