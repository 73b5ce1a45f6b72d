package io.github.lstmfcn.training.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.engine.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the original did, batch by batch: {@code testdata/training/<name>.json}; in double
 * precision: {@code exact.json}; and when run again: {@code repeated-*.json}.
 */
public record OriginalTrace(String name, JsonNode facts, JsonNode exact, JsonNode repeated) {
  static final int BATCH_SIZE = 16;
  private static final Path FOLDER = Path.of("testdata", "training");

  public static OriginalTrace of(String name) {
    String keras = isOf2019(name) ? "2.2.5" : "2.0.8";
    return new OriginalTrace(
        name, json(name), json("exact").get(name), json("repeated-" + keras).get(name));
  }

  private static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isOf2019(String name) {
    return name.endsWith("2019");
  }

  boolean of2019() {
    return isOf2019(name);
  }

  public ModelWeights initial() {
    return weights((of2019() ? name : facts.get("model").asText()) + "-initial.h5");
  }

  /** The original's weights after the last epoch. */
  ModelWeights last() {
    return weights(name + "-final.h5");
  }

  private ModelWeights weights(String file) {
    return KerasWeights.read(FOLDER.resolve(file))
        .weights(null, of2019() ? AttentionScope.ACROSS_BATCH : null);
  }

  /** As it was trained. */
  Recipe recipe() {
    JsonNode plateau = facts.get("plateau");
    return (of2019() ? Recipe.recipe2019() : Recipe.recipe2017(Optional.empty()))
        .toBuilder()
            .epochs(facts.get("epochs").asInt())
            .batchSize(BATCH_SIZE)
            .shuffle(false)
            .dropout(0)
            .monitor(Monitor.LOSS)
            .validation(Validation.Source.TEST)
            .classWeight(
                facts.get("class_weight").asText().equals("balanced")
                    ? ClassWeight.BALANCED
                    : ClassWeight.NONE)
            .reduceLrOnPlateau(
                new ReduceLrOnPlateau(
                    plateau.get("patience").asInt(),
                    plateau.get("factor").asDouble(),
                    plateau.get("min_lr").asDouble(),
                    plateau.get("min_delta").asDouble(),
                    0))
            .build();
  }

  double batchLoss(int step) {
    return facts.get("batch_loss_acc_size").get(step).get(0).asDouble();
  }

  /** Mean loss of an epoch, from 0. */
  double loss(int epoch) {
    return facts.get("loss").get(epoch).asDouble();
  }

  /** Mean loss of an epoch of the original, from 0, with the parts of a step in order. */
  double orderedLoss(int epoch) {
    return repeated.get("ordered").get(0).get("loss").get(epoch).asDouble();
  }

  /**
   * Probability of class 1 for each series of TEST after the last epoch, of every run of the
   * unchanged original.
   */
  List<double[]> repeatedProbabilities() {
    List<double[]> runs = new ArrayList<>();
    repeated.get("as_is").forEach(run -> runs.add(probabilities(run)));
    return runs;
  }

  /** The learning rate that an epoch was trained with, from 0. */
  float learningRate(int epoch) {
    return of2019()
        ? (float) facts.get("lr_during_epoch").get(epoch).asDouble()
        : epoch == 0 ? 1e-3f : (float) facts.get("lr_after_epoch").get(epoch - 1).asDouble();
  }

  /**
   * Mean loss of an epoch in double precision.
   *
   * @param order {@code ordered} or {@code overtaken}
   */
  double exactLoss(String order, int epoch) {
    JsonNode losses = exact.get(order).get("batch_loss");
    double sum = 0;
    int series = 0;
    int batches = losses.size() / facts.get("epochs").asInt();
    for (int step = epoch * batches; step < (epoch + 1) * batches; step++) {
      int size = facts.get("batch_loss_acc_size").get(step).get(2).asInt();
      sum += size * losses.get(step).asDouble();
      series += size;
    }
    return sum / series;
  }

  private static double[] probabilities(JsonNode run) {
    JsonNode values = run.get("probability_of_class_1");
    double[] probabilities = new double[values.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = values.get(i).asDouble();
    }
    return probabilities;
  }

  static Examples examples(String split) {
    Dataset data =
        DatasetFile.read(
            Path.of("testdata", "ImbalancedTones", "ImbalancedTones_" + split + ".tsv"));
    return Examples.of(data, Preparation.none(data.length()), LabelEncoding.SORTED.fit(data));
  }

  @Override
  public String toString() {
    return name;
  }
}
