package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.data.UeaDataset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of TRAIN and TEST of some data, compared with those that accuracies were reported on.
 *
 * @param dataset the dataset as reported
 * @param train the number of series of TRAIN
 * @param test the number of series of TEST
 */
record MultivariateSplit(MultivariateDataset dataset, int train, int test) {
  private static final Pattern SHARES = Pattern.compile("(\\d+)-(\\d+) split");

  /**
   * The difference in percent of TRAIN up to which shares that are printed without decimals agree.
   */
  private static final double PERCENT = 1;

  /** Why the split is another one; empty if it is not, as far as the report tells. */
  Optional<String> difference() {
    if (differs(dataset.trainSize(), train) || differs(dataset.testSize(), test)) {
      return Optional.of(sentence(reportedSizes(), train + "/" + test));
    }
    Matcher shares = SHARES.matcher(dataset.split());
    double percent = 100.0 * train / (train + test);
    if (dataset.testSize().isEmpty()
        && shares.matches()
        && Math.abs(percent - Integer.parseInt(shares.group(1))) > PERCENT) {
      String here =
          "%s/%s (%s-%s)".formatted(train, test, Math.round(percent), 100 - Math.round(percent));
      return Optional.of(sentence("a " + dataset.split(), here));
    }
    return Optional.empty();
  }

  private static boolean differs(OptionalInt reported, int found) {
    return reported.isPresent() && reported.getAsInt() != found;
  }

  private String reportedSizes() {
    int size = dataset.testSize().getAsInt();
    if (dataset.trainSize().isPresent()) {
      return "%s/%s series of TRAIN/TEST".formatted(dataset.trainSize().getAsInt(), size);
    }
    String inferred = dataset.testSizeIsInferred() ? " (inferred from the figures)" : "";
    return "a TEST of %s series%s".formatted(size, inferred);
  }

  private String sentence(String reported, String here) {
    String archive = uea().map(set -> ", as the UEA archive's " + set.name()).orElse("");
    return "Another split: reported on %s, the data here has %s%s; the reported figure is not comparable."
        .formatted(reported, here, archive);
  }

  /** The dataset of the UEA archive, if the sizes are its sizes. */
  Optional<UeaDataset> uea() {
    return UeaCatalog.published()
        .find(dataset.ueaName())
        .filter(set -> set.trainSize() == train && set.testSize() == test);
  }
}
