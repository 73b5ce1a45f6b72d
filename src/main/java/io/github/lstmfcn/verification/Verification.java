package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Re-scores weight files under the published protocol and compares with the reported accuracy: on
 * the published split of the right archive, with the normalisation, label encoding and attention of
 * the publication. Settings that the provenance leaves open are tried, and the attempt nearest to a
 * reported figure counts.
 *
 * @param folder the folder of weight files
 * @param archive the UCR datasets
 * @param tolerance the difference in correct series up to which a figure counts as reproduced
 */
public record Verification(Path folder, UcrArchive archive, int tolerance) {
  /**
   * Verifies every weight file that has a reported accuracy, one after the other.
   *
   * @param log the log of an earlier run, whose results are used where nothing has changed since
   * @param progress receives the progress
   * @return the results
   * @throws InvalidInputException if the folder contains nothing to verify
   */
  public Outcome run(VerificationLog log, Progress progress) {
    return run(log, progress, VerificationPlace.HERE);
  }

  /**
   * Verifies every weight file that has a reported accuracy.
   *
   * @param log the log of an earlier run, whose results are used where nothing has changed since;
   *     receives each result as it arrives
   * @param progress receives the progress
   * @param place where the files are verified that the log does not have
   * @return the results, in the order of the files
   * @throws InvalidInputException if the folder contains nothing to verify
   */
  public Outcome run(VerificationLog log, Progress progress, VerificationPlace place) {
    ReportedWeights found = ReportedWeights.in(folder);
    progress.start(found.claims().size());
    Map<Claim, VerifiedFile> results = new HashMap<>();
    Map<FileVerification, String> open = new LinkedHashMap<>();
    for (Claim claim : found.claims()) {
      FileVerification file = new FileVerification(this, claim);
      String key = file.key();
      log.find(key)
          .ifPresentOrElse(
              known -> {
                results.put(claim, known);
                progress.done(known);
              },
              () -> open.put(file, key));
    }
    place.verify(
        this,
        List.copyOf(open.keySet()),
        (file, result) -> {
          log.add(open.get(file), result);
          results.put(file.claim(), result);
          progress.done(result);
        });
    List<String> unrecognised = found.unrecognised().stream().map(this::relative).toList();
    return new Outcome(found.claims().stream().map(results::get).toList(), unrecognised);
  }

  /**
   * One of the files.
   *
   * @param name the {@link FileVerification#name} of the file
   * @return the file
   * @throws InvalidInputException if the folder does not have it
   */
  public FileVerification file(String name) {
    return ReportedWeights.in(folder).claims().stream()
        .map(claim -> new FileVerification(this, claim))
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    folder,
                    "",
                    "the same weight files on every machine",
                    "none that is " + name,
                    "name a folder that all machines share"));
  }

  String relative(Path file) {
    return folder.relativize(file).toString();
  }

  /**
   * The results of a verification.
   *
   * @param files one result per weight file
   * @param unrecognised the weight files without a reported accuracy
   */
  public record Outcome(List<VerifiedFile> files, List<String> unrecognised) {

    /**
     * Copies the lists.
     *
     * @param files the component {@code files}
     * @param unrecognised the component {@code unrecognised}
     */
    public Outcome {
      files = List.copyOf(files);
      unrecognised = List.copyOf(unrecognised);
    }

    /**
     * Says what an unrecognised file was probably meant to be called.
     *
     * @param unrecognisedFile one of {@link #unrecognised()}
     * @return the published name that its name is nearly, as {@code fifty_words} of {@code
     *     fiftywords_weights.h5}; empty if there is none
     */
    public Optional<String> nearName(String unrecognisedFile) {
      return NearName.of(String.valueOf(Path.of(unrecognisedFile).getFileName()));
    }

    /** {@return whether something was measured and no verdict is a failure} */
    public boolean isGood() {
      return files.stream().noneMatch(file -> file.verdict().isFailure())
          && files.stream().anyMatch(file -> file.best() != null);
    }
  }

  /** Receives the progress of a verification. */
  public interface Progress {
    /**
     * Called before the first file is verified.
     *
     * @param files the number of files
     */
    void start(int files);

    /**
     * Called after each file.
     *
     * @param file the result
     */
    void done(VerifiedFile file);
  }
}
