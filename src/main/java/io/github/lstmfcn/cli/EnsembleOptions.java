package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.model.Ensemble;
import io.github.lstmfcn.model.FoldedModel;
import io.github.lstmfcn.model.Predictor;
import io.github.lstmfcn.training.RunDescription;
import io.github.lstmfcn.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The models that are scored: one, or several whose probabilities are averaged. */
final class EnsembleOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "A Keras weight file (.h5, .weights.h5, .keras), a SavedModel's folder or the folder of a "
              + "training, whose run.json then says what the other options do not. Of several the "
              + "class probabilities are averaged.")
  List<Path> weights;

  @Mixin ReadingOptions reading;

  /**
   * The models as one, to be closed by the caller.
   *
   * @throws InvalidInputException if one cannot be read, the options do not fit it, or it does not
   *     fit those before it; names it
   */
  Predictor open() {
    List<Predictor> members = new ArrayList<>();
    try {
      for (Path model : weights) {
        Predictor member = open(model);
        members.add(member);
        check(model, member, members);
      }
    } catch (RuntimeException unfit) {
      members.forEach(Predictor::close);
      throw unfit;
    }
    return members.size() == 1 ? members.get(0) : new Ensemble(members);
  }

  private void check(Path model, Predictor member, List<Predictor> members) {
    Predictor first = members.get(0);
    if (member.length() != first.length() || member.classes() != first.classes()) {
      throw new InvalidInputException(
          model,
          "",
          "length %d and %d classes, as %s has"
              .formatted(first.length(), first.classes(), weights.get(0)),
          "length %d and %d classes".formatted(member.length(), member.classes()),
          "only models of one set can be averaged");
    }
    List<String> own = labels(member);
    List<String> known = labels(new Ensemble(members));
    if (!own.isEmpty() && !own.equals(known)) {
      throw new InvalidInputException(
          model, "labels", known + ", as the models before it", own + "", "export it with them");
    }
  }

  /** The labels that a model has of its own, as a SavedModel may; else empty. */
  static List<String> labels(Predictor model) {
    if (model instanceof Ensemble ensemble) {
      return ensemble.members().stream()
          .map(EnsembleOptions::labels)
          .filter(labels -> !labels.isEmpty())
          .findFirst()
          .orElse(List.of());
    }
    return model instanceof SavedModel saved ? saved.labels() : List.of();
  }

  private Predictor open(Path model) {
    if (SavedModel.isAt(model)) {
      if (reading.gates != null || reading.attention != null) {
        throw new InvalidInputException(
            model,
            "--gates, --attention",
            "neither for a SavedModel, which has its own",
            "at least one",
            "export it again with them");
      }
      return SavedModel.load(model);
    }
    return new FoldedModel(reading.weights(model));
  }

  /** What the models are together: of what kind, if of one. */
  static String estimator(Predictor model) {
    if (model instanceof Ensemble ensemble) {
      List<String> kinds =
          ensemble.members().stream().map(EnsembleOptions::estimator).distinct().toList();
      return (kinds.size() == 1 ? kinds.get(0) + " " : "") + "ensemble";
    }
    return model instanceof FoldedModel folded ? "" + folded.spec().kind() : "SavedModel";
  }

  /** Cells of the recurrent layer, if all models have one number; else 0. */
  static int cells(Predictor model) {
    if (model instanceof Ensemble ensemble) {
      List<Integer> cells =
          ensemble.members().stream().map(EnsembleOptions::cells).distinct().toList();
      return cells.size() == 1 ? cells.get(0) : 0;
    }
    return model instanceof FoldedModel folded ? folded.spec().cells() : 0;
  }

  /** On what the models' weights were chosen, if they are trainings that agree; else empty. */
  String chosenOn() {
    List<String> all =
        weights.stream()
            .map(model -> TrainingRun.describe(model).map(RunDescription::chosenOn).orElse(""))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : "";
  }

  /** Their names, for people. */
  String names() {
    return weights.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
