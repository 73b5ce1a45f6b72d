package io.github.lstmfcn.verification;

import io.github.lstmfcn.model.graph.Threads;
import java.util.List;
import java.util.function.BiConsumer;

/** Where weight files are verified: in this process or on other machines. */
@FunctionalInterface
public interface VerificationPlace {
  /** In this process, one file after the other. */
  VerificationPlace HERE =
      (verification, files, done) ->
          files.forEach(file -> done.accept(file, file.run(Threads.DEFAULT)));

  /**
   * Verifies files.
   *
   * @param verification what the files belong to
   * @param files the files
   * @param done receives every file with its result as it arrives, in any order, on this thread
   */
  void verify(
      Verification verification,
      List<FileVerification> files,
      BiConsumer<FileVerification, VerifiedFile> done);
}
