package io.github.lstmfcn.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.EnsembleOptions;
import io.github.lstmfcn.cli.option.ForceOption;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.Output;
import io.github.lstmfcn.cli.option.OutputFormat;
import io.github.lstmfcn.cli.option.PrecisionOption;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.report.EvaluationReport;
import io.github.lstmfcn.report.result.AeonFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Score a model on one split of a dataset: correct series, accuracy, loss, confusion "
          + "matrix and scores per class.",
      "Several models are scored as an ensemble, by the mean of their class probabilities."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lstmfcn evaluate --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --data testdata --set CBF",
      "  lstmfcn evaluate --weights search/CBF/lstm-fcn-8-seed* --data testdata --set CBF"
    })
final class EvaluateCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin PrecisionOption precision;

  @Mixin EnsembleOptions model;

  @Mixin DatasetOptions set;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Series at once. Changes the result only with attention across the batch. "
              + "Default: "
              + TimeSeriesClassifier.BATCH_SIZE
              + "; fewer of long series where the result is the same.")
  Integer batchSize;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "Write label, prediction and probabilities of each series to this file, as CSV.")
  Path predictions;

  @Option(
      names = "--aeon",
      paramLabel = "DIR",
      description =
          "Write DIR/<estimator>/Predictions/<dataset>/testResample0.csv, a result file for "
              + "the tools of tsml and aeon. Times are not measured.")
  Path aeon;

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description =
          "Name of the model in result files and reports. Default: its kind, as LSTM-FCN.")
  String estimator;

  @Mixin ForceOption force;

  @ArgGroup OutputFormat format = new OutputFormat();

  @Override
  public void run() {
    if (batchSize != null && batchSize < 1) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--batch-size: expected at least 1, found " + batchSize);
    }
    if (estimator != null && !AeonFile.isName(estimator)) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "--estimator: expected a name without any of %s, found '%s'"
              .formatted(AeonFile.NO_NAME_HAS, estimator));
    }
    DatasetOptions.ReadSplit read = set.read();
    if (aeon != null && read.split() != Split.TEST) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--aeon: expected TEST to be scored, found " + read.split());
    }
    if (aeon != null && !AeonFile.isName(read.data().name())) {
      throw new InvalidInputException(
          read.data().source(),
          "--aeon",
          "a dataset name without any of " + AeonFile.NO_NAME_HAS,
          "'" + read.data().name() + "'",
          "rename its files");
    }
    if (predictions != null) {
      force.check(new Output("--predictions", predictions), inputs());
    }
    List<Model> models = model.load(set.options(read, model.reading));
    if (aeon != null) {
      Path file = AeonFile.path(aeon, name(models), read.data().name());
      force.check(new Output("--aeon", file), inputs());
    }
    models.forEach(scoredModel -> checkSplit(scoredModel, read));
    ScoredSplit labelled = set.labelled(read, models);
    labelled.expectClasses(models.get(0).spec().classes());
    Precision asked = precision.orAsked();
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(models, asked)) {
      int size = batchSize == null ? classifier.batchSize() : batchSize;
      float[][] probabilities = classifier.predictProbabilities(read.data(), size);
      Evaluation evaluation = labelled.evaluation(probabilities);
      List<String> notes = notes(labelled, models, size, asked);
      print(evaluation, read.split(), labelled, models, notes); // first: writing a file may fail
      if (predictions != null) {
        command.commandLine().getOut().flush(); // the file may be standard output
        AtomicFile.write(
            predictions,
            force.isSet(),
            file -> writePredictions(file, labelled, evaluation, probabilities));
      }
      if (aeon != null) {
        writeAeon(labelled, models, probabilities);
      }
      Notes.of(command).assumptions(models);
      read.note(models.get(0)).ifPresent(Notes.of(command)::print);
    }
  }

  private List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(set.source.inputs());
    inputs.addAll(model.paths());
    return inputs;
  }

  /** Checks that TEST has no series that the model was trained on. */
  private void checkSplit(Model scoredModel, DatasetOptions.ReadSplit read) {
    String trainedOn = scoredModel.provenance().get(ModelMetadata.TRAIN_SHA256);
    Path file = read.data().source();
    if (trainedOn == null
        || read.split() != Split.TEST
        || !FileDigest.of(file).sha256().equals(trainedOn)) {
      return;
    }
    String trained = scoredModel.provenance().get(ModelMetadata.TEST_SHARE);
    String asked = set.source.share() == null ? "none" : set.source.share().toString();
    if (trained == null && DatasetFile.splitOf(file).equals(Optional.of(Split.TEST))) {
      throw new InvalidInputException(
          file,
          "",
          "series that the model was not trained on",
          "the file that it was trained on, as TRAIN and TEST were exchanged for it",
          "name the other file: --test FILE");
    }
    if (!asked.equals(trained)) {
      throw new InvalidInputException(
          file,
          "--test-size",
          trained == null ? "a file other than TRAIN" : trained + ", as for the training",
          asked,
          "TEST would contain series that the model was trained on; use --split train to score "
              + "those");
    }
  }

  private void writeAeon(ScoredSplit scored, List<Model> models, float[][] probabilities) {
    String normalizations =
        models.stream()
            .map(scoredModel -> NamedValues.name(scoredModel.preparation().normalization()))
            .distinct()
            .collect(Collectors.joining(" "));
    String parameters =
        AeonFile.parameters(
            model.names(), normalizations, NamedValues.name(scored.labels().encoding()));
    int[] truth = scored.truth();
    AeonFile.of(scored.data().name(), name(models), parameters, truth, probabilities)
        .write(aeon, force.isSet());
  }

  private String name(List<Model> models) {
    return estimator == null ? EnsembleOptions.estimator(models) : estimator;
  }

  private static List<String> notes(
      ScoredSplit scored, List<Model> models, int size, Precision precision) {
    List<String> notes = new ArrayList<>();
    scored
        .labels()
        .merged()
        .forEach(merged -> notes.add("Upstream's label encoding merges: " + merged + "."));
    if (models.stream().anyMatch(scoredModel -> scoredModel.spec().dependsOnBatch())) {
      notes.add(
          "The attention sums across the batch: this result holds for batches of %s in file order."
              .formatted(size));
    }
    PrecisionOption.note(precision).map("It was %s."::formatted).ifPresent(notes::add);
    return notes;
  }

  private void print(
      Evaluation evaluation,
      Split split,
      ScoredSplit scored,
      List<Model> models,
      List<String> notes) {
    PrintWriter out = command.commandLine().getOut();
    EvaluationReport report = new EvaluationReport(evaluation);
    if (format.csv) {
      out.print(report.csv());
      out.flush();
      return;
    }
    if (format.json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("weights", model.names());
      map.put("estimator", name(models));
      map.put("kind", EnsembleOptions.estimator(models));
      map.put("cells", EnsembleOptions.cells(models));
      map.put("chosen_on", EnsembleOptions.chosenOn(models));
      map.put("data", scored.data().source().toString());
      map.put("set", scored.data().name());
      map.put("split", split.name());
      map.putAll(report.map());
      map.put("notes", notes);
      out.println(Json.pretty(map));
      return;
    }
    out.println("Model     " + model.names());
    out.println("Data      " + scored.data().source());
    out.println(report.text());
    notes.forEach(note -> out.println("\nNote: " + note));
  }

  private static void writePredictions(
      Path file, ScoredSplit scored, Evaluation evaluation, float[][] probabilities)
      throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      List<String> header = new ArrayList<>(List.of("series", "label", "predicted", "correct"));
      evaluation.names().forEach(name -> header.add("probability_" + name));
      csv.writeRecord(header);
      int[] truth = scored.truth();
      for (int i = 0; i < truth.length; i++) {
        int predicted = Predictor.mostProbable(probabilities[i]);
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(i + 1));
        cells.add(scored.data().labels().get(i));
        cells.add(evaluation.names().get(predicted));
        cells.add(Boolean.toString(predicted == truth[i]));
        for (float probability : probabilities[i]) {
          cells.add(Float.toString(probability));
        }
        csv.writeRecord(cells);
      }
    }
  }
}
