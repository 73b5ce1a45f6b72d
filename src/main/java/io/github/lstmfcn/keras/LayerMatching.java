package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.keras.layout.KerasLayer.Role;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Subsampling;
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
 * @param inModelOrder whether the order of the file is that of the model, across classes
 */
record LayerMatching(Path file, List<KerasLayer> layers, boolean inModelOrder) {
  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six");

  /** The number of blocks of the papers, which a file is expected to have if it may have it. */
  private static final int USUAL_BLOCKS = ConvolutionBlock.OF_THE_PAPERS.size();

  /**
   * The layers by their place in the network: {@code conv1}, {@code bn1}, {@code se1_reduce}, …,
   * {@code subsampling}, {@code lstm}, {@code dense}.
   *
   * @throws InvalidInputException if there are more or fewer layers, or their order leaves open
   *     which is which
   */
  Map<String, KerasLayer> places() {
    checkCounts();
    List<KerasLayer> convolutions = all(Role.CONVOLUTION);
    List<KerasLayer> normalizations = all(Role.BATCH_NORMALIZATION);
    checkOrder(convolutions, normalizations);
    Map<String, KerasLayer> places = new LinkedHashMap<>();
    for (int block = 1; block <= convolutions.size(); block++) {
      places.put(ConvolutionBlock.convolution(block), convolutions.get(block - 1));
      places.put(ConvolutionBlock.normalization(block), normalizations.get(block - 1));
    }
    placeSqueezes(places);
    all(Role.BIASLESS_CONVOLUTION).forEach(layer -> places.put(Subsampling.NAME, layer));
    all(Role.LSTM, Role.ATTENTION_LSTM).forEach(layer -> places.put("lstm", layer));
    places.put("dense", all(Role.DENSE).get(0));
    return places;
  }

  private void checkCounts() {
    layers.stream().filter(layer -> layer.role() == Role.UNKNOWN).forEach(this::refuse);
    int convolutions = all(Role.CONVOLUTION).size();
    int normalizations = all(Role.BATCH_NORMALIZATION).size();
    List<KerasLayer> recurrent = all(Role.LSTM, Role.ATTENTION_LSTM);
    List<KerasLayer> strided = all(Role.BIASLESS_CONVOLUTION);
    boolean subsamples = recurrent.size() == 1 && convolutions == normalizations;
    if (strided.size() > 1 || !subsamples) {
      strided.forEach(this::refuse);
    }
    if (convolutions > ModelSpec.MOST_BLOCKS) {
      throw miscounted(
          "at most " + NUMBERS.get(ModelSpec.MOST_BLOCKS) + " Conv1D layers",
          all(Role.CONVOLUTION));
    }
    if (convolutions != normalizations) {
      boolean isConvolution =
          normalizations == USUAL_BLOCKS
              || (convolutions != USUAL_BLOCKS && normalizations > convolutions);
      Role wrong = isConvolution ? Role.CONVOLUTION : Role.BATCH_NORMALIZATION;
      int expected = isConvolution ? normalizations : convolutions;
      throw miscounted(count(expected, wrong), all(wrong));
    }
    if (all(Role.DENSE).size() != 1) {
      throw miscounted("one Dense layer", all(Role.DENSE));
    }
    if (recurrent.size() > 1 || (recurrent.isEmpty() && !isPooledOnly())) {
      throw miscounted("one LSTM or AttentionLSTM layer", recurrent);
    }
  }

  private static String count(int number, Role role) {
    String word = number < NUMBERS.size() ? NUMBERS.get(number) : number + "";
    return word + " " + role + (number == 1 ? " layer" : " layers");
  }

  /** Whether the head reads what the last block has, and nothing of a recurrent layer. */
  private boolean isPooledOnly() {
    List<KerasLayer> normalizations = all(Role.BATCH_NORMALIZATION);
    return !normalizations.isEmpty()
        && all(Role.DENSE).get(0).array(0).shape()[0]
            == normalizations.get(normalizations.size() - 1).array(0).size();
  }

  private void refuse(KerasLayer layer) {
    throw new InvalidInputException(
        file,
        "layer " + layer.name(),
        "a Conv1D, BatchNormalization, LSTM, AttentionLSTM or Dense layer",
        layer.shapesText(),
        "the file is not of a network of the LSTM-FCN family");
  }

  private InvalidInputException miscounted(String expected, List<KerasLayer> found) {
    return new InvalidInputException(
        file,
        "",
        expected,
        found.isEmpty() ? "none" : found.size() + " (" + names(found) + ")",
        "the file is not of a network of the LSTM-FCN family");
  }

  private List<KerasLayer> all(Role... roles) {
    return layers.stream().filter(layer -> Arrays.asList(roles).contains(layer.role())).toList();
  }

  /**
   * Checks the order of the layers. Normalizations of equal shapes are told apart by the order in
   * the file alone; every file that Keras writes has the order of the model. A file in another
   * order leaves it open.
   */
  private void checkOrder(List<KerasLayer> convolutions, List<KerasLayer> normalizations) {
    if (isChain(convolutions, normalizations) || !hasChain(convolutions, normalizations)) {
      return; // a chain in order, or layers whose shapes fit in no order
    }
    throw new InvalidInputException(
        file,
        "",
        "Conv1D and BatchNormalization layers in the model's order, as nothing else tells"
            + " normalizations of equal shapes apart",
        names(convolutions) + "; " + names(normalizations),
        "save the whole model, whose configuration tells them apart");
  }

  private static boolean isChain(List<KerasLayer> convolutions, List<KerasLayer> normalizations) {
    int channels = -1;
    for (int block = 0; block < convolutions.size(); block++) {
      int[] kernel = ConvolutionKernel.shape(convolutions.get(block).array(0));
      boolean follows = channels < 0 || kernel[1] == channels;
      channels = kernel[kernel.length - 1];
      if (!follows || normalizations.get(block).array(0).size() != channels) {
        return false;
      }
    }
    return true;
  }

  /** Whether the layers make a chain in some order. */
  private static boolean hasChain(List<KerasLayer> convolutions, List<KerasLayer> normalizations) {
    List<Integer> filters =
        convolutions.stream()
            .map(layer -> ConvolutionKernel.shape(layer.array(0)))
            .map(kernel -> kernel[kernel.length - 1])
            .sorted()
            .toList();
    List<Integer> channels =
        normalizations.stream().map(layer -> layer.array(0).size()).sorted().toList();
    return filters.equals(channels) && isChainable(convolutions, -1);
  }

  private static boolean isChainable(List<KerasLayer> left, int channels) {
    for (KerasLayer next : left) {
      int[] kernel = ConvolutionKernel.shape(next.array(0));
      if (channels < 0 || kernel[1] == channels) {
        List<KerasLayer> rest = new ArrayList<>(left);
        rest.remove(next);
        if (isChainable(rest, kernel[kernel.length - 1])) {
          return true;
        }
      }
    }
    return left.isEmpty();
  }

  /** Puts the pairs of bias-free Dense layers into the blocks whose channels they scale. */
  private void placeSqueezes(Map<String, KerasLayer> places) {
    List<KerasLayer> squeezes = all(Role.BIASLESS_DENSE);
    for (int index = 0; index < squeezes.size(); index += 2) {
      if (index + 1 == squeezes.size() || !isPair(squeezes.get(index), squeezes.get(index + 1))) {
        refuse(squeezes.get(index));
      }
    }
    if (squeezes.isEmpty()) {
      return;
    }
    List<List<Integer>> possible = new ArrayList<>();
    collect(places, squeezes, List.of(), possible);
    if (inModelOrder) {
      possible.removeIf(blocks -> !blocks.equals(blocksByOrder(squeezes)));
    }
    if (possible.size() != 1) {
      throw new InvalidInputException(
          file,
          "",
          possible.isEmpty()
              ? "Dense layers without bias in pairs of squeeze-and-excite, each behind its block"
              : "Dense layers without bias whose shapes tell to which block they belong",
          names(squeezes),
          possible.isEmpty()
              ? "the file is not of a network of the LSTM-FCN family"
              : "save the whole model, whose configuration tells it");
    }
    for (int pair = 0; pair < possible.get(0).size(); pair++) {
      int block = possible.get(0).get(pair);
      places.put(ConvolutionBlock.reduction(block), squeezes.get(2 * pair));
      places.put(ConvolutionBlock.expansion(block), squeezes.get(2 * pair + 1));
    }
  }

  private static boolean isPair(KerasLayer reduction, KerasLayer expansion) {
    int[] down = reduction.array(0).shape();
    int[] up = expansion.array(0).shape();
    return down[0] == up[1] && down[1] == up[0];
  }

  /** Collects the ascending numbers of blocks that the pairs may belong to by their channels. */
  private static void collect(
      Map<String, KerasLayer> places,
      List<KerasLayer> squeezes,
      List<Integer> chosen,
      List<List<Integer>> possible) {
    if (2 * chosen.size() == squeezes.size()) {
      possible.add(chosen);
      return;
    }
    int channels = squeezes.get(2 * chosen.size()).array(0).shape()[0];
    int last = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1);
    for (int block = last + 1; block <= ModelSpec.MOST_BLOCKS; block++) {
      KerasLayer normalization = places.get(ConvolutionBlock.normalization(block));
      if (normalization != null && normalization.array(0).size() == channels) {
        List<Integer> more = new ArrayList<>(chosen);
        more.add(block);
        collect(places, squeezes, more, possible);
      }
    }
  }

  /** For each pair, the number of convolution blocks before it in the file. */
  private List<Integer> blocksByOrder(List<KerasLayer> squeezes) {
    List<KerasLayer> convolutions = all(Role.CONVOLUTION);
    List<Integer> blocks = new ArrayList<>();
    for (int pair = 0; pair < squeezes.size(); pair += 2) {
      int at = layers.indexOf(squeezes.get(pair));
      blocks.add((int) convolutions.stream().filter(layer -> layers.indexOf(layer) < at).count());
    }
    return blocks;
  }

  private static String names(List<KerasLayer> layers) {
    return layers.stream().map(KerasLayer::toString).collect(Collectors.joining("; "));
  }
}
