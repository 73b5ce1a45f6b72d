package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.Model;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine;

/**
 * What a user should know that is neither a result nor a warning, on standard error: notes and
 * progress. Nothing with {@code --quiet}.
 *
 * @param err standard error
 * @param audience who reads it
 */
public record Notes(PrintWriter err, Audience audience) {

  /** Those of a command. */
  public static Notes of(CommandLine.Model.CommandSpec command) {
    return new Notes(command.commandLine().getErr(), (Audience) command.root().userObject());
  }

  /** What a default had to decide, as a model's file leaves it open. Said with an answer, once. */
  public void assumptions(List<Model> models) {
    for (Model model : models) {
      model.assumptions().forEach(note -> print(model.source() + ": " + note));
    }
  }

  /** One line. */
  public void print(String note) {
    if (!audience.isQuiet()) {
      err.println("lstmfcn: note: " + note);
    }
  }

  /**
   * Begins to show how far something is.
   *
   * @param done of {@code total} already
   * @return null if it is not to be shown
   */
  public ProgressLine progress(String task, long done, long total) {
    return audience.isQuiet()
        ? null
        : new ProgressLine(
            task, done, total, err, audience.isTerminal(), Clock.system(ZoneId.systemDefault()));
  }
}
