package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.text.VisibleText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine;

/**
 * Prints notes and progress, which are neither results nor warnings, on standard error; nothing
 * with {@code --quiet}.
 *
 * @param err standard error
 * @param audience the settings of the root command
 * @param program the name of the program
 */
public record Notes(PrintWriter err, Audience audience, String program) {

  /** The notes of a command. */
  public static Notes of(CommandLine.Model.CommandSpec command) {
    return new Notes(
        command.commandLine().getErr(),
        (Audience) command.root().userObject(),
        command.root().name());
  }

  /**
   * Prints the defaults that were used where the file of a model leaves a setting open, and what
   * has to be told of a normalisation.
   */
  public void assumptions(List<Model> models) {
    for (Model model : models) {
      model.assumptions().forEach(note -> print(model.source() + ": " + note));
      model
          .preparation()
          .normalization()
          .warning()
          .ifPresent(leak -> print(model.source() + ": " + leak));
    }
  }

  /** Prints a note, in one line. */
  public void print(String note) {
    if (!audience.isQuiet()) {
      err.println(program + ": note: " + VisibleText.of(note));
    }
  }

  /**
   * Starts a progress line.
   *
   * @param done the number of steps already done
   * @param total the number of all steps
   * @return the progress line; null with {@code --quiet}
   */
  public ProgressLine progress(String task, long done, long total) {
    return audience.isQuiet()
        ? null
        : new ProgressLine(
            task, done, total, err, audience.isTerminal(), Clock.system(ZoneId.systemDefault()));
  }
}
