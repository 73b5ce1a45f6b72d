package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.config.NetworkWiring;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.ConvolutionBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Assigns a file's layers to places in the network by kind, shape and order, which is all that
 * weights alone tell. If there is a configuration, its wiring determines the places ({@link
 * ConfiguredNetwork}).
 *
 * @param file the file, for messages
 * @param layers the layers that have weights, in the order of the file
 */
record LayerMatching(Path file, List<KerasLayer> layers) {
  private static final int CONVOLUTIONS = NetworkWiring.BLOCKS.size();

  /**
   * The layers by their place in the network: {@code conv1} to {@code conv3}, {@code bn1} to {@code
   * bn3}, {@code lstm}, {@code dense}.
   *
   * @throws InvalidInputException if there are more or fewer layers, or their order leaves open
   *     which is which
   */
  Map<String, KerasLayer> places() {
    checkCounts();
    List<KerasLayer> convolutions = all(KerasLayer.Role.CONVOLUTION);
    List<KerasLayer> normalizations = all(KerasLayer.Role.BATCH_NORMALIZATION);
    checkOrder(convolutions, normalizations);
    Map<String, KerasLayer> places = new LinkedHashMap<>();
    for (int block = 1; block <= CONVOLUTIONS; block++) {
      places.put(ConvolutionBlock.convolution(block), convolutions.get(block - 1));
      places.put(ConvolutionBlock.normalization(block), normalizations.get(block - 1));
    }
    places.put("lstm", all(KerasLayer.Role.LSTM, KerasLayer.Role.ATTENTION_LSTM).get(0));
    places.put("dense", all(KerasLayer.Role.DENSE).get(0));
    return places;
  }

  private void checkCounts() {
    for (KerasLayer layer : layers) {
      if (layer.role() == KerasLayer.Role.UNKNOWN) {
        throw new InvalidInputException(
            file,
            "layer " + layer.name(),
            "a Conv1D, BatchNormalization, LSTM, AttentionLSTM or Dense layer",
            layer.shapesText(),
            "the file is not of an LSTM-FCN or ALSTM-FCN");
      }
    }
    expectCount("three Conv1D layers", CONVOLUTIONS, KerasLayer.Role.CONVOLUTION);
    expectCount(
        "three BatchNormalization layers", CONVOLUTIONS, KerasLayer.Role.BATCH_NORMALIZATION);
    expectCount("one Dense layer", 1, KerasLayer.Role.DENSE);
    if (all(KerasLayer.Role.LSTM).size() + all(KerasLayer.Role.ATTENTION_LSTM).size() != 1) {
      throw miscounted(
          "one LSTM or AttentionLSTM layer",
          all(KerasLayer.Role.LSTM, KerasLayer.Role.ATTENTION_LSTM));
    }
  }

  private void expectCount(String expected, int count, KerasLayer.Role role) {
    if (all(role).size() != count) {
      throw miscounted(expected, all(role));
    }
  }

  private InvalidInputException miscounted(String expected, List<KerasLayer> found) {
    return new InvalidInputException(
        file,
        "",
        expected,
        found.isEmpty() ? "none" : found.size() + " (" + names(found) + ")",
        "the file is not of an LSTM-FCN or ALSTM-FCN");
  }

  private List<KerasLayer> all(KerasLayer.Role... roles) {
    return layers.stream().filter(layer -> Arrays.asList(roles).contains(layer.role())).toList();
  }

  /**
   * Checks the order of the layers. The first and third normalization have equal shapes, so only
   * the order in the file tells them apart; every file that Keras writes has the order of the
   * model. A file in another order leaves it open.
   */
  private void checkOrder(List<KerasLayer> convolutions, List<KerasLayer> normalizations) {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int block = 1; block <= CONVOLUTIONS; block++) {
      ConvolutionBlock own = NetworkWiring.BLOCKS.get(block - 1);
      int channels = block == 1 ? 1 : NetworkWiring.BLOCKS.get(block - 2).filters();
      expected.add(Arrays.toString(new int[] {own.kernelSize(), channels, own.filters()}));
      expected.add(Arrays.toString(new int[] {own.filters()}));
      KerasArray kernel = convolutions.get(block - 1).array(0);
      found.add(Arrays.toString(ConvolutionKernel.shape(kernel)));
      found.add(normalizations.get(block - 1).array(0).shapeText());
    }
    boolean sameLayers = sorted(found).equals(sorted(expected));
    if (sameLayers && !found.equals(expected)) {
      throw new InvalidInputException(
          file,
          "",
          "Conv1D and BatchNormalization layers in the model's order, as nothing else tells the first"
              + " and third normalization apart",
          names(convolutions) + "; " + names(normalizations),
          "save the whole model, whose configuration tells them apart");
    }
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static String names(List<KerasLayer> layers) {
    return layers.stream().map(KerasLayer::toString).collect(Collectors.joining("; "));
  }
}
