package io.github.lstmfcn.verification;

import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.model.ModelSpec;
import java.util.List;

/**
 * The result of verifying one weight file.
 *
 * @param weights the path of the weight file within the folder
 * @param set the name of the dataset
 * @param model the specification of the model; null if the file could not be read
 * @param verdict the verdict
 * @param best the attempt nearest to a reported figure; null if there was none
 * @param others the other attempts
 * @param notes explanations for people, one sentence each
 */
public record VerifiedFile(
    String weights,
    String set,
    @OrNull ModelSpec model,
    Verdict verdict,
    @OrNull Attempt best,
    List<Attempt> others,
    List<String> notes) {
  /** The document in which another machine hands over a result. */
  public static final JsonFormat<VerifiedFile> FORMAT =
      new JsonFormat<>(VerifiedFile.class, 1, "run the same version on all machines");

  /**
   * Copies the lists.
   *
   * @param weights the component {@code weights}
   * @param set the component {@code set}
   * @param model the component {@code model}
   * @param verdict the component {@code verdict}
   * @param best the component {@code best}
   * @param others the component {@code others}
   * @param notes the component {@code notes}
   */
  public VerifiedFile {
    others = List.copyOf(others);
    notes = List.copyOf(notes);
  }

  /**
   * {@return whether the best attempt, if there is one, is of a known model and has counts and an
   * accuracy that can be}
   */
  public boolean isSound() {
    return best == null || (model != null && best.isSound());
  }
}
