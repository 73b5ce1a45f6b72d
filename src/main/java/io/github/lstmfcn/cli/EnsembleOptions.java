package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.Ensemble;
import io.github.lstmfcn.model.FoldedModel;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Predictor;
import io.github.lstmfcn.training.RunDescription;
import io.github.lstmfcn.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
    Optional<RunDescription> run = TrainingRun.describe(model);
    return new FoldedModel(
        run.isPresent()
            ? KerasWeights.read(model.resolve("weights-best.h5"))
                .weights(
                    Objects.requireNonNullElse(reading.gates, run.get().gates()),
                    attention(run.get()))
            : KerasWeights.read(model).weights(reading.gates, reading.attention));
  }

  private AttentionScope attention(RunDescription run) {
    return reading.attention == null && run.kind() == ModelKind.ALSTM_FCN
        ? run.recipe().attentionScope()
        : reading.attention;
  }

  /**
   * A setting that the trainings among the models have.
   *
   * @param otherwise of a model that is not the folder of a training
   * @throws InvalidInputException if the models do not agree; names one
   */
  <T extends Enum<T>> T setting(String option, Function<RunDescription, T> ofRun, T otherwise) {
    T first = TrainingRun.describe(weights.get(0)).map(ofRun).orElse(otherwise);
    for (Path model : weights) {
      T own = TrainingRun.describe(model).map(ofRun).orElse(otherwise);
      if (!own.equals(first)) {
        throw new InvalidInputException(
            model,
            option,
            NamedValues.name(first) + ", as " + weights.get(0) + " has it",
            NamedValues.name(own),
            "give one for all with " + option);
      }
    }
    return first;
  }

  /** Their names, for people. */
  String names() {
    return weights.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
