package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.model.ModelSpec;
import java.util.List;

/**
 * What verifying one weight file found.
 *
 * @param weights path within the folder
 * @param set its name
 * @param model what the file holds, or null if it could not be read
 * @param verdict what came of it
 * @param best the attempt nearest to a reported figure, or null
 * @param others the other attempts
 * @param notes what a reader should know, one sentence each
 */
public record VerifiedFile(
    String weights,
    String set,
    @OrNull ModelSpec model,
    Verdict verdict,
    @OrNull Attempt best,
    List<Attempt> others,
    List<String> notes) {

  /** Copies the lists. */
  public VerifiedFile {
    others = List.copyOf(others);
    notes = List.copyOf(notes);
  }
}
